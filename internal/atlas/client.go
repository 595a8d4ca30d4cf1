// Package atlas is a small client of the MongoDB Atlas Administration API: the
// reads that the provider needs, and nothing else. It knows nothing of Terraform.
package atlas

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
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

	// RequestTimeout bounds one HTTP exchange. Zero means [DefaultRequestTimeout].
	RequestTimeout time.Duration

	// Envelope and Pretty are the API's query parameters of the same name. The
	// client understands every answer; they are for people who watch the wire.
	Envelope, Pretty bool

	// UserAgent is sent with each request.
	UserAgent string
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
	agent   string
	http    *http.Client

	credentials Credentials
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
	return &Client{
		baseURL: config.endpoint(""),
		host:    config.BaseURL.Host,
		query:   query.Encode(),
		agent:   config.UserAgent,
		http:    newHTTPClient(config),

		credentials: config.Credentials,
	}
}

// Credentials returns what the client proves itself with.
func (c *Client) Credentials() Credentials { return c.credentials }

// acceptV1 is the media type of the unversioned API, v1.0.
const acceptV1 = "application/json"

// get reads the JSON at path, whose elements are escaped already, into out.
func (c *Client) get(ctx context.Context, path, accept string, out any) error {
	const method = http.MethodGet
	req, err := http.NewRequestWithContext(ctx, method, c.baseURL+path, nil)
	if err != nil {
		return newRequestError(method, path, c.host, err)
	}
	req.URL.RawQuery = c.query
	req.Header.Set("Accept", accept)
	req.Header.Set("User-Agent", c.agent)

	resp, err := c.http.Do(req)
	if err != nil {
		return newRequestError(method, path, c.host, err)
	}
	defer resp.Body.Close()

	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return newRequestError(method, path, c.host, err)
	}
	if resp.StatusCode != http.StatusOK {
		return newAPIError(method, path, resp, body)
	}
	if err := json.Unmarshal(body, out); err != nil {
		return newDecodeError(method, path, resp, body, err)
	}
	return nil
}
