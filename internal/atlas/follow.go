package atlas

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// follower finds out which endpoint serves the restore jobs of what was a
// serverless instance, by asking: nothing else tells what became of it.
type follower struct {
	fixed ServedBy // the one to ask; empty: all

	mu          sync.Mutex
	gone        bool                 // the serverless endpoint has said that it is
	served      map[cluster]ServedBy // the endpoint that served a cluster's jobs last
	discoveries map[cluster]*gate    // of clusters that were not served yet
}

// cluster is a serverless instance, or what it has become.
type cluster struct {
	groupID, name string
}

func newFollower(fixed ServedBy) *follower {
	return &follower{fixed: fixed, served: map[cluster]ServedBy{}, discoveries: map[cluster]*gate{}}
}

// follow asks one endpoint after the other, until one serves or an answer is
// final. Of parallel calls for a new cluster, one goes first and finds the
// endpoint for all.
func (f *follower) follow(ctx context.Context, c cluster, ask func(ServedBy) error) error {
	if f.fixed != "" {
		if err := ask(f.fixed); err != nil {
			return newFollowError([]Answer{{f.fixed, err}})
		}
		return nil
	}
	if discovery := f.discovery(c); discovery != nil {
		leave, err := discovery.enter(ctx)
		if err != nil {
			return err
		}
		defer leave()
	}
	var answers []Answer
	for _, at := range f.order(c) {
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
	if f.served[c] != "" {
		return nil
	}
	if f.discoveries[c] == nil {
		f.discoveries[c] = &gate{}
	}
	return f.discoveries[c]
}

// order is whom to ask: first the one that served the cluster last, and not the
// serverless endpoint once it has said that it is gone.
func (f *follower) order(c cluster) []ServedBy {
	f.mu.Lock()
	defer f.mu.Unlock()
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
	case at == ServedByServerless && statusOf(err) == http.StatusGone:
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
		return false
	}
	switch e.StatusCode {
	case http.StatusGone, http.StatusNotAcceptable:
		return true
	case http.StatusNotFound:
		return !isProject(e)
	case http.StatusBadRequest:
		return isWrongKind(e)
	case http.StatusForbidden:
		return e.ErrorCode != "IP_ADDRESS_NOT_ON_ACCESS_LIST"
	case http.StatusUnauthorized:
		return isRole(e)
	}
	return false
}

// What the error codes say. One place, for the client and for messages.

func isProject(e *APIError) bool { return e.ErrorCode == "GROUP_NOT_FOUND" }

func isCluster(e *APIError) bool {
	return e.ErrorCode == "CLUSTER_NOT_FOUND" || e.ErrorCode == "SERVERLESS_INSTANCE_NOT_FOUND"
}

func isWrongKind(e *APIError) bool {
	return strings.HasPrefix(e.ErrorCode, "CANNOT_USE_") || e.ErrorCode == "FEATURE_UNSUPPORTED"
}

func isRole(e *APIError) bool {
	return e.ErrorCode == "USER_UNAUTHORIZED" || e.ErrorCode == "NOT_IN_GROUP"
}

func statusOf(err error) int {
	var e *APIError
	if errors.As(err, &e) {
		return e.StatusCode
	}
	return 0
}

// A FollowError says that none of the endpoints that were asked served a restore
// job. It wraps the answer that tells most.
type FollowError struct {
	Answers []Answer // the most telling first
}

// Answer is what one endpoint said.
type Answer struct {
	At  ServedBy
	Err error
}

func (e *FollowError) Error() string {
	if len(e.Answers) == 1 {
		return e.Answers[0].Err.Error()
	}
	texts := make([]string, len(e.Answers))
	for i, answer := range e.Answers {
		texts[i] = fmt.Sprintf("%s: %v", answer.At, answer.Err)
	}
	return strings.Join(texts, "; ")
}

func (e *FollowError) Unwrap() error { return e.Answers[0].Err }

func newFollowError(answers []Answer) error {
	slices.SortStableFunc(answers, func(a, b Answer) int { return a.rank() - b.rank() })
	return &FollowError{Answers: answers}
}

// rank is how little an answer tells: what ended the search tells most, then that
// an endpoint knows the cluster and not the job, then that it would not say.
func (a Answer) rank() int {
	var e *APIError
	switch {
	case !goesOn(a.Err) || !errors.As(a.Err, &e):
		return 0
	case e.StatusCode == http.StatusNotFound && !isCluster(e) && e.FromAtlas():
		if a.At == ServedByServerless {
			return 3 // or the endpoint is gone, and says it like this
		}
		return 1
	case e.StatusCode == http.StatusForbidden, e.StatusCode == http.StatusUnauthorized:
		return 2
	case isCluster(e):
		return 4
	case isWrongKind(e):
		return 5
	}
	return 6
}
