package atlas

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// ServiceAccount is a service account of Atlas, used with OAuth 2.0 client
// credentials, see https://www.mongodb.com/docs/atlas/api/service-accounts-overview/.
type ServiceAccount struct {
	ClientID, ClientSecret string
	Origin                 Origin
}

func (a ServiceAccount) String() string { return a.Origin.describe("service account") }

// GoString hides the secret from %#v.
func (a ServiceAccount) GoString() string { return a.String() }

func (a ServiceAccount) authenticate(config Config, next http.RoundTripper) http.RoundTripper {
	account := clientcredentials.Config{
		ClientID:     a.ClientID,
		ClientSecret: a.ClientSecret,
		TokenURL:     config.endpoint(tokenPath),
		AuthStyle:    oauth2.AuthStyleInHeader,
	}
	// The token outlives the read that fetches it, so it is not bound to the
	// context of a read; the transport bounds its request.
	ctx := context.WithValue(context.Background(), oauth2.HTTPClient, &http.Client{
		Transport:     next,
		CheckRedirect: refuseRedirects,
	})
	source := tokenSource{account.TokenSource(ctx), config.BaseURL.Host}
	return &oauth2.Transport{Source: source, Base: next}
}

const tokenPath = "/api/oauth/token"

// tokenSource turns the errors of package oauth2, which quote the whole answer,
// into a [TokenError].
type tokenSource struct {
	oauth2.TokenSource
	host string
}

func (s tokenSource) Token() (*oauth2.Token, error) {
	token, err := s.TokenSource.Token()
	if err == nil {
		return token, nil
	}
	var refused *oauth2.RetrieveError
	if !errors.As(err, &refused) {
		return nil, &TokenError{Err: newRequestError(http.MethodPost, tokenPath, s.host, err)}
	}
	e := newAPIError(http.MethodPost, tokenPath, refused.Response, refused.Body)
	if refused.ErrorCode != "" { // OAuth's own form of an error, RFC 6749 section 5.2
		e.ErrorCode, e.Detail, e.Body = oneLine(refused.ErrorCode), oneLine(refused.ErrorDescription), ""
	}
	return nil, &TokenError{Err: e}
}

// A TokenError says that the token endpoint gave no token. It wraps an
// [*APIError] if the endpoint answered, else a [*RequestError].
type TokenError struct {
	Err error
}

func (e *TokenError) Error() string { return fmt.Sprintf("fetching a token: %v", e.Err) }

func (e *TokenError) Unwrap() error { return e.Err }
