package atlas

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/textproto"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

const (
	connectTimeout = 10 * time.Second
	tlsTimeout     = 10 * time.Second
	idleTimeout    = 90 * time.Second

	// On HTTP/2 one connection serves all reads: one that died silently must
	// not take every retry with it.
	pingAfter   = 15 * time.Second
	pingTimeout = 5 * time.Second
)

// newTransports stacks what a request goes through, the outermost first:
// retry -> authentication -> log -> exchange (time, size, envelope) -> http.Transport.
func newTransports(config Config) (*retryablehttp.Client, authenticator, *http.Transport) {
	dial := config.dial
	if dial == nil {
		dial = (&net.Dialer{Timeout: connectTimeout}).DialContext
	}
	wire := &http.Transport{
		Proxy:       proxyFromEnvironment,
		DialContext: dial,
		OnProxyConnectResponse: func(_ context.Context, proxy *url.URL, _ *http.Request, resp *http.Response) error {
			if resp.StatusCode != http.StatusOK {
				return &ProxyError{
					Problem:    fmt.Sprintf("%s answered with status %d", proxy.Host, resp.StatusCode),
					StatusCode: resp.StatusCode,
				}
			}
			return nil
		},
		TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout: tlsTimeout,
		ForceAttemptHTTP2:   true,
		HTTP2:               &http.HTTP2Config{SendPingTimeout: pingAfter, PingTimeout: pingTimeout},
		IdleConnTimeout:     idleTimeout,
		MaxIdleConnsPerHost: maxIdleConns,
	}
	var next http.RoundTripper = &exchange{next: wire, agent: config.UserAgent, timeout: config.RequestTimeout, envelope: config.Envelope}
	if config.Log != nil {
		next = &logTransport{next: next, log: config.Log}
	}
	authentication := config.Credentials.authenticate(config, next)
	return newRetryClient(authentication, config.MaxRetries), authentication, wire
}

// maxIdleConns is more than anybody gives terraform -parallelism, so that each
// read finds a connection to reuse.
const maxIdleConns = 1000

// A ProxyError says that the proxy of the environment is of no use.
type ProxyError struct {
	Problem    string
	StatusCode int // zero if it did not answer
}

func (e *ProxyError) mayPass() bool {
	return e.StatusCode >= http.StatusInternalServerError || e.StatusCode == http.StatusTooManyRequests
}

func (e *ProxyError) Error() string { return "proxy: " + e.Problem }

// proxyFromEnvironment is that of net/http, whose error quotes the proxy's
// password.
func proxyFromEnvironment(req *http.Request) (*url.URL, error) {
	proxy, err := http.ProxyFromEnvironment(req)
	if err != nil {
		return nil, &ProxyError{Problem: "its address is not a URL"}
	}
	return proxy, nil
}

// A RedirectError says that a server tried to send the client elsewhere. The
// client never follows: credentials stay with the configured host.
type RedirectError struct {
	From string // host
	To   string // URL without query
}

func (e *RedirectError) Error() string {
	return fmt.Sprintf("%s answered with a redirect to %s, which is not followed", e.From, e.To)
}

// refuseRedirect finds a redirect before net/http does, which would quote the
// whole of a location that it cannot read.
func refuseRedirect(resp *http.Response) error {
	if resp.StatusCode < 300 || resp.StatusCode > 399 || resp.Header.Get("Location") == "" {
		return nil
	}
	from := resp.Request.URL
	to, err := from.Parse(resp.Header.Get("Location"))
	if err != nil {
		return &RedirectError{From: from.Host, To: "a place that is not a URL"}
	}
	return &RedirectError{From: from.Host, To: (&url.URL{Scheme: to.Scheme, Host: to.Host, Path: to.Path}).String()}
}

// A TimeoutError says that one exchange took longer than RequestTimeout.
type TimeoutError struct {
	Host    string
	Timeout time.Duration
}

func (e *TimeoutError) Error() string {
	return fmt.Sprintf("no answer from %s within %s", e.Host, e.Timeout)
}

// IsTLSError tells whether no trusted TLS connection came about.
func IsTLSError(err error) bool {
	var (
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		alert       *net.OpError // how crypto/tls tells of an alert, from either side
	)
	return errors.Is(err, http.ErrSchemeMismatch) || errors.As(err, &certificate) || errors.As(err, &record) ||
		errors.As(err, &alert) && (alert.Op == "remote error" || alert.Op == "local error")
}

// exchange bounds one HTTP exchange in time and size, and reads the whole body
// inside those bounds, so that whoever gets the answer has all of it.
type exchange struct {
	next     http.RoundTripper
	agent    string
	timeout  time.Duration
	envelope bool
}

func (e *exchange) RoundTrip(req *http.Request) (*http.Response, error) {
	expired := &TimeoutError{Host: req.URL.Host, Timeout: e.timeout}
	ctx, cancel := context.WithTimeoutCause(req.Context(), e.timeout, expired)
	defer cancel()

	req = req.Clone(ctx)
	req.Header.Set("User-Agent", e.agent)
	resp, err := e.next.RoundTrip(req)
	if err == nil {
		err = readBody(resp)
	}
	if err != nil {
		if errors.Is(context.Cause(ctx), expired) {
			return nil, expired
		}
		return nil, withoutQuotes(err)
	}
	if err := refuseRedirect(resp); err != nil {
		return nil, err
	}
	if e.envelope {
		openEnvelope(resp)
	}
	return resp, nil
}

// withoutQuotes hides what net/http quotes of an answer that is not HTTP: there
// may be a link or a token in it.
func withoutQuotes(err error) error {
	var (
		network  net.Error
		protocol textproto.ProtocolError
	)
	if errors.As(err, &protocol) {
		return errors.New("the answer is not HTTP")
	}
	if errors.As(err, &network) || IsTLSError(err) || !strings.Contains(err.Error(), "\"") {
		return err
	}
	return errors.New(quoted.ReplaceAllString(err.Error(), "…"))
}

var quoted = regexp.MustCompile(`"(\\.|[^"\\])*"?`)
