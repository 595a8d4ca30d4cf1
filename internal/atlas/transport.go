package atlas

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

const (
	connectTimeout = 10 * time.Second
	tlsTimeout     = 10 * time.Second
	maxBodyBytes   = 16 << 20
)

// newHTTPClient stacks the transports, the outermost first:
// authentication -> exchange (time, size, envelope) -> http.Transport.
func newHTTPClient(config Config) *http.Client {
	transport := &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: connectTimeout}).DialContext,
		TLSHandshakeTimeout: tlsTimeout,
		ForceAttemptHTTP2:   true,
	}
	exchange := &exchange{next: transport, timeout: config.RequestTimeout, envelope: config.Envelope}
	return &http.Client{
		Transport:     config.Credentials.authenticate(config, exchange),
		CheckRedirect: refuseRedirects,
	}
}

// A RedirectError says that a server tried to send the client elsewhere. The
// client never follows: credentials stay with the configured host.
type RedirectError struct {
	From, To string // hosts
}

func (e *RedirectError) Error() string {
	return fmt.Sprintf("%s answered with a redirect to %s, which is not followed", e.From, e.To)
}

func refuseRedirects(req *http.Request, via []*http.Request) error {
	return &RedirectError{From: via[0].URL.Host, To: req.URL.Host}
}

// A TimeoutError says that one exchange took longer than RequestTimeout.
type TimeoutError struct {
	Host    string
	Timeout time.Duration
}

func (e *TimeoutError) Error() string {
	return fmt.Sprintf("no answer from %s within %s", e.Host, e.Timeout)
}

// A BodyTooLargeError says that an answer was larger than any that the API gives.
type BodyTooLargeError struct {
	Host string
}

func (e *BodyTooLargeError) Error() string {
	return fmt.Sprintf("the answer of %s is larger than %d MiB", e.Host, maxBodyBytes>>20)
}

// exchange bounds one HTTP exchange in time and size, and reads the whole body
// inside those bounds, so that whoever gets the answer has all of it.
type exchange struct {
	next     http.RoundTripper
	timeout  time.Duration
	envelope bool
}

func (e *exchange) RoundTrip(req *http.Request) (*http.Response, error) {
	expired := &TimeoutError{Host: req.URL.Host, Timeout: e.timeout}
	ctx, cancel := context.WithTimeoutCause(req.Context(), e.timeout, expired)
	defer cancel()

	resp, err := e.next.RoundTrip(req.WithContext(ctx))
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

// readBody replaces the body on the wire by the same one in memory.
func readBody(resp *http.Response) error {
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBodyBytes+1))
	if err != nil {
		return fmt.Errorf("the answer broke off: %w", err)
	}
	if len(body) > maxBodyBytes {
		return &BodyTooLargeError{Host: resp.Request.URL.Host}
	}
	setBody(resp, body)
	return nil
}

func setBody(resp *http.Response, body []byte) {
	resp.Body = io.NopCloser(bytes.NewReader(body))
	resp.ContentLength = int64(len(body))
}
