package atlas_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlassim"
)

// Faults that pass, and faults that stay.
func TestClient_faults(t *testing.T) {
	t.Parallel()
	const wait = 2 * time.Second // request_timeout
	for _, tt := range []struct {
		name  string
		fault atlassim.Fault
		final bool   // one such answer is the end of its read
		want  string // of the error, where it stays
	}{
		{name: "429", fault: atlassim.Error(429, "RATE_LIMITED", "Rate limit exceeded."), want: "429 RATE_LIMITED: Rate limit exceeded. (tried 2 times in "},
		{name: "429 with Retry-After 0", fault: atlassim.RetryAfter("0", atlassim.Error(429, "RATE_LIMITED", "Slow.")), want: "429 RATE_LIMITED: Slow. (tried 2 times in 1s)"},
		{name: "500", fault: atlassim.Error(500, "UNEXPECTED_ERROR", "Oops."), want: "500 UNEXPECTED_ERROR: Oops. (tried 2 times in "},
		{name: "503 with Retry-After", fault: atlassim.RetryAfter("7", atlassim.Error(503, "SERVICE_UNAVAILABLE", "Maintenance.")), want: "503 SERVICE_UNAVAILABLE: Maintenance. (tried 2 times in 7s)"},
		{name: "HTML 502", fault: atlassim.ProxyPage(502), want: "502: <html> <head><title>502 Bad Gateway</title>"},
		{name: "reset", fault: atlassim.Reset(), want: "EOF (tried 2 times in "},
		{name: "cut short", fault: atlassim.CutShort(), want: "the answer broke off: unexpected EOF (tried 2 times in "},
		{name: "too large", fault: atlassim.Large(17 << 20), want: "the answer of atlas.example is larger than 16 MiB (tried 2 times in "},
		{name: "hang", fault: atlassim.Hang(), want: "no answer from atlas.example within 2s (tried 2 times in "},
		{name: "wrong shape", fault: atlassim.Body(200, "application/json", `{"id": 5, "access_token": ["x"]}`), want: " is a JSON "},
		{name: "no JSON", fault: atlassim.Body(200, "text/html", "<html>sign in</html>"), want: "200: the answer is not valid JSON: <html>sign in</html> (tried 2 times in "},
		{name: "no HTTP", fault: raw(`{"access_token": "sesame", "deliveryUrl": ["sesame"]}` + "\n\n"), want: "malformed HTTP status code … (tried 2 times in "},
		{name: "token that never ends", fault: atlassim.Body(200, "text/plain", `{"access_token": "x", "expires_in": "soon", "id": 5}`), want: " is a JSON "},
		{name: "redirect to no URL", fault: raw("HTTP/1.1 302 Found\r\nLocation: https://x/%zz?sig=sesame\r\nContent-Length: 0\r\n\r\n"), final: true, want: "a redirect to a place that is not a URL"},
		{name: "redirect", fault: atlassim.Redirect("https://elsewhere.example"), final: true, want: "atlas.example answered with a redirect to https://elsewhere.example/"},
		{name: "501", fault: atlassim.Error(501, "NOT_IMPLEMENTED", "No."), final: true, want: "501 NOT_IMPLEMENTED: No."},
	} {
		for kind, credentials := range bothKinds {
			t.Run(tt.name+", "+kind, func(t *testing.T) {
				t.Parallel()
				inBubble(t, func(b *bubble) {
					b.sim.Inject(2, tt.fault)
					errs := read(b.client(atlas.Config{Credentials: credentials, MaxRetries: 4, RequestTimeout: wait}), 20, 20)
					if len(errs) > 0 && !tt.final {
						b.Errorf("twice: %d reads failed: %v", len(errs), errs[0])
					}
					if tt.final && len(errs) == 0 {
						b.Error("twice: no read failed")
					}
				})
				inBubble(t, func(b *bubble) {
					b.sim.Inject(-1, tt.fault)
					started := time.Now()
					_, err := get(b.client(atlas.Config{Credentials: credentials, MaxRetries: 1, RequestTimeout: wait}), atlassim.FinishedJobID)
					if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "sesame") {
						b.Errorf("for ever: got %v, want %s", err, tt.want)
					}
					if took := time.Since(started); took > 10*time.Second {
						b.Errorf("for ever: took %s", took)
					}
					// One retry, of the read or of its token.
					if got := len(b.sim.Requests()); got > 2 {
						b.Errorf("for ever: %d requests, want at most 2", got)
					}
				})
			})
		}
	}
}

