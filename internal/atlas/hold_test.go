package atlas_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlassim"
)

// These tests are about what the client survives, and what that costs.

func TestClient_parallel(t *testing.T) {
	t.Parallel()
	for kind, credentials := range bothKinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(b *bubble) {
				b.sim.SetLatency(20 * time.Millisecond)
				if errs := read(b.client(atlas.Config{Credentials: credentials}), 100, 100); len(errs) > 0 {
					b.Fatal(errs[0])
				}
				// The reads, and one challenge or token.
				if got := len(b.sim.Requests()); got != 101 {
					b.Errorf("%d requests, want 101", got)
				}
			})
		})
	}
}

// Connections are kept for as many reads as there are at a time.
func TestClient_connections(t *testing.T) {
	t.Parallel()
	inBubble(t, func(b *bubble) {
		b.sim.SetLatency(20 * time.Millisecond)
		if errs := read(b.client(atlas.Config{}), 1000, 50); len(errs) > 0 {
			b.Fatal(errs[0])
		}
		if got := b.dials.Load(); got != 50 {
			b.Errorf("%d connections for 50 reads at a time", got)
		}
	})
}

// Nonces and tokens run out under way, and no read notices.
func TestClient_runOut(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name        string
		credentials atlas.Credentials
		limit       func(*atlassim.Server)
		latency     time.Duration
		most        int // requests for 200 reads
	}{
		{"nonce good for 3 uses", apiKey, func(s *atlassim.Server) { s.LimitNonces(3, time.Minute) }, time.Millisecond, 400},
		{"nonce good for 1 use", apiKey, func(s *atlassim.Server) { s.LimitNonces(1, time.Minute) }, time.Millisecond, 401},
		{"nonce good for 40 ms", apiKey, func(s *atlassim.Server) { s.LimitNonces(0, 40*time.Millisecond) }, 15 * time.Millisecond, 400},
		{"token good for 2 s", serviceAccount, func(s *atlassim.Server) { s.LimitTokens(2 * time.Second) }, 200 * time.Millisecond, 206},
		{"valid token refused twice", serviceAccount, func(s *atlassim.Server) { s.RefuseTokens(2) }, 20 * time.Millisecond, 205},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(b *bubble) {
				b.sim.SetLatency(tt.latency)
				tt.limit(b.sim)
				if errs := read(b.client(atlas.Config{Credentials: tt.credentials}), 200, 10); len(errs) > 0 {
					b.Fatalf("%d reads failed: %v", len(errs), errs[0])
				}
				got := len(b.sim.Requests())
				b.Logf("%d requests", got)
				if got > tt.most {
					b.Errorf("%d requests, want at most %d", got, tt.most)
				}
				if got := b.sim.LiveTokens(atlassim.ClientID); got > 2 {
					b.Errorf("%d tokens alive", got)
				}
			})
		})
	}
}

// A token is renewed a quarter of its life or 30 s before it ends.
func TestClient_renewal(t *testing.T) {
	t.Parallel()
	for life, want := range map[time.Duration]time.Duration{
		time.Hour:        time.Hour - 30*time.Second,
		40 * time.Second: 30 * time.Second,
	} {
		inBubble(t, func(b *bubble) {
			b.sim.LimitTokens(life)
			client := b.client(atlas.Config{Credentials: serviceAccount})
			for step, requests := range []int{2, 3, 5} {
				if step > 0 {
					time.Sleep([]time.Duration{0, want - time.Millisecond, time.Millisecond}[step]) // the bubble's time
				}
				if _, err := get(client, atlassim.FinishedJobID); err != nil {
					b.Fatal(err)
				}
				if got := len(b.sim.Requests()); got != requests {
					b.Errorf("life %s, step %d: %d requests, want %d", life, step, got, requests)
				}
			}
		})
	}
}

