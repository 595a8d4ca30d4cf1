package atlas

import (
	"context"
	"fmt"
	"io"
	"net/http"
)

// Credentials are what a client proves itself with: an [APIKey], a
// [ServiceAccount] or an [AccessToken]; or [Unusable], which says why there are none.
type Credentials interface {
	// String is the kind and the origin. It shows nothing secret, and so do all
	// verbs of fmt.
	String() string

	// authenticate returns a transport that sends requests through next with
	// these credentials.
	authenticate(config Config, next http.RoundTripper) authenticator
}

// authenticator is a transport that may hold something to give back at the end.
type authenticator interface {
	http.RoundTripper
	close(ctx context.Context)
}

// Origin says where a user keeps credentials, so that an error can name the place.
type Origin string

func (o Origin) describe(kind string) string {
	if o == "" {
		return kind
	}
	return kind + " from " + string(o)
}

// Unusable are the credentials of a configuration that allows no request. Each
// read fails with what it says, before anything is sent.
type Unusable struct {
	Summary, Detail string // for the user
}

func (u Unusable) String() string { return "no credentials" }

func (u Unusable) Error() string { return u.Summary + ": " + u.Detail }

func (u Unusable) authenticate(Config, http.RoundTripper) authenticator {
	return roundTripperFunc(func(*http.Request) (*http.Response, error) { return nil, u })
}

// AccessToken is a bearer token of OAuth 2.0 that was made elsewhere.
type AccessToken struct {
	Token  string
	Origin Origin
}

func (t AccessToken) String() string { return t.Origin.describe("access token") }

// Format prints String, whatever the verb.
func (t AccessToken) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, t.String()) }

func (t AccessToken) authenticate(_ Config, next http.RoundTripper) authenticator {
	return roundTripperFunc(func(req *http.Request) (*http.Response, error) {
		req = req.Clone(req.Context())
		req.Header.Set("Authorization", "Bearer "+t.Token)
		return next.RoundTrip(req)
	})
}

type roundTripperFunc func(*http.Request) (*http.Response, error)

func (f roundTripperFunc) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func (f roundTripperFunc) close(context.Context) {}
