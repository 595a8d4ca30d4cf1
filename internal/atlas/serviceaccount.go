package atlas

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/hashicorp/go-retryablehttp"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// ServiceAccount is a service account of Atlas, used with OAuth 2.0 client
// credentials, see https://www.mongodb.com/docs/atlas/api/api-authentication/.
type ServiceAccount struct {
	ClientID, ClientSecret string
	Origin                 Origin
}

func (a ServiceAccount) String() string { return a.Origin.describe("service account") }

// Format prints String, whatever the verb.
func (a ServiceAccount) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, a.String()) }

const (
	tokenPath  = "/api/oauth/token"
	revokePath = "/api/oauth/revoke"
)

func (a ServiceAccount) authenticate(config Config, next http.RoundTripper) authenticator {
	return &tokenTransport{next: next, tokens: &tokenSource{
		account: clientcredentials.Config{
			ClientID:     a.ClientID,
			ClientSecret: a.ClientSecret,
			TokenURL:     config.endpoint(tokenPath),
			AuthStyle:    oauth2.AuthStyleInHeader,
		},
		host: config.BaseURL.Host,
		http: &http.Client{Transport: &retryablehttp.RoundTripper{Client: newRetryClient(tokenAnswers{next}, config.MaxRetries)}},
	}, revokeURL: config.endpoint(revokePath)}
}

// How many refused tokens are replaced, in a row and in all. More would not help,
// and each takes one of the 100 that an account can have.
const (
	maxDoubts  = 2
	maxDropped = 10
)

// tokenTransport sends requests with the token of the process.
type tokenTransport struct {
	next      http.RoundTripper
	tokens    *tokenSource
	revokeURL string
}

func (t *tokenTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	for tries := 1; ; tries++ {
		token, err := t.tokens.Token(req.Context())
		if err != nil {
			return nil, err
		}
		resp, err := t.send(req, token)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode != http.StatusUnauthorized || isRoleRefusal(resp) {
			if provesCredentials(resp) {
				t.tokens.accept(token)
			}
			return resp, nil
		}
		if !t.tokens.drop(token) || tries > maxDoubts {
			return resp, nil
		}
	}
}

func (t *tokenTransport) send(req *http.Request, token *oauth2.Token) (*http.Response, error) {
	req = req.Clone(req.Context())
	token.SetAuthHeader(req)
	return t.next.RoundTrip(req)
}

// close gives the token back, if there is one: an account may have only so many.
func (t *tokenTransport) close(ctx context.Context) {
	token := t.tokens.end(ctx)
	if token == nil {
		return
	}
	body := url.Values{"token": {token.AccessToken}}.Encode()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, t.revokeURL, strings.NewReader(body))
	if err != nil {
		return
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	account := t.tokens.account
	req.SetBasicAuth(url.QueryEscape(account.ClientID), url.QueryEscape(account.ClientSecret))
	resp, err := t.next.RoundTrip(req)
	if err != nil {
		return // the token ends by itself
	}
	defer resp.Body.Close()
}
