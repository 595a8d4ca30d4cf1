package atlas

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"

	"github.com/icholy/digest"
)

// APIKey is a programmatic API key of Atlas, used with HTTP digest
// authentication, see https://www.mongodb.com/docs/atlas/api/api-authentication/.
type APIKey struct {
	PublicKey, PrivateKey string
	Origin                Origin
}

func (k APIKey) String() string { return k.Origin.describe("API key") }

// Format prints String, whatever the verb.
func (k APIKey) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, k.String()) }

func (k APIKey) authenticate(_ Config, next http.RoundTripper) authenticator {
	return &digestTransport{key: k, next: next, counts: map[string]int{}}
}

// maxChallenges is how many challenges one request answers: one for a shared
// nonce that was refused, two for a wrong key, and one to spare for a server that
// calls even a fresh nonce stale.
const maxChallenges = 4

// digestTransport answers digest challenges. The transport of package digest
// asks for a challenge for each parallel first request, and may answer one
// request's challenge with another's.
type digestTransport struct {
	key  APIKey
	next http.RoundTripper

	first gate // until there is a shared challenge, or a refusal

	mu      sync.Mutex
	shared  *digest.Challenge // it has worked
	counts  map[string]int    // how often each nonce was answered
	refusal *recorded         // what Atlas said when it refused the key
}

func (t *digestTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	challenge, refusal := t.current()
	if challenge == nil && refusal == nil {
		// The first request goes alone, so that the others can use its challenge.
		leave, err := t.first.enter(req.Context())
		if err != nil {
			return nil, err
		}
		defer leave()
		challenge, refusal = t.current()
	}
	if refusal != nil {
		return refusal.response(req), nil
	}
	own, refused := false, 0 // whether challenge was issued to this request, and how many such were refused
	for answered := 0; ; answered++ {
		resp, err := t.send(req, challenge)
		if err != nil {
			return nil, err
		}
		next := challengeOf(resp, challenge != nil)
		if next == nil {
			if own && provesCredentials(resp) {
				t.share(challenge)
			}
			return resp, nil
		}
		if own && !next.Stale && next.Nonce != challenge.Nonce {
			refused++
		}
		if refused == 2 {
			t.remember(resp)
		}
		if refused == 2 || answered == maxChallenges {
			return resp, nil
		}
		challenge, own = next, true
	}
}

// current is the shared challenge, if there is one, or the refusal of the key.
func (t *digestTransport) current() (*digest.Challenge, *recorded) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.shared, t.refusal
}

// count is how often a nonce was answered, with this time.
func (t *digestTransport) count(nonce string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counts[nonce]++
	return t.counts[nonce]
}

func (t *digestTransport) share(challenge *digest.Challenge) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.shared != nil && t.shared.Nonce != challenge.Nonce {
		delete(t.counts, t.shared.Nonce)
	}
	t.shared = challenge
}

// remember keeps the refusal of a key that never worked: one that did may work
// again, where a server has lost its mind for a moment.
func (t *digestTransport) remember(resp *http.Response) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.shared == nil {
		t.refusal = record(resp)
	}
}

// send sends req with an answer to challenge, if there is one.
func (t *digestTransport) send(req *http.Request, challenge *digest.Challenge) (*http.Response, error) {
	if challenge == nil {
		return t.next.RoundTrip(req)
	}
	answer, err := digest.Digest(challenge, digest.Options{
		Method:   req.Method,
		URI:      req.URL.RequestURI(),
		Count:    t.count(challenge.Nonce),
		Username: t.key.PublicKey,
		Password: t.key.PrivateKey,
	})
	if err != nil {
		return nil, fmt.Errorf("answering the digest challenge: %w", err)
	}
	req = req.Clone(req.Context())
	req.Header.Set("Authorization", answer.String())
	return t.next.RoundTrip(req)
}

func (t *digestTransport) close(context.Context) {}

// challengeOf is the challenge of a 401 that asks for one. A 401 without explains
// itself in its body, and so does one about a role, which only an answer to a
// request with credentials can be.
func challengeOf(resp *http.Response, authenticated bool) *digest.Challenge {
	if resp.StatusCode != http.StatusUnauthorized || authenticated && isRoleRefusal(resp) {
		return nil
	}
	challenge, err := digest.FindChallenge(resp.Header)
	if err != nil {
		return nil
	}
	return challenge
}
