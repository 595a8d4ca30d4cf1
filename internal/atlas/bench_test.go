package atlas_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlassim"
)

// BenchmarkClient_reads is 1,000 reads over 10 workers against the simulator.
func BenchmarkClient_reads(b *testing.B) {
	for kind, credentials := range bothKinds {
		for _, latency := range []time.Duration{0, 20 * time.Millisecond} {
			b.Run(fmt.Sprintf("%s/%s", strings.ReplaceAll(kind, " ", "-"), latency), func(b *testing.B) {
				sim := atlassim.NewDemo()
				sim.SetLatency(latency)
				server := httptest.NewServer(sim)
				defer server.Close()
				requests := 0
				for b.Loop() {
					before := len(sim.Requests())
					client := benchClient(b, server.URL, atlas.Config{Credentials: credentials})
					if errs := read(client, 1000, 10); len(errs) > 0 {
						b.Fatal(errs[0])
					}
					requests += len(sim.Requests()) - before
					client.Close(b.Context())
				}
				b.ReportMetric(float64(requests)/float64(b.N)/1000, "requests/read")
				b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/1000-reads")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}

// BenchmarkClient_allocations is one read after another, from a server that
// allocates next to nothing, so that what is counted is the client's.
func BenchmarkClient_allocations(b *testing.B) {
	for kind, credentials := range bothKinds {
		b.Run(strings.ReplaceAll(kind, " ", "-"), func(b *testing.B) {
			config := atlas.Config{Credentials: credentials}
			atlas.SetDial(&config, cannedAnswers)
			client := benchClient(b, "http://atlas.example", config)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := get(client, atlassim.FinishedJobID); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchClient(b *testing.B, rawURL string, config atlas.Config) *atlas.Client {
	b.Helper()
	u, err := url.Parse(rawURL)
	if err != nil {
		b.Fatal(err)
	}
	config.BaseURL = u
	return atlas.NewClient(config)
}

// cannedAnswers connects to a server that knows three answers: a token, a
// challenge and a job.
func cannedAnswers(ctx context.Context, _, _ string) (net.Conn, error) {
	here, there := net.Pipe()
	answer := func(status, header, body string) string {
		return fmt.Sprintf("HTTP/1.1 %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s", status, header, len(body), body)
	}
	recorder := httptest.NewRecorder()
	request := httptest.NewRequestWithContext(ctx, http.MethodGet, finishedJobPath, nil)
	request.Header.Set("Authorization", "Bearer "+atlassim.AccessToken)
	atlassim.NewDemo().ServeHTTP(recorder, request)
	var (
		token     = answer("200 OK", "", `{"access_token": "t", "token_type": "Bearer", "expires_in": 3600}`)
		challenge = answer("401 Unauthorized", `WWW-Authenticate: Digest realm="r", nonce="n", algorithm=MD5, qop="auth"`+"\r\n", "{}")
		job       = answer("200 OK", "", recorder.Body.String())
	)
	go func() {
		defer func() { _ = there.Close() }()
		reader := bufio.NewReader(there)
		for {
			text, length := challenge, 0
			for {
				line, err := reader.ReadSlice('\n')
				if err != nil {
					return
				}
				head := string(line[:min(len(line), 16)])
				switch {
				case strings.HasPrefix(head, "POST"):
					text, length = token, len("grant_type=client_credentials")
				case strings.HasPrefix(head, "Authorization") && length == 0:
					text = job
				}
				if len(line) == 2 {
					break
				}
			}
			if _, err := reader.Discard(length); err != nil {
				return
			}
			if _, err := io.WriteString(there, text); err != nil {
				return
			}
		}
	}()
	return here, nil
}
