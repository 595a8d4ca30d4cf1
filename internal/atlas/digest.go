package atlas

import (
	"context"
	"fmt"
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

// GoString hides the keys from %#v.
func (k APIKey) GoString() string { return k.String() }

func (k APIKey) authenticate(_ Config, next http.RoundTripper) authenticator {
	return &digestTransport{key: k, next: next}
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
	count   int               // how often the shared challenge was answered, the nonce count
	refusal *recorded         // what Atlas said when it refused the key
}

func (t *digestTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	challenge, count, refusal := t.current()
	if challenge == nil && refusal == nil {
		// The first request goes alone, so that the others can use its challenge.
		leave, err := t.first.enter(req.Context())
		if err != nil {
			return nil, err
		}
		defer leave()
		challenge, count, refusal = t.current()
	}
	if refusal != nil {
		return refusal.response(req), nil
	}
	own, refused := false, 0 // whether challenge was issued to this request, and how many such were refused
	for range maxChallenges + 1 {
		resp, err := t.send(req, challenge, count)
		if err != nil {
			return nil, err
		}
		next := challengeOf(resp)
		if next == nil {
			if own && provesCredentials(resp) {
				t.share(challenge)
			}
			return resp, nil
		}
		if own && !next.Stale {
			refused++
		}
		if refused == 2 {
			t.remember(resp)
			return resp, nil
		}
		challenge, count, own = next, 1, true
	}
	return nil, fmt.Errorf("%s refuses each digest nonce as soon as it has issued it", req.URL.Host)
}

// current is the shared challenge and the count to answer it with, if there is
// one, or the refusal of the key.
func (t *digestTransport) current() (*digest.Challenge, int, *recorded) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.shared != nil {
		t.count++
	}
	return t.shared, t.count, t.refusal
}

func (t *digestTransport) share(challenge *digest.Challenge) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.shared, t.count = challenge, 1
}

func (t *digestTransport) remember(resp *http.Response) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.refusal = record(resp)
}

// send sends req with an answer to challenge, if there is one.
func (t *digestTransport) send(req *http.Request, challenge *digest.Challenge, count int) (*http.Response, error) {
	if challenge == nil {
		return t.next.RoundTrip(req)
	}
	answer, err := digest.Digest(challenge, digest.Options{
		Method:   req.Method,
		URI:      req.URL.RequestURI(),
		Count:    count,
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

// challengeOf is the challenge of a 401 that asks for one. A 401 without, and one
// about a role, explains itself in its body.
func challengeOf(resp *http.Response) *digest.Challenge {
	if resp.StatusCode != http.StatusUnauthorized || isRoleRefusal(resp) {
		return nil
	}
	challenge, err := digest.FindChallenge(resp.Header)
	if err != nil {
		return nil
	}
	return challenge
}
