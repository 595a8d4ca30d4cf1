package atlas

import (
	"context"
	"net/http"
	"time"
)

// logTransport writes one line for each HTTP exchange: no header, no query, no
// body, for there are credentials and links in them.
type logTransport struct {
	next http.RoundTripper
	log  func(ctx context.Context, message string, fields map[string]any)
}

func (t *logTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	started := time.Now()
	resp, err := t.next.RoundTrip(req)
	tries := attemptsOf(req.Context())
	fields := map[string]any{
		"method":      req.Method,
		"path":        req.URL.EscapedPath(),
		"attempt":     tries.count,
		"duration_ms": time.Since(started).Milliseconds(),
	}
	if tries.waited > 0 {
		fields["waited_ms"] = tries.waited.Milliseconds()
	}
	if err != nil {
		fields["error"] = err.Error()
		t.log(req.Context(), "Request to Atlas failed", fields)
		return nil, err
	}
	fields["status"] = resp.StatusCode
	t.log(req.Context(), "Request to Atlas", fields)
	return resp, nil
}
