package atlas

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Answers of an endpoint, as tables name them.
var answers = map[string]error{
	"job":         nil,
	"gone":        &APIError{StatusCode: http.StatusGone, ErrorCode: "VERSION_GONE"},
	"no job":      &APIError{StatusCode: http.StatusNotFound, ErrorCode: "RESOURCE_NOT_FOUND"},
	"no cluster":  &APIError{StatusCode: http.StatusNotFound, ErrorCode: "CLUSTER_NOT_FOUND"},
	"no instance": &APIError{StatusCode: http.StatusNotFound, ErrorCode: "SERVERLESS_INSTANCE_NOT_FOUND"},
	"no page":     &APIError{StatusCode: http.StatusNotFound, Body: "<html>"},
	"wrong kind":  &APIError{StatusCode: http.StatusBadRequest, ErrorCode: "CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API"},
	"unsupported": &APIError{StatusCode: http.StatusBadRequest, ErrorCode: "FEATURE_UNSUPPORTED"},
	"version":     &APIError{StatusCode: http.StatusNotAcceptable, ErrorCode: "INVALID_VERSION_DATE"},
	"role":        &APIError{StatusCode: http.StatusForbidden, ErrorCode: "USER_UNAUTHORIZED"},
	"other 403":   &APIError{StatusCode: http.StatusForbidden, ErrorCode: "SOMETHING"},
	"role as 401": &APIError{StatusCode: http.StatusUnauthorized, ErrorCode: "NOT_IN_GROUP"},
	"empty":       errEmptyList,
	// Final ones.
	"403 page":    &APIError{StatusCode: http.StatusForbidden, Body: "<html>"},
	"access list": &APIError{StatusCode: http.StatusForbidden, ErrorCode: "RESOURCE_REQUIRES_ACCESS_LIST"},
	"no project":  &APIError{StatusCode: http.StatusNotFound, ErrorCode: "GROUP_NOT_FOUND"},
	"address":     &APIError{StatusCode: http.StatusForbidden, ErrorCode: "IP_ADDRESS_NOT_ON_ACCESS_LIST"},
	"401":         &APIError{StatusCode: http.StatusUnauthorized, ErrorCode: "UNEXPECTED_ERROR"},
	"429":         &RetryError{Attempts: 5, Err: &APIError{StatusCode: http.StatusTooManyRequests, ErrorCode: "RATE_LIMITED"}},
	"503":         &RetryError{Attempts: 5, Err: &APIError{StatusCode: http.StatusServiceUnavailable}},
	"invalid":     &APIError{StatusCode: http.StatusBadRequest, ErrorCode: "VALIDATION_ERROR"},
	"network":     &RequestError{Err: errors.New("down")},
	"malformed":   &DecodeError{},
	"other job":   &WrongJobError{},
}

// The table of (answers of the three endpoints) -> (what is asked, which answer
// is the user's).
func TestFollower_follow(t *testing.T) {
	t.Parallel()
	s, f, c := ServedByServerless, ServedByFlex, ServedByCluster
	for _, tt := range []struct {
		serverless, flex, cluster string
		asked                     []ServedBy
		told                      []ServedBy // the answers in the error, the most telling first
	}{
		{"job", "", "", []ServedBy{s}, nil},
		{"gone", "job", "", []ServedBy{s, f}, nil},
		{"no job", "job", "", []ServedBy{s, f}, nil},
		{"no page", "job", "", []ServedBy{s, f}, nil},
		{"no cluster", "wrong kind", "job", []ServedBy{s, f, c}, nil},
		{"no instance", "unsupported", "job", []ServedBy{s, f, c}, nil},
		{"wrong kind", "job", "", []ServedBy{s, f}, nil},
		{"role", "job", "", []ServedBy{s, f}, nil},
		{"other 403", "version", "job", []ServedBy{s, f, c}, nil},
		{"role as 401", "job", "", []ServedBy{s, f}, nil},
		{"empty", "job", "", []ServedBy{s, f}, nil},

		// Final answers end the search, and are what is told first.
		{"no project", "", "", []ServedBy{s}, []ServedBy{s}},
		{"address", "", "", []ServedBy{s}, []ServedBy{s}},
		{"access list", "", "", []ServedBy{s}, []ServedBy{s}},
		{"403 page", "", "", []ServedBy{s}, []ServedBy{s}},
		{"401", "", "", []ServedBy{s}, []ServedBy{s}},
		{"429", "", "", []ServedBy{s}, []ServedBy{s}},
		{"503", "", "", []ServedBy{s}, []ServedBy{s}},
		{"invalid", "", "", []ServedBy{s}, []ServedBy{s}},
		{"network", "", "", []ServedBy{s}, []ServedBy{s}},
		{"malformed", "", "", []ServedBy{s}, []ServedBy{s}},
		{"other job", "", "", []ServedBy{s}, []ServedBy{s}},
		{"gone", "503", "", []ServedBy{s, f}, []ServedBy{f, s}},
		{"role", "wrong kind", "401", []ServedBy{s, f, c}, []ServedBy{c, s, f}},

		// Nobody serves it.
		{"gone", "no job", "wrong kind", []ServedBy{s, f, c}, []ServedBy{f, c, s}},
		{"no job", "no cluster", "no cluster", []ServedBy{s, f, c}, []ServedBy{s, f, c}},
		{"no job", "wrong kind", "no job", []ServedBy{s, f, c}, []ServedBy{c, s, f}},
		{"role", "no job", "wrong kind", []ServedBy{s, f, c}, []ServedBy{f, s, c}},
		{"role", "wrong kind", "wrong kind", []ServedBy{s, f, c}, []ServedBy{s, f, c}},
		{"no cluster", "no cluster", "no cluster", []ServedBy{s, f, c}, []ServedBy{s, f, c}},
		{"gone", "no cluster", "no cluster", []ServedBy{s, f, c}, []ServedBy{f, c, s}},
		{"gone", "wrong kind", "role", []ServedBy{s, f, c}, []ServedBy{c, f, s}},
		{"no page", "gone", "version", []ServedBy{s, f, c}, []ServedBy{s, f, c}},
	} {
		t.Run(tt.serverless+", "+tt.flex+", "+tt.cluster, func(t *testing.T) {
			t.Parallel()
			given := map[ServedBy]string{s: tt.serverless, f: tt.flex, c: tt.cluster}
			asked, err := ask(newFollower("", nil), cluster{"g", "c"}, given)
			if diff := cmp.Diff(tt.asked, asked); diff != "" {
				t.Errorf("asked: %s", diff)
			}
			var told []ServedBy
			var follow *FollowError
			if errors.As(err, &follow) {
				for _, answer := range follow.Answers {
					told = append(told, answer.At)
					if !errors.Is(answer.Err, answers[given[answer.At]]) {
						t.Errorf("%s is told to have said %v", answer.At, answer.Err)
					}
				}
				if !errors.Is(err, follow.Answers[0].Err) {
					t.Errorf("the first answer is not wrapped: %v", err)
				}
			}
			if diff := cmp.Diff(tt.told, told); diff != "" {
				t.Errorf("told: %s", diff)
			}
		})
	}
}

