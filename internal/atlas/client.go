// Package atlas is a small client of the MongoDB Atlas Administration API: the
// reads that the provider needs, and nothing else. It knows nothing of Terraform.
package atlas

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

const defaultHost = "cloud.mongodb.com"

// DefaultBaseURL is where the Atlas Administration API is served, unless it is
// the one for the US government.
const DefaultBaseURL = "https://" + defaultHost

// DefaultRequestTimeout is how long one HTTP exchange may take.
const DefaultRequestTimeout = 30 * time.Second

// Config says how a [Client] reaches Atlas.
type Config struct {
	// BaseURL has a scheme, a host and perhaps a path, which comes before
	// "/api/atlas". Nil means [DefaultBaseURL].
	BaseURL *url.URL

	// Credentials are sent to the host of BaseURL and to no other.
	Credentials Credentials

	// ServerlessAPI is the one endpoint to ask for the restore jobs of serverless
	// instances. Empty means to ask one after the other until one serves them.
	ServerlessAPI ServedBy

	// ServerlessAPIErr, if there is one, is what each read of them fails with.
	ServerlessAPIErr error

	// MaxRetries is how often a request is tried again after a failure that may
	// pass. Zero means not at all; see [DefaultMaxRetries].
	MaxRetries int

	// RequestTimeout bounds one HTTP exchange. Zero means [DefaultRequestTimeout].
	RequestTimeout time.Duration

	// Envelope and Pretty are the API's query parameters of the same name. The
	// client understands every answer; they are for people who watch the wire.
	Envelope, Pretty bool

	// UserAgent is sent with each request.
	UserAgent string

	// Log, if there is one, is given a line for each HTTP exchange.
	Log func(ctx context.Context, message string, fields map[string]any)

	// dial opens connections; nil means the network's.
	dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// endpoint is the URL of a path of the API.
func (c Config) endpoint(path string) string {
	return strings.TrimRight(c.BaseURL.String(), "/") + path
}

// Client reads from the Atlas Administration API. It is safe for concurrent use
// and opens no connection before its first read.
type Client struct {
	baseURL string
	query   string
	host    string

	log func(ctx context.Context, message string, fields map[string]any)

	credentials    Credentials
	follower       *follower
	deprecations   deprecations
	retry          *retryablehttp.Client
	authentication authenticator
	wire           *http.Transport
}

// NewClient returns a client of the API that config describes.
func NewClient(config Config) *Client {
	if config.BaseURL == nil {
		config.BaseURL = &url.URL{Scheme: "https", Host: defaultHost}
	}
	if config.RequestTimeout == 0 {
		config.RequestTimeout = DefaultRequestTimeout
	}
	if config.Credentials == nil {
		config.Credentials = Unusable{}
	}
	query := url.Values{}
	if config.Envelope {
		query.Set("envelope", "true")
	}
	if config.Pretty {
		query.Set("pretty", "true")
	}
	client := &Client{
		baseURL:     config.endpoint(""),
		host:        config.BaseURL.Host,
		query:       query.Encode(),
		credentials: config.Credentials,
		follower:    newFollower(config.ServerlessAPI, config.ServerlessAPIErr),
		log:         config.Log,
	}
	client.retry, client.authentication, client.wire = newTransports(config)
	return client
}

// Credentials returns what the client proves itself with.
func (c *Client) Credentials() Credentials { return c.credentials }

// Close ends what the client holds at Atlas, a token, as well as it can before
// ctx ends, and closes connections. The client is of no use afterwards.
func (c *Client) Close(ctx context.Context) {
	c.authentication.close(ctx)
	c.wire.CloseIdleConnections()
}

// get reads the JSON at a path of e, whose elements are escaped already, with the
// parameters of the client and of query.
func get[T any](ctx context.Context, c *Client, e endpoint, path string, query url.Values) (*T, error) {
	const method = http.MethodGet
	ctx, tries := withAttempts(ctx)
	req, err := retryablehttp.NewRequestWithContext(ctx, method, c.baseURL+path, nil)
	if err != nil {
		return nil, newRequestError(method, path, c.host, err)
	}
	path = req.URL.EscapedPath() // with that of the base URL
	req.URL.RawQuery = joinQueries(c.query, query.Encode())
	req.Header.Set("Accept", e.accept)

	var result *T
	var answered error // what is wrong with the latest answer
	req.SetResponseHandler(func(resp *http.Response) error {
		result, answered = decode[T](method, path, resp)
		return answered
	})
	resp, err := c.retry.Do(req)
	if err == nil {
		defer resp.Body.Close()
	}
	switch {
	case err == nil && resp.StatusCode == http.StatusOK:
		c.deprecations.note(e.servedBy, resp.Header)
		return result, nil
	case err == nil: // the last answer, when retries are spent
		err = newAPIError(method, path, resp, peek(resp))
	case !errors.Is(err, answered):
		err = newRequestError(method, path, c.host, err)
	}
	return nil, tries.explain(err)
}

func joinQueries(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "&" + b
}

func decode[T any](method, path string, resp *http.Response) (*T, error) {
	if resp.StatusCode != http.StatusOK {
		return nil, newAPIError(method, path, resp, peek(resp))
	}
	result := new(T)
	if err := json.Unmarshal(peek(resp), result); err != nil {
		return nil, newDecodeError(method, path, resp, err)
	}
	if result, ok := any(result).(checked); ok && result.check() != "" {
		return nil, &DecodeError{Method: method, Path: path, Problem: result.check()}
	}
	return result, nil
}

// checked is an answer that can tell what makes it none, or "".
type checked interface {
	check() string
}

const noID = "the answer has no id"
