package atlas

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"time"
)

// follower finds out which endpoint serves the restore jobs of what was a
// serverless instance, by asking: nothing else tells what became of it.
type follower struct {
	fixed ServedBy // the one to ask; empty: all
	err   error    // why none can be asked

	mu          sync.Mutex
	gone        bool                 // the serverless endpoint has said that it is
	served      map[cluster]ServedBy // the endpoint that served a cluster's jobs last
	discoveries map[cluster]*gate    // of clusters that were not served yet
}

// discoveryPatience is how long reads wait for the one that finds the endpoint,
// which may have to ask three of them, with a challenge or a token before.
const discoveryPatience = 3 * time.Second

// cluster is a serverless instance, or what it has become.
type cluster struct {
	groupID, name string
}

func newFollower(fixed ServedBy, err error) *follower {
	return &follower{fixed: fixed, err: err, served: map[cluster]ServedBy{}, discoveries: map[cluster]*gate{}}
}

// follow asks one endpoint after the other, until one serves or an answer is
// final; or the fixed one alone. Of parallel calls for a new cluster, one goes
// first and finds the endpoint for all.
func (f *follower) follow(ctx context.Context, c cluster, ask func(ServedBy) error) error {
	if discovery := f.discovery(c); discovery != nil {
		leave, err := discovery.enter(ctx)
		if err != nil {
			return err
		}
		defer leave()
	}
	return f.askAll(c, f.order(c), ask)
}

// followList is follow for lists: it asks in the same order each time, so that
// what a list has does not hang on which read came before it.
func (f *follower) followList(c cluster, ask func(ServedBy) error) error {
	return f.askAll(c, f.order(cluster{}), ask) // no cluster, no memory
}

func (f *follower) askAll(c cluster, order []ServedBy, ask func(ServedBy) error) error {
	if f.err != nil {
		return f.err
	}
	var answers []Answer
	for _, at := range order {
		err := ask(at)
		f.note(c, at, err)
		if err == nil {
			return nil
		}
		answers = append(answers, Answer{at, err})
		if !goesOn(err) {
			break
		}
	}
	return newFollowError(answers)
}

// discovery is where to wait for whoever finds the cluster's endpoint first, or
// nil if that is known.
func (f *follower) discovery(c cluster) *gate {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.served[c] != "" || f.fixed != "" || f.err != nil {
		return nil
	}
	if f.discoveries[c] == nil {
		f.discoveries[c] = &gate{patience: discoveryPatience}
	}
	return f.discoveries[c]
}

// order is whom to ask: first the one that served the cluster last, and not the
// serverless endpoint once it has said that it is gone.
func (f *follower) order(c cluster) []ServedBy {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fixed != "" {
		return []ServedBy{f.fixed}
	}
	order := []ServedBy{ServedByServerless, ServedByFlex, ServedByCluster}
	if f.gone {
		order = order[1:]
	}
	if last := f.served[c]; slices.Contains(order, last) {
		order = append([]ServedBy{last}, slices.DeleteFunc(order, func(at ServedBy) bool { return at == last })...)
	}
	return order
}

// note remembers what an answer says of the next reads.
func (f *follower) note(c cluster, at ServedBy, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case err == nil:
		f.served[c] = at
		delete(f.discoveries, c)
	case at == ServedByServerless && isGone(err):
		f.gone = true
	}
}

// goesOn tells whether another endpoint may serve what one did not: where it does
// not know the cluster or the job, is of the wrong kind, is gone, or needs
// another role. What is wrong with the credentials, the project or the network
// is wrong everywhere.
func goesOn(err error) bool {
	var e *APIError
	if !errors.As(err, &e) {
		return errors.Is(err, errEmptyList)
	}
	switch e.StatusCode {
	case http.StatusGone, http.StatusNotAcceptable:
		return true
	case http.StatusNotFound:
		return !e.UnknownProject()
	case http.StatusBadRequest:
		return e.WrongKind()
	case http.StatusForbidden:
		return e.FromAtlas() && !e.RefusedAddress()
	case http.StatusUnauthorized:
		return e.MissingRole()
	}
	return false
}

func isGone(err error) bool {
	var e *APIError
	return errors.As(err, &e) && e.StatusCode == http.StatusGone && e.FromAtlas() // and not a proxy's page
}
