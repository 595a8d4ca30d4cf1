package atlas

import (
	"context"
	"errors"
	"net/http"
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
	renewAt  time.Time     // zero: never
	lead     time.Duration // how long before its end a token is renewed
	doubts   int           // how many tokens in a row were refused
	dropped  int           // how many in all
	fetching *fetch
	refusal  error // Atlas will not give a token to this account
	ended    bool
}

// fetch is a request for a token that others wait for.
type fetch struct {
	done    chan struct{}
	cancel  context.CancelFunc
	waiting int
	token   *oauth2.Token
	err     error
}

var errClosed = errors.New("the client is closed")

// Token returns the token, which it fetches if there is none. All that need one
// at a time share one fetch, and its failure. A token whose end is near is
// renewed behind the backs of those that still use it; they wait a moment for the
// new one if that end is very near.
func (s *tokenSource) Token(ctx context.Context) (*oauth2.Token, error) {
	s.mu.Lock()
	now, old := time.Now(), s.token
	lives := func() bool { return old != nil && (old.Expiry.IsZero() || time.Now().Before(old.Expiry)) }
	switch {
	case s.ended:
		s.mu.Unlock()
		return nil, errClosed
	case lives() && (s.renewAt.IsZero() || now.Before(s.renewAt)):
		s.mu.Unlock()
		return old, nil
	case !lives() && s.refusal != nil:
		s.mu.Unlock()
		return nil, s.refusal
	}
	f := s.fetching
	if f == nil {
		f = s.begin(ctx)
	}
	if lives() && now.Before(old.Expiry.Add(-s.lead/2)) {
		s.mu.Unlock()
		return old, nil
	}
	f.waiting++
	s.mu.Unlock()

	var enough <-chan time.Time
	if lives() {
		timer := time.NewTimer(patience)
		defer timer.Stop()
		enough = timer.C
	}
	defer s.leave(f)
	select {
	case <-f.done:
		if f.err != nil && lives() {
			return old, nil
		}
		return f.token, f.err
	case <-enough:
		return old, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// leave ends a fetch that nobody waits for any more, unless it renews a token.
func (s *tokenSource) leave(f *fetch) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.waiting--; f.waiting == 0 && s.fetching == f && s.token == nil {
		f.cancel()
		s.fetching = nil
	}
}

// begin starts a fetch, which no single read can cancel. It needs the lock.
func (s *tokenSource) begin(ctx context.Context) *fetch {
	f := &fetch{done: make(chan struct{})}
	s.fetching = f
	ctx, f.cancel = context.WithCancel(context.WithoutCancel(ctx))
	go s.fetch(ctx, f)
	return f
}

// renewalPause is how long a token that could not be renewed is used before the
// next try.
const renewalPause = 5 * time.Second

func (s *tokenSource) fetch(ctx context.Context, f *fetch) {
	defer f.cancel()
	ctx, tries := withAttempts(ctx)
	token, err := s.account.Token(context.WithValue(ctx, oauth2.HTTPClient, s.http))

	s.mu.Lock()
	defer s.mu.Unlock()
	defer close(f.done)
	current := s.fetching == f // and nobody has given it up
	if current {
		s.fetching = nil
	}
	if err != nil {
		f.err = &TokenError{Err: tries.explain(s.failure(err))}
		if current {
			s.renewAt = time.Now().Add(renewalPause)
		}
		if current && isRefusal(f.err) {
			s.refusal = f.err
		}
		return
	}
	f.token, s.token, s.refusal = token, token, nil
	s.renewAt = time.Time{}
	if !token.Expiry.IsZero() {
		s.lead = min(30*time.Second, time.Until(token.Expiry)/4)
		s.renewAt = token.Expiry.Add(-s.lead)
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
	if s.doubts == maxDoubts || s.dropped == maxDropped {
		return false
	}
	s.token = nil
	s.doubts++
	s.dropped++
	return true
}

// end takes the token away for good, and that of a fetch that is under way, if it
// comes before ctx ends.
func (s *tokenSource) end(ctx context.Context) *oauth2.Token {
	s.mu.Lock()
	s.ended = true
	f := s.fetching
	s.mu.Unlock()
	if f != nil {
		select {
		case <-f.done:
		case <-ctx.Done():
			f.cancel()
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	token := s.token
	s.token = nil
	return token
}
