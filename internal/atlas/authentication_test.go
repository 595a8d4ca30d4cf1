package atlas_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlassim"
)

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
				if got := b.sim.LiveTokens(atlassim.ClientID); got > 3 {
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
				synctest.Wait() // the renewal goes on behind the read's back
				if got := len(b.sim.Requests()); got != requests {
					b.Errorf("life %s, step %d: %d requests, want %d", life, step, got, requests)
				}
			}
		})
	}
}

// A token whose renewal fails is used to its end, and no read waits long for that.
func TestClient_renewalFails(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]atlassim.Fault{
		"500":     atlassim.Error(http.StatusInternalServerError, "UNEXPECTED_ERROR", "Oops."),
		"hang":    atlassim.Hang(),
		"refused": atlassim.Error(http.StatusUnauthorized, "invalid_client", "No."),
	} {
		inBubble(t, func(b *bubble) {
			client := b.client(atlas.Config{Credentials: serviceAccount, MaxRetries: 4})
			if _, err := get(client, atlassim.FinishedJobID); err != nil {
				b.Fatal(err)
			}
			time.Sleep(time.Hour - 29*time.Second) // the bubble's time
			b.sim.Inject(-1, func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost {
					fault(w, r)
					return
				}
				b.sim.Pass(w, r)
			})
			before := len(b.sim.Requests())
			ends := time.Now().Add(29 * time.Second)
			for time.Until(ends) > time.Second {
				started := time.Now()
				if _, err := get(client, atlassim.FinishedJobID); err != nil {
					b.Errorf("%s: %v", name, err)
				}
				if took := time.Since(started); took > time.Second {
					b.Errorf("%s: took %s", name, took)
				}
				time.Sleep(time.Second) // the bubble's time
			}
			if got := len(b.sim.Requests()) - before - 28; got > 28 {
				b.Errorf("%s: %d requests for a new token", name, got)
			}
			time.Sleep(time.Until(ends)) // the bubble's time; now it has ended
			if _, err := get(client, atlassim.FinishedJobID); err == nil {
				b.Errorf("%s: read without a token", name)
			}
		})
	}
}

// A renewal that is refused once is no refusal for ever.
func TestClient_renewalRefusedOnce(t *testing.T) {
	t.Parallel()
	inBubble(t, func(b *bubble) {
		b.sim.LimitTokens(2 * time.Minute)
		client := b.client(atlas.Config{Credentials: serviceAccount})
		for i := range 60 {
			if i == 9 { // the token ends in half a minute
				b.sim.Inject(1, func(w http.ResponseWriter, r *http.Request) {
					if r.Method == http.MethodPost {
						atlassim.Error(http.StatusForbidden, "IP_ADDRESS_NOT_ON_ACCESS_LIST", "No.")(w, r)
						return
					}
					b.sim.Inject(1, atlassim.Error(http.StatusForbidden, "IP_ADDRESS_NOT_ON_ACCESS_LIST", "No."))
					b.sim.Pass(w, r)
				})
			}
			if _, err := get(client, atlassim.FinishedJobID); err != nil {
				b.Errorf("read %d: %v", i, err)
			}
			synctest.Wait()
			time.Sleep(10 * time.Second) // the bubble's time
		}
	})
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
			client := b.client(atlas.Config{Credentials: credentials, ServerlessAPI: atlas.ServedByServerless})
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

// Tokens that are refused are not replaced for ever: each read would take one of
// the 100 that an account may have.
func TestClient_tokenAlwaysRefused(t *testing.T) {
	t.Parallel()
	inBubble(t, func(b *bubble) {
		b.sim.RefuseTokens(-1)
		if errs := read(b.client(atlas.Config{Credentials: serviceAccount}), 20, 1); len(errs) != 20 {
			b.Errorf("%d reads failed, want 20", len(errs))
		}
		if got := b.sim.LiveTokens(atlassim.ClientID); got != 3 {
			b.Errorf("%d tokens, want 3", got)
		}
	})
}

// A challenge is no word about a role, whatever its code: nothing was sent yet
// that could have one.
func TestClient_roleInChallenge(t *testing.T) {
	t.Parallel()
	inBubble(t, func(b *bubble) {
		b.sim.Inject(1, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Error-Code", "USER_UNAUTHORIZED")
			b.sim.Pass(w, r)
		})
		if _, err := get(b.client(atlas.Config{}), atlassim.FinishedJobID); err != nil {
			b.Error(err)
		}
	})
}