// raw is an answer that need not be HTTP.
func raw(text string) atlassim.Fault {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		_, _ = io.WriteString(conn, text)
		_ = conn.Close()
	}
}

// Reads that fail together do not take turns.
func TestClient_failTogether(t *testing.T) {
	t.Parallel()
	outage := atlassim.RetryAfter("2", atlassim.Error(503, "SERVICE_UNAVAILABLE", "Maintenance."))
	for _, tt := range []struct {
		name  string
		fault atlassim.Fault
		one   time.Duration // how long one read takes, with one retry
	}{
		{"outage", outage, 2 * time.Second},
		{"hang", atlassim.Hang(), 2*30*time.Second + time.Second},
	} {
		for kind, credentials := range bothKinds {
			t.Run(tt.name+", "+kind, func(t *testing.T) {
				t.Parallel()
				inBubble(t, func(b *bubble) {
					b.sim.Inject(-1, tt.fault)
					started := time.Now()
					errs := read(b.client(atlas.Config{Credentials: credentials, MaxRetries: 1}), 20, 20)
					if len(errs) != 20 {
						b.Fatalf("%d reads failed, want 20", len(errs))
					}
					// Each attempt may wait a second for the first request, and the first
					// attempt three for whoever finds out which endpoint serves.
					took := time.Since(started)
					b.Logf("took %s", took)
					if took > tt.one+5*time.Second {
						b.Errorf("took %s, one takes %s", took, tt.one)
					}
				})
			})
		}
	}
}

// Cancelling ends whatever the client is waiting for at once.
func TestClient_cancelAtOnce(t *testing.T) {
	t.Parallel()
	outage := atlassim.RetryAfter("60", atlassim.Error(503, "SERVICE_UNAVAILABLE", "Maintenance."))
	for _, tt := range []struct {
		name        string
		credentials atlas.Credentials
		fault       atlassim.Fault
	}{
		{"back-off", apiKey, outage},
		{"hang", apiKey, atlassim.Hang()},
		{"token fetch that hangs", serviceAccount, atlassim.Hang()},
		{"token fetch that backs off", serviceAccount, outage},
	} {
		inBubble(t, func(b *bubble) {
			b.sim.Inject(-1, tt.fault)
			client := b.client(atlas.Config{Credentials: tt.credentials, MaxRetries: 4})
			ctx, cancel := context.WithCancel(context.Background())
			time.AfterFunc(5*time.Second, cancel)
			started := time.Now()
			_, err := client.GetServerlessRestoreJob(ctx, atlassim.GroupID, atlassim.ServerlessInstance, atlassim.FinishedJobID)
			if !errors.Is(err, context.Canceled) {
				b.Errorf("%s: %v", tt.name, err)
			}
			if took := time.Since(started); took != 5*time.Second {
				b.Errorf("%s: took %s, want 5s", tt.name, took)
			}
			before := len(b.sim.Requests())
			time.Sleep(time.Hour) // the bubble's time
			if after := len(b.sim.Requests()); after != before {
				b.Errorf("%s: went on asking, %d times", tt.name, after-before)
			}
		})
	}
}

// An answer that comes just before the cancellation is not what the user is told.
func TestClient_cancelAtAnswer(t *testing.T) {
	t.Parallel()
	inBubble(t, func(b *bubble) {
		ctx, cancel := context.WithCancel(context.Background())
		b.sim.Inject(-1, atlassim.Error(503, "SERVICE_UNAVAILABLE", "Maintenance."))
		client := b.client(atlas.Config{MaxRetries: 4, Log: func(context.Context, string, map[string]any) { cancel() }})
		_, err := client.GetServerlessRestoreJob(ctx, atlassim.GroupID, atlassim.ServerlessInstance, atlassim.FinishedJobID)
		if !errors.Is(err, context.Canceled) {
			b.Error(err)
		}
	})
}

