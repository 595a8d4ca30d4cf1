package atlas

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

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

// isEmptyList tells whether one endpoint knows of no jobs, and none knows better.
func (e *FollowError) isEmptyList() bool {
	return goesOn(e.Answers[0].Err) && slices.ContainsFunc(e.Answers, func(a Answer) bool { return errors.Is(a.Err, errEmptyList) })
}

func newFollowError(answers []Answer) error {
	slices.SortStableFunc(answers, func(a, b Answer) int { return a.rank() - b.rank() })
	return &FollowError{Answers: answers}
}

// rank is how little an answer tells: what ended the search tells most, then that
// an endpoint knows the cluster and not the job, then that it would not say.
func (a Answer) rank() int {
	var e *APIError
	switch {
	case !goesOn(a.Err):
		return 0
	case !errors.As(a.Err, &e):
		return 6
	case e.StatusCode == http.StatusNotFound && !e.UnknownCluster() && e.FromAtlas():
		if a.At == ServedByServerless {
			return 3 // or the endpoint is gone, and says it like this
		}
		return 1
	case e.StatusCode == http.StatusForbidden, e.StatusCode == http.StatusUnauthorized:
		return 2
	case e.UnknownCluster():
		return 4
	case e.WrongKind():
		return 5
	}
	return 6
}