// A token whose renewal fails is used to its end.
func TestClient_renewalFails(t *testing.T) {
	t.Parallel()
	inBubble(t, func(b *bubble) {
		client := b.client(atlas.Config{Credentials: serviceAccount})
		if _, err := get(client, atlassim.FinishedJobID); err != nil {
			b.Fatal(err)
		}
		time.Sleep(time.Hour - 10*time.Second) // the bubble's time
		b.sim.Inject(1, atlassim.Error(http.StatusInternalServerError, "UNEXPECTED_ERROR", "Oops."))
		if _, err := get(client, atlassim.FinishedJobID); err != nil {
			b.Error(err)
		}
	})
}

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
					if err == nil || !strings.Contains(err.Error(), tt.want) {
						b.Errorf("for ever: got %v, want %s", err, tt.want)
					}
					if took := time.Since(started); took > 10*time.Second {
						b.Errorf("for ever: took %s", took)
					}
				})
			})
		}
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
					// Each attempt may wait a second for the first request.
					took := time.Since(started)
					b.Logf("took %s", took)
					if took > tt.one+2*time.Second {
						b.Errorf("took %s, one takes %s", took, tt.one)
					}
				})
			})
		}
	}
}

// What is refused is found out once, and not asked again.
func TestClient_refusedOnce(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name        string
		credentials atlas.Credentials
		most        int
		want        string
	}{
		{"wrong key", atlas.APIKey{PublicKey: atlassim.PublicKey, PrivateKey: "wrong"}, 3, "401 UNEXPECTED_ERROR: You are not authorized for this resource."},
		{"wrong secret", atlas.ServiceAccount{ClientID: atlassim.ClientID, ClientSecret: "wrong"}, 1, "401 invalid_client: The client credentials are invalid."},
	} {
		for _, parallel := range []int{1, 20} {
			inBubble(t, func(b *bubble) {
				b.sim.SetLatency(20 * time.Millisecond)
				errs := read(b.client(atlas.Config{Credentials: tt.credentials, MaxRetries: 4}), 20, parallel)
				if len(errs) != 20 {
					b.Fatalf("%s: %d reads failed, want 20", tt.name, len(errs))
				}
				for _, err := range errs {
					if !strings.HasSuffix(err.Error(), tt.want) {
						b.Errorf("%s: %v", tt.name, err)
					}
				}
				if got := len(b.sim.Requests()); got > tt.most {
					b.Errorf("%s: %d requests, want at most %d", tt.name, got, tt.most)
				}
			})
		}
	}
}

// A refusal that is about the role says nothing about the credentials: they are
// not asked for again, and go on being used.
func TestClient_roleRefused(t *testing.T) {
	t.Parallel()
	// With a challenge, as some server may send it.
	refuse := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("WWW-Authenticate", `Digest realm="MMS Public API", nonce="n", algorithm=MD5, qop="auth"`)
		atlassim.Error(http.StatusUnauthorized, "USER_UNAUTHORIZED", "No.")(w, r)
	}
	for kind, credentials := range bothKinds {
		inBubble(t, func(b *bubble) {
			client := b.client(atlas.Config{Credentials: credentials})
			if _, err := get(client, atlassim.FinishedJobID); err != nil {
				b.Fatal(err)
			}
			b.sim.Inject(3, refuse)
			for range 3 {
				var api *atlas.APIError
				if _, err := get(client, atlassim.FinishedJobID); !errors.As(err, &api) || api.ErrorCode != "USER_UNAUTHORIZED" {
					b.Errorf("%s: %v", kind, err)
				}
			}
			if _, err := get(client, atlassim.FinishedJobID); err != nil {
				b.Errorf("%s: %v", kind, err)
			}
			if got := len(b.sim.Requests()); got != 6 {
				b.Errorf("%s: %d requests, want 6", kind, got)
			}
		})
	}
}

// A token that replaces a refused one and is refused too is not replaced again:
// each read would take one of the 100 that an account may have.
func TestClient_tokenAlwaysRefused(t *testing.T) {
	t.Parallel()
	inBubble(t, func(b *bubble) {
		b.sim.RefuseTokens(-1)
		if errs := read(b.client(atlas.Config{Credentials: serviceAccount}), 20, 1); len(errs) != 20 {
			b.Errorf("%d reads failed, want 20", len(errs))
		}
		if got := b.sim.LiveTokens(atlassim.ClientID); got != 2 {
			b.Errorf("%d tokens, want 2", got)
		}
	})
}

