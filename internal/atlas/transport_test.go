package atlas_test

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlassim"
)

// Connections are kept for as many reads as there are at a time.
func TestClient_connections(t *testing.T) {
	t.Parallel()
	inBubble(t, func(b *bubble) {
		b.sim.SetLatency(20 * time.Millisecond)
		client := b.client(atlas.Config{})
		for range 3 {
			if errs := read(client, 50, 50); len(errs) > 0 {
				b.Fatal(errs[0])
			}
			time.Sleep(time.Second) // the bubble's time; now all connections are idle
		}
		if got := b.dials.Load(); got != 50 {
			b.Errorf("%d connections for 50 reads at a time", got)
		}
	})
}

// What is read of a body that never ends is bounded. This test is not parallel,
// for it looks at the memory of the process.
func TestClient_largeBody(t *testing.T) {
	sim := atlassim.Start(t)
	sim.Inject(-1, atlassim.Large(300<<20))
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	_, err := get(newClient(t, sim.URL, atlas.Config{}), atlassim.FinishedJobID)
	runtime.ReadMemStats(&after)
	var large *atlas.BodyTooLargeError
	if !errors.As(err, &large) {
		t.Errorf("got %v, want a BodyTooLargeError", err)
	}
	grown := (after.Sys - min(before.Sys, after.Sys)) >> 20
	t.Logf("grown by %d MiB", grown)
	if grown > 8*16 {
		t.Errorf("the process grew by %d MiB", grown)
	}
}

// The client asks for gzip, and its limit counts what comes out.
func TestClient_gzip(t *testing.T) {
	t.Parallel()
	zeros := strings.Repeat(" ", 17<<20)
	for _, tt := range []struct{ name, body, want string }{
		{"job", `{"id": "` + atlassim.FinishedJobID + `"}`, ""},
		{"bomb", zeros, "is larger than 16 MiB"},
	} {
		sim := atlassim.Start(t)
		sim.Inject(-1, func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Accept-Encoding") != "gzip" {
				t.Errorf("Accept-Encoding: %q", r.Header.Get("Accept-Encoding"))
			}
			w.Header().Set("Content-Encoding", "gzip")
			writer := gzip.NewWriter(w)
			_, _ = io.WriteString(writer, tt.body)
			_ = writer.Close()
		})
		_, err := get(newClient(t, sim.URL, atlas.Config{}), atlassim.FinishedJobID)
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v", tt.name, err)
		}
	}
}

// One line for each exchange says what, how, which attempt and how long; nothing
// of it is secret.
func TestClient_log(t *testing.T) {
	t.Parallel()
	for kind, credentials := range bothKinds {
		inBubble(t, func(b *bubble) {
			b.sim.SetLatency(20 * time.Millisecond)
			b.sim.Inject(1, atlassim.RetryAfter("3", atlassim.Error(503, "SERVICE_UNAVAILABLE", "Maintenance.")))
			b.sim.Inject(1, atlassim.CutShort())
			var lines []string
			client := b.client(atlas.Config{
				Credentials: credentials, MaxRetries: 4, Pretty: true,
				Log: func(_ context.Context, message string, fields map[string]any) {
					if fields["attempt"] == 3 {
						fields["waited_ms"] = "random"
					}
					lines = append(lines, message+" "+fmt.Sprint(fields))
				},
			})
			if _, err := get(client, atlassim.DownloadJobID); err != nil {
				b.Fatal(err)
			}
			const job = "GET path:/api/atlas/v1.0/groups/" + atlassim.GroupID + "/serverless/Orders/backup/restoreJobs/" + atlassim.DownloadJobID
			first, last := job, []string{
				"Request to Atlas map[attempt:3 duration_ms:20 method:" + job + " status:401 waited_ms:random]",
				"Request to Atlas map[attempt:3 duration_ms:20 method:" + job + " status:200 waited_ms:random]",
			}
			if kind == "service account" {
				first, last = "POST path:/api/oauth/token", []string{
					"Request to Atlas map[attempt:3 duration_ms:20 method:POST path:/api/oauth/token status:200 waited_ms:random]",
					"Request to Atlas map[attempt:1 duration_ms:20 method:" + job + " status:200]",
				}
			}
			want := append([]string{
				"Request to Atlas map[attempt:1 duration_ms:20 method:" + first + " status:503]",
				"Request to Atlas failed map[attempt:2 duration_ms:20 error:the answer broke off: unexpected EOF method:" + first + " waited_ms:3000]",
			}, last...)
			if diff := cmp.Diff(want, lines); diff != "" {
				b.Errorf("%s: %s", kind, diff)
			}
		})
	}
}
