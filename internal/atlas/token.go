package atlas

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// tokenSource keeps one token for all requests. That of package oauth2 knows no
// context, and lets those that wait for a broken server take turns.
type tokenSource struct {
	account clientcredentials.Config
	host    string
	http    *http.Client

	mu       sync.Mutex
	token    *oauth2.Token
	renewAt  time.Time // zero: never
	doubts   int       // how many tokens in a row were refused
	fetching *fetch
	refusal  error // Atlas will not give a token to this account
}

// fetch is a request for a token that others wait for.
type fetch struct {
	done    chan struct{}
	cancel  context.CancelFunc
	waiting int
	token   *oauth2.Token
	err     error
}

// Token returns the token, which it fetches if there is none or if its end is
// near. All that need one at a time share one fetch, and its failure.
func (s *tokenSource) Token(ctx context.Context) (*oauth2.Token, error) {
	s.mu.Lock()
	if s.refusal != nil {
		s.mu.Unlock()
		return nil, s.refusal
	}
	if s.token != nil && (s.renewAt.IsZero() || time.Now().Before(s.renewAt)) {
		defer s.mu.Unlock()
		return s.token, nil
	}
	f := s.fetching
	if f == nil {
		f = &fetch{done: make(chan struct{})}
		s.fetching = f
		var fetchCtx context.Context
		fetchCtx, f.cancel = context.WithCancel(context.WithoutCancel(ctx))
		go s.fetch(fetchCtx, f)
	}
	f.waiting++
	s.mu.Unlock()

	select {
	case <-f.done:
		return f.token, f.err
	case <-ctx.Done():
		s.mu.Lock()
		defer s.mu.Unlock()
		if f.waiting--; f.waiting == 0 {
			f.cancel()
			if s.fetching == f {
				s.fetching = nil
			}
		}
		return nil, ctx.Err()
	}
}

func (s *tokenSource) fetch(ctx context.Context, f *fetch) {
	defer f.cancel()
	ctx, tries := withAttempts(ctx)
	started := time.Now()
	token, err := s.account.Token(context.WithValue(ctx, oauth2.HTTPClient, s.http))

	s.mu.Lock()
	defer s.mu.Unlock()
	defer close(f.done)
	if s.fetching == f {
		s.fetching = nil
	}
	if err != nil {
		f.err = &TokenError{Err: tries.explain(s.failure(err))}
		if old := s.token; old != nil && time.Now().Before(old.Expiry) {
			f.token, f.err = old, nil // still good, though its end is near
		} else if isRefusal(f.err) {
			s.refusal = f.err
		}
		return
	}
	f.token, s.token = token, token
	s.renewAt = time.Time{}
	if !token.Expiry.IsZero() {
		s.renewAt = token.Expiry.Add(-min(30*time.Second, token.Expiry.Sub(started)/4))
	}
}

// accept notes that Atlas has taken the token.
func (s *tokenSource) accept(token *oauth2.Token) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.token == token {
		s.doubts = 0
	}
}

// drop forgets a token that was refused, and tells whether another one may do
// better.
func (s *tokenSource) drop(token *oauth2.Token) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.token != token {
		return true // somebody has dropped it before
	}
	if s.doubts == maxDoubts {
		return false
	}
	s.token = nil
	s.doubts++
	return true
}

// end takes the token away for good.
func (s *tokenSource) end() *oauth2.Token {
	s.mu.Lock()
	defer s.mu.Unlock()
	token := s.token
	s.token = nil
	if s.fetching != nil {
		s.fetching.cancel()
	}
	return token
}

// tokenAnswers makes an error of a success without a token, so that it is tried
// again: a proxy's page, say.
type tokenAnswers struct {
	next http.RoundTripper
}

func (t tokenAnswers) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := t.next.RoundTrip(req)
	if err != nil || resp.StatusCode != http.StatusOK {
		return resp, err
	}
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal(peek(resp), &answer); err != nil {
		return nil, newDecodeError(req.Method, req.URL.Path, resp, err)
	}
	if answer.AccessToken == "" {
		return nil, &DecodeError{Method: req.Method, Path: req.URL.Path, Problem: "the answer has no access_token"}
	}
	return resp, nil
}

// failure turns an error of package oauth2, which quotes the whole answer, into
// one of this package.
func (s *tokenSource) failure(err error) error {
	var refused *oauth2.RetrieveError
	var malformed *DecodeError
	if errors.As(err, &malformed) {
		return malformed
	}
	if !errors.As(err, &refused) {
		return newRequestError(http.MethodPost, tokenPath, s.host, err)
	}
	e := newAPIError(http.MethodPost, tokenPath, refused.Response, refused.Body)
	if !strings.HasPrefix(e.Body, "<") {
		e.Body = "" // what is no page may hold a token
	}
	if refused.ErrorCode != "" { // OAuth's own form of an error, RFC 6749 section 5.2
		e.ErrorCode, e.Detail, e.Body = oneLine(refused.ErrorCode), oneLine(refused.ErrorDescription), ""
	}
	return e
}

// isRefusal tells whether asking for a token again would only be refused again.
func isRefusal(err error) bool {
	var e *APIError
	return errors.As(err, &e) && (e.StatusCode == http.StatusBadRequest ||
		e.StatusCode == http.StatusUnauthorized || e.StatusCode == http.StatusForbidden)
}

// A TokenError says that the token endpoint gave no token. It wraps an
// [*APIError] if the endpoint answered, else a [*RequestError].
type TokenError struct {
	Err error
}

func (e *TokenError) Error() string { return fmt.Sprintf("fetching a token: %v", e.Err) }

func (e *TokenError) Unwrap() error { return e.Err }