// ask follows with the answers that are given, and returns who was asked.
func ask(f *follower, c cluster, given map[ServedBy]string) (asked []ServedBy, err error) {
	err = f.follow(context.Background(), c, func(at ServedBy) error {
		asked = append(asked, at)
		return answers[given[at]]
	})
	return asked, err
}

// What one read finds out, the next ones use.
func TestFollower_memory(t *testing.T) {
	t.Parallel()
	s, f, c := ServedByServerless, ServedByFlex, ServedByCluster
	follower := newFollower("", nil)
	for i, step := range []struct {
		cluster                  string
		serverless, flex, served string
		asked                    []ServedBy
	}{
		{"a", "no cluster", "job", "", []ServedBy{s, f}},
		{"a", "no cluster", "job", "", []ServedBy{f}},
		// A job that the remembered endpoint does not know is looked for on the others.
		{"a", "job", "no job", "", []ServedBy{f, s}},
		{"a", "job", "no job", "", []ServedBy{s}},
		// A 404 of one cluster says nothing of another.
		{"b", "no job", "wrong kind", "job", []ServedBy{s, f, c}},
		{"b", "", "", "job", []ServedBy{c}},
		// A 410 is the end of the serverless endpoint for all.
		{"c", "gone", "job", "", []ServedBy{s, f}},
		{"d", "", "no cluster", "job", []ServedBy{f, c}},
		{"a", "", "job", "", []ServedBy{f}},
		// A failure does not make the remembered endpoint forgotten.
		{"b", "", "", "503", []ServedBy{c}},
		{"b", "", "", "job", []ServedBy{c}},
	} {
		asked, _ := ask(follower, cluster{"g", step.cluster}, map[ServedBy]string{s: step.serverless, f: step.flex, c: step.served})
		if diff := cmp.Diff(step.asked, asked); diff != "" {
			t.Errorf("step %d: %s", i, diff)
		}
	}
}

// A fixed endpoint is asked alone, whatever it answers.
func TestFollower_fixed(t *testing.T) {
	t.Parallel()
	for _, at := range []ServedBy{ServedByServerless, ServedByFlex, ServedByCluster} {
		follower := newFollower(at, nil)
		for range 2 {
			asked, err := ask(follower, cluster{"g", "c"}, map[ServedBy]string{at: "gone"})
			if diff := cmp.Diff([]ServedBy{at}, asked); diff != "" || !errors.Is(err, answers["gone"]) {
				t.Errorf("%s: %v %s", at, err, diff)
			}
		}
	}
}

func TestSunsetDay(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"Thu, 1 Jul 2027 00:00:00 GMT":  "2027-07-01",
		"Thu, 01 Jul 2027 00:00:00 GMT": "2027-07-01",
		"Wed, 15 Jan 2025 10:00:00 GMT": "2025-01-15",
		"2026-01-22":                    "2026-01-22",
		"2026-01-22T01:00:00+02:00":     "2026-01-21",
		"some day\x1b[31m":              "some day[31m",
		"":                              "",
	} {
		if got := sunsetDay(header); got != want {
			t.Errorf("%q: %q, want %q", header, got, want)
		}
	}
}
