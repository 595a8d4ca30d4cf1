package atlas

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// DefaultMaxRetries is how often a request is tried again, unless the
// configuration says otherwise.
const DefaultMaxRetries = 4

const (
	minWait = time.Second
	maxWait = time.Minute
)

// newRetryClient returns a client that sends requests through next, and again
// while shouldRetry says so. The last answer survives, with its body.
func newRetryClient(next http.RoundTripper, maxRetries int) *retryablehttp.Client {
	return &retryablehttp.Client{
		HTTPClient:     &http.Client{Transport: next},
		RetryMax:       maxRetries,
		CheckRetry:     shouldRetry,
		Backoff:        backoff,
		ErrorHandler:   keepLast,
		RequestLogHook: func(_ retryablehttp.Logger, req *http.Request, _ int) { attemptsOf(req.Context()).begin() },
	}
}

// keepLast gives the last answer when retries are spent, or the last failure.
func keepLast(resp *http.Response, err error, _ int) (*http.Response, error) {
	if err != nil {
		return nil, err // net/http complains of a RoundTripper that returns both
	}
	return resp, nil
}

// shouldRetry decides on each answer and each failure, and is told of each.
func shouldRetry(ctx context.Context, resp *http.Response, err error) (bool, error) {
	again := mayPass(resp, err)
	attemptsOf(ctx).end(resp, err, again)
	if ctx.Err() != nil && (again || err != nil) {
		return false, ctx.Err() // and not the failure that came just before
	}
	return again, nil
}

func mayPass(resp *http.Response, err error) bool {
	if err != nil {
		return !isPermanent(err)
	}
	return resp.StatusCode == http.StatusTooManyRequests ||
		resp.StatusCode >= http.StatusInternalServerError && resp.StatusCode != http.StatusNotImplemented
}

// isPermanent tells whether trying again would only fail again.
func isPermanent(err error) bool {
	var (
		unusable Unusable
		token    *TokenError // has had retries of its own
		redirect *RedirectError
		proxy    *ProxyError
		api      *APIError // mayPass has seen its status
		dns      *net.DNSError
	)
	return IsTLSError(err) || errors.Is(err, errClosed) ||
		errors.As(err, &unusable) || errors.As(err, &token) || errors.As(err, &redirect) || errors.As(err, &api) ||
		errors.As(err, &proxy) && !proxy.mayPass() || errors.As(err, &dns) && dns.IsNotFound
}

// backoff is what the server asks for in Retry-After, within bounds, for Atlas
// may ask for 0 seconds; else a random part of 1, 2, 4, … seconds.
func backoff(_, _ time.Duration, attempt int, resp *http.Response) time.Duration {
	if resp != nil {
		if wait, ok := retryAfter(resp.Header.Get("Retry-After"), time.Now()); ok {
			return min(max(wait, minWait), maxWait)
		}
	}
	ceiling := maxWait
	if attempt < 6 { // 1 s doubled six times is more than a minute
		ceiling = minWait << attempt
	}
	return rand.N(ceiling) //nolint:gosec // jitter, no secret
}

// retryAfter reads a Retry-After header: seconds, or a date.
func retryAfter(header string, now time.Time) (wait time.Duration, ok bool) {
	if seconds, err := strconv.ParseInt(header, 10, 64); err == nil {
		return time.Duration(min(max(seconds, 0), int64(maxWait/time.Second))) * time.Second, true
	}
	date, err := http.ParseTime(header)
	return date.Sub(now), err == nil
}

// attempts follow one request through its retries, for the log and the error.
type attempts struct {
	count          int
	started, ended time.Time
	waited         time.Duration // before the latest one
	failure        error         // of the latest one that may pass
}

type attemptsKey struct{}

func withAttempts(ctx context.Context) (context.Context, *attempts) {
	a := &attempts{}
	return context.WithValue(ctx, attemptsKey{}, a), a
}

// attemptsOf are those of the request that ctx belongs to.
func attemptsOf(ctx context.Context) *attempts {
	if a, ok := ctx.Value(attemptsKey{}).(*attempts); ok {
		return a
	}
	return &attempts{}
}

func (a *attempts) begin() {
	now := time.Now()
	if a.count++; a.count == 1 {
		a.started, a.ended = now, now
	}
	a.waited = now.Sub(a.ended)
}

func (a *attempts) end(resp *http.Response, err error, again bool) {
	a.ended = time.Now()
	switch {
	case !again || errors.Is(err, context.DeadlineExceeded):
	case err != nil:
		a.failure = err
	default:
		a.failure = newAPIError(resp.Request.Method, resp.Request.URL.EscapedPath(), resp, peek(resp))
	}
}

// explain adds to err how often and how long was tried, if more than once, and
// what went wrong before time was up.
func (a *attempts) explain(err error) error {
	if err != nil && a.failure != nil && errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("%w; before that: %v", err, a.failure) //nolint:errorlint // it is no cause, but what is told
	}
	if err == nil || a.count < 2 {
		return err
	}
	return &RetryError{Attempts: a.count, Elapsed: time.Since(a.started), Err: err}
}

// A RetryError says that all retries were in vain. It wraps the last error.
type RetryError struct {
	Attempts int
	Elapsed  time.Duration
	Err      error
}

func (e *RetryError) Error() string {
	return fmt.Sprintf("%v (tried %d times in %s)", e.Err, e.Attempts, e.Elapsed.Round(100*time.Millisecond))
}

func (e *RetryError) Unwrap() error { return e.Err }
