package atlas

import (
	"fmt"
	"net/http"

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

func (k APIKey) authenticate(_ Config, next http.RoundTripper) http.RoundTripper {
	return roundTripperFunc(func(req *http.Request) (*http.Response, error) {
		resp, err := next.RoundTrip(req)
		if err != nil || resp.StatusCode != http.StatusUnauthorized {
			return resp, err
		}
		challenge, err := digest.FindChallenge(resp.Header)
		if err != nil {
			return resp, nil //nolint:nilerr // a 401 without a challenge explains itself in its body
		}
		answer, err := digest.Digest(challenge, digest.Options{
			Method:   req.Method,
			URI:      req.URL.RequestURI(),
			Count:    1,
			Username: k.PublicKey,
			Password: k.PrivateKey,
		})
		if err != nil {
			return nil, fmt.Errorf("answering the digest challenge: %w", err)
		}
		req = req.Clone(req.Context())
		req.Header.Set("Authorization", answer.String())
		return next.RoundTrip(req)
	})
}
