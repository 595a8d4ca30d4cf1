package atlas

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
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
				return &ProxyError{Problem: fmt.Sprintf("%s answered with status %d", proxy.Host, resp.StatusCode)}
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
	Problem string
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

func refuseRedirects(req *http.Request, via []*http.Request) error {
	to := url.URL{Scheme: req.URL.Scheme, Host: req.URL.Host, Path: req.URL.Path}
	return &RedirectError{From: via[0].URL.Host, To: to.String()}
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
		invalid     x509.CertificateInvalidError
		authority   x509.UnknownAuthorityError
		hostname    x509.HostnameError
		record      tls.RecordHeaderError
		alert       tls.AlertError
	)
	return errors.Is(err, http.ErrSchemeMismatch) || errors.As(err, &certificate) || errors.As(err, &invalid) ||
		errors.As(err, &authority) || errors.As(err, &hostname) || errors.As(err, &record) || errors.As(err, &alert)
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
		return nil, err
	}
	if e.envelope {
		openEnvelope(resp)
	}
	return resp, nil
}