// A key that has worked is not taken for wrong, though a server refuses it for a while.
func TestClient_keyRefusedForAWhile(t *testing.T) {
	t.Parallel()
	inBubble(t, func(b *bubble) {
		client := b.client(atlas.Config{ServerlessAPI: atlas.ServedByServerless})
		if _, err := get(client, atlassim.FinishedJobID); err != nil {
			b.Fatal(err)
		}
		b.sim.AddAPIKey(atlassim.PublicKey, "another", atlassim.ProjectOwner)
		if _, err := get(client, atlassim.FinishedJobID); err == nil {
			b.Error("read with a key that is refused")
		}
		b.sim.AddAPIKey(atlassim.PublicKey, atlassim.PrivateKey, atlassim.ProjectOwner)
		if _, err := get(client, atlassim.FinishedJobID); err != nil {
			b.Error(err)
		}
	})
}

// A refusal by something that is not Atlas, or of one token too many, passes.
func TestClient_tokenRefusedForAWhile(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]atlassim.Fault{
		"a portal's page": atlassim.ProxyPage(http.StatusForbidden),
		"100 tokens":      atlassim.Body(http.StatusForbidden, "application/json", `{"error": "access_denied", "error_description": "Too many."}`),
	} {
		inBubble(t, func(b *bubble) {
			b.sim.Inject(1, fault)
			client := b.client(atlas.Config{Credentials: serviceAccount})
			if _, err := get(client, atlassim.FinishedJobID); err == nil {
				b.Errorf("%s: no error", name)
			}
			if _, err := get(client, atlassim.FinishedJobID); err != nil {
				b.Errorf("%s: %v", name, err)
			}
		})
	}
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

// A read that is cancelled does not take along those that wait for its token.
func TestClient_cancelFetcher(t *testing.T) {
	t.Parallel()
	inBubble(t, func(b *bubble) {
		b.sim.SetLatency(800 * time.Millisecond)
		client := b.client(atlas.Config{Credentials: serviceAccount, ServerlessAPI: atlas.ServedByServerless})
		ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
		defer cancel()
		first := make(chan error)
		go func() {
			_, err := client.GetServerlessRestoreJob(ctx, atlassim.GroupID, atlassim.ServerlessInstance, atlassim.FinishedJobID)
			first <- err
		}()
		time.Sleep(time.Millisecond) // the bubble's time
		second := make(chan error)
		go func() {
			_, err := get(client, atlassim.FinishedJobID)
			second <- err
		}()
		if err := <-first; !errors.Is(err, context.DeadlineExceeded) {
			b.Errorf("the first: %v", err)
		}
		if err := <-second; err != nil {
			b.Errorf("the second: %v", err)
		}
		if got := len(b.sim.Requests()); got != 2 {
			b.Errorf("%d requests, want 2", got)
		}
	})
}

// Nothing is fetched once the client is closed, and what comes while it closes is
// given back.
func TestClient_Close_underWay(t *testing.T) {
	t.Parallel()
	inBubble(t, func(b *bubble) {
		b.sim.SetLatency(100 * time.Millisecond)
		client := b.client(atlas.Config{Credentials: serviceAccount})
		done := make(chan struct{})
		go func() {
			defer close(done)
			_, _ = get(client, atlassim.FinishedJobID) // it may come through or not
		}()
		time.Sleep(50 * time.Millisecond) // the bubble's time; the token is on its way
		client.Close(b.Context())
		<-done
		if _, err := get(client, atlassim.FinishedJobID); err == nil {
			b.Error("read with a client that is closed")
		}
		if got := b.sim.LiveTokens(atlassim.ClientID); got != 0 {
			b.Errorf("%d tokens alive", got)
		}
	})
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