// When time is up in the middle of retries, the error says what they were about.
func TestClient_deadline(t *testing.T) {
	t.Parallel()
	inBubble(t, func(b *bubble) {
		b.sim.Inject(-1, atlassim.RetryAfter("9", atlassim.Error(503, "SERVICE_UNAVAILABLE", "Maintenance.")))
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		client := b.client(atlas.Config{MaxRetries: 4})
		_, err := client.GetServerlessRestoreJob(ctx, atlassim.GroupID, atlassim.ServerlessInstance, atlassim.FinishedJobID)
		if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "before that: GET "+finishedJobPath+": 503 SERVICE_UNAVAILABLE: Maintenance. (tried 3 times in 20s)") {
			b.Error(err)
		}
	})
}

// Those that wait for the first request, or for a token that another read
// fetches, can be cancelled by themselves.
func TestClient_cancelWaiting(t *testing.T) {
	t.Parallel()
	for kind, credentials := range bothKinds {
		inBubble(t, func(b *bubble) {
			b.sim.SetLatency(800 * time.Millisecond)
			client := b.client(atlas.Config{Credentials: credentials})
			first := make(chan error)
			go func() {
				_, err := get(client, atlassim.FinishedJobID)
				first <- err
			}()
			time.Sleep(time.Millisecond) // the bubble's time
			ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
			defer cancel()
			started := time.Now()
			_, err := client.GetServerlessRestoreJob(ctx, atlassim.GroupID, atlassim.ServerlessInstance, atlassim.FinishedJobID)
			if !errors.Is(err, context.DeadlineExceeded) {
				b.Errorf("%s: %v", kind, err)
			}
			if took := time.Since(started); took != 100*time.Millisecond {
				b.Errorf("%s: took %s", kind, took)
			}
			if err := <-first; err != nil {
				b.Errorf("%s: the first: %v", kind, err)
			}
			if got := len(b.sim.Requests()); got != 2 {
				b.Errorf("%s: %d requests, want 2", kind, got)
			}
		})
	}
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name        string
		attempt     int
		after       *string // Retry-After; nil: no answer came
		least, most time.Duration
	}{
		{"first", 0, nil, 0, time.Second},
		{"third", 2, nil, 0, 4 * time.Second},
		{"sixth", 5, nil, 0, 32 * time.Second},
		{"seventh", 6, nil, 0, time.Minute},
		{"hundredth", 99, nil, 0, time.Minute},
		{"no Retry-After", 0, ptr(""), 0, time.Second},
		{"Retry-After 5", 3, ptr("5"), 5 * time.Second, 5 * time.Second},
		{"Retry-After 0", 3, ptr("0"), time.Second, time.Second},
		{"Retry-After in the past", 0, ptr("Thu, 01 Jan 2015 00:00:00 GMT"), time.Second, time.Second},
		{"Retry-After in a century", 0, ptr("Thu, 01 Jan 2122 00:00:00 GMT"), time.Minute, time.Minute},
		{"Retry-After 61", 0, ptr("61"), time.Minute, time.Minute},
		{"Retry-After beyond all numbers", 0, ptr("9223372036854775807"), time.Minute, time.Minute},
		{"Retry-After below zero", 0, ptr("-5"), time.Second, time.Second},
		{"Retry-After in words", 0, ptr("soon"), 0, time.Second},
	} {
		var resp *http.Response
		if tt.after != nil {
			resp = &http.Response{Header: http.Header{"Retry-After": {*tt.after}}}
		}
		for range 100 {
			if got := atlas.Backoff(0, 0, tt.attempt, resp); got < tt.least || got > tt.most {
				t.Errorf("%s: %s, want %s to %s", tt.name, got, tt.least, tt.most)
				break
			}
		}
	}
	now := time.Date(2025, 11, 14, 12, 0, 0, 0, time.UTC)
	if got, ok := atlas.RetryAfter("Fri, 14 Nov 2025 12:00:09 GMT", now); !ok || got != 9*time.Second {
		t.Errorf("date: %s %t", got, ok)
	}
}