// A 401 without a challenge keeps its explanation.
func TestClient_noChallenge(t *testing.T) {
	t.Parallel()
	inBubble(t, func(b *bubble) {
		b.sim.Inject(-1, atlassim.Error(http.StatusUnauthorized, "API_KEY_EXPIRED", "The key has expired."))
		_, err := get(b.client(atlas.Config{}), atlassim.FinishedJobID)
		if err == nil || !strings.HasSuffix(err.Error(), "401 API_KEY_EXPIRED: The key has expired.") {
			b.Error(err)
		}
		if got := len(b.sim.Requests()); got != 1 {
			b.Errorf("%d requests, want 1", got)
		}
	})
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
		})
	}
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
			_, err := client.GetServerlessRestoreJob(ctx, atlassim.GroupID, atlassim.ServerlessInstance, atlassim.FinishedJobID)
			if !errors.Is(err, context.DeadlineExceeded) {
				b.Errorf("%s: %v", kind, err)
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

// Close gives back the token that there is, and does not fetch one to do so.
func TestClient_Close(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		reads int
		fault atlassim.Fault
		want  int // requests
		live  int // tokens
		took  time.Duration
	}{
		{name: "token", reads: 1, want: 3},
		{name: "nothing read", reads: 0, want: 0},
		{name: "hang", reads: 1, fault: atlassim.Hang(), want: 3, live: 1, took: time.Second},
	} {
		inBubble(t, func(b *bubble) {
			client := b.client(atlas.Config{Credentials: serviceAccount, MaxRetries: 4})
			if errs := read(client, tt.reads, 1); len(errs) > 0 {
				b.Fatal(errs[0])
			}
			if tt.fault != nil {
				b.sim.Inject(-1, tt.fault)
			}
			ctx, cancel := context.WithTimeout(context.Background(), time.Second)
			defer cancel()
			started := time.Now()
			client.Close(ctx)
			if took := time.Since(started); took != tt.took {
				b.Errorf("%s: took %s, want %s", tt.name, took, tt.took)
			}
			if got := len(b.sim.Requests()); got != tt.want {
				b.Errorf("%s: %d requests, want %d", tt.name, got, tt.want)
			}
			if got := b.sim.LiveTokens(atlassim.ClientID); got != tt.live {
				b.Errorf("%s: %d live tokens, want %d", tt.name, got, tt.live)
			}
		})
	}
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	answer := func(after string) *http.Response {
		return &http.Response{Header: http.Header{"Retry-After": {after}}}
	}
	for _, tt := range []struct {
		name        string
		attempt     int
		resp        *http.Response
		least, most time.Duration
	}{
		{"first", 0, nil, 0, time.Second},
		{"third", 2, nil, 0, 4 * time.Second},
		{"sixth", 5, nil, 0, 32 * time.Second},
		{"seventh", 6, nil, 0, time.Minute},
		{"hundredth", 99, nil, 0, time.Minute},
		{"no Retry-After", 0, answer(""), 0, time.Second},
		{"Retry-After 5", 3, answer("5"), 5 * time.Second, 5 * time.Second},
		{"Retry-After 0", 3, answer("0"), time.Second, time.Second},
		{"Retry-After in the past", 0, answer("Thu, 01 Jan 2015 00:00:00 GMT"), time.Second, time.Second},
		{"Retry-After in a century", 0, answer("Thu, 01 Jan 2122 00:00:00 GMT"), time.Minute, time.Minute},
		{"Retry-After 61", 0, answer("61"), time.Minute, time.Minute},
		{"Retry-After beyond all numbers", 0, answer("9223372036854775807"), time.Minute, time.Minute},
		{"Retry-After below zero", 0, answer("-5"), time.Second, time.Second},
		{"Retry-After in words", 0, answer("soon"), 0, time.Second},
	} {
		for range 100 {
			if got := atlas.Backoff(0, 0, tt.attempt, tt.resp); got < tt.least || got > tt.most {
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
