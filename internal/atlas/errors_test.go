package atlas_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlassim"
)

func TestClient_apiError(t *testing.T) {
	t.Parallel()
	path := finishedJobPath
	for _, tt := range []struct {
		name  string
		fault atlassim.Fault
		want  atlas.APIError
		text  string
	}{
		{
			name:  "all fields",
			fault: atlassim.BadRequest("groupId", "must be an ID"),
			want: atlas.APIError{
				StatusCode: 400, Status: 400, ErrorCode: "VALIDATION_ERROR", Reason: "Bad Request", Detail: "Invalid request.",
				BadRequestFields: []atlas.FieldViolation{{Field: "groupId", Description: "must be an ID"}},
			},
			text: "400 VALIDATION_ERROR: Invalid request.; groupId: must be an ID",
		},
		{
			name:  "parameters of several types",
			fault: atlassim.Error(429, "RATE_LIMITED_TOKEN_BUCKET", "Rate limit exceeded.", "/x", 0, nil),
			want: atlas.APIError{
				StatusCode: 429, Status: 429, ErrorCode: "RATE_LIMITED_TOKEN_BUCKET", Reason: "Too Many Requests",
				Detail: "Rate limit exceeded.", Parameters: []any{"/x", 0.0, nil},
			},
			text: "429 RATE_LIMITED_TOKEN_BUCKET: Rate limit exceeded.",
		},
		{
			name:  "nulls",
			fault: atlassim.Body(500, "application/json", `{"error": 500, "errorCode": "UNEXPECTED_ERROR", "reason": null, "detail": null, "parameters": null, "badRequestDetail": null}`),
			want:  atlas.APIError{StatusCode: 500, Status: 500, ErrorCode: "UNEXPECTED_ERROR"},
			text:  "500 UNEXPECTED_ERROR: Internal Server Error",
		},
		{
			name:  "a field of another type loses itself alone",
			fault: atlassim.Body(400, "application/json", `{"error": "400", "errorCode": "INVALID_ATTRIBUTE", "detail": "Wrong.", "parameters": "x"}`),
			want:  atlas.APIError{StatusCode: 400, ErrorCode: "INVALID_ATTRIBUTE", Detail: "Wrong."},
			text:  "400 INVALID_ATTRIBUTE: Wrong.",
		},
		{
			name:  "a proxy's page, on one line and without control characters",
			fault: atlassim.ProxyPage(502),
			want:  atlas.APIError{StatusCode: 502, Body: "<html> <head><title>502 Bad Gateway</title></head> <body>proxy.example</body></html>"},
			text:  "502: <html> <head><title>502 Bad Gateway</title></head> <body>proxy.example</body></html>",
		},
		{
			name:  "a load balancer's empty body",
			fault: atlassim.Body(503, "text/plain", ""),
			want:  atlas.APIError{StatusCode: 503},
			text:  "503: Service Unavailable",
		},
		{
			name:  "the first 200 bytes, though they end inside a character",
			fault: atlassim.Body(500, "text/plain", strings.Repeat("x", 199)+"é and more"),
			want:  atlas.APIError{StatusCode: 500, Body: strings.Repeat("x", 199)},
			text:  "500: " + strings.Repeat("x", 199),
		},
		{
			name: "the code from the header alone",
			fault: func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-Error-Code", "VERSION_GONE")
				w.WriteHeader(410)
			},
			want: atlas.APIError{StatusCode: 410, ErrorCode: "VERSION_GONE"},
			text: "410 VERSION_GONE: Gone",
		},
		{
			// Transforming proxies send this. There is a link in it.
			name:  "a job with a status that is not 200",
			fault: atlassim.Body(203, "application/json", `{"deliveryUrl": ["https://restore.example.com/sesame"]}`),
			want:  atlas.APIError{StatusCode: 203},
			text:  "203: Non-Authoritative Information",
		},
		{
			name:  "the rest of a job",
			fault: atlassim.Body(203, "text/plain", `l": ["https://restore.example.com/sesame"]}`),
			want:  atlas.APIError{StatusCode: 203},
			text:  "203: Non-Authoritative Information",
		},
		{
			name:  "control characters wherever a server can put text",
			fault: atlassim.BadRequest("a\x1b[31m", "b\nc"),
			want: atlas.APIError{
				StatusCode: 400, Status: 400, ErrorCode: "VALIDATION_ERROR", Reason: "Bad Request", Detail: "Invalid request.",
				BadRequestFields: []atlas.FieldViolation{{Field: "a[31m", Description: "b c"}},
			},
			text: "400 VALIDATION_ERROR: Invalid request.; a[31m: b c",
		},
		{
			name:  "a success that is none of ours",
			fault: atlassim.Body(204, "application/json", ""),
			want:  atlas.APIError{StatusCode: 204},
			text:  "204: No Content",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sim := atlassim.Start(t)
			sim.Inject(-1, tt.fault)
			_, err := get(newClient(t, sim.URL, atlas.Config{}), atlassim.FinishedJobID)
			var got *atlas.APIError
			if !errors.As(err, &got) {
				t.Fatalf("got %v, want an APIError", err)
			}
			tt.want.Method, tt.want.Path = "GET", path
			if diff := cmp.Diff(&tt.want, got); diff != "" {
				t.Error(diff)
			}
			if want := "GET " + path + ": " + tt.text; err.Error() != want {
				t.Errorf("got  %s\nwant %s", err, want)
			}
		})
	}
}

// What Atlas refuses says so with its own code, enveloped or not.
func TestClient_refusals(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name                  string
		group, cluster, jobID string
		credentials           atlas.Credentials
		refuseAddress         bool
		want                  string
		requests              int
	}{
		{
			name: "unknown project", group: "5f1b6c2e9ad3b7410c8effff", cluster: "Orders", jobID: atlassim.FinishedJobID,
			want: "404 GROUP_NOT_FOUND: No group with ID 5f1b6c2e9ad3b7410c8effff exists.", requests: 2,
		},
		{
			name: "unknown cluster", group: atlassim.GroupID, cluster: "Invoices", jobID: atlassim.FinishedJobID,
			want: "404 CLUSTER_NOT_FOUND: No cluster named Invoices exists in group " + atlassim.GroupID + ".", requests: 2,
		},
		{
			name: "unknown job", group: atlassim.GroupID, cluster: "Orders", jobID: "6553f1a0c4d2e8b7a910ffff",
			want: "404 RESOURCE_NOT_FOUND: Cannot find resource restore job with id 6553f1a0c4d2e8b7a910ffff.", requests: 2,
		},
		{
			name: "role", group: atlassim.GroupID, cluster: "Orders", jobID: atlassim.FinishedJobID,
			credentials: atlas.APIKey{PublicKey: atlassim.ReadOnlyPublicKey, PrivateKey: atlassim.ReadOnlyPrivateKey},
			want:        "403 USER_UNAUTHORIZED: Current user is not authorized to perform this action.", requests: 2,
		},
		{
			name: "address", group: atlassim.GroupID, cluster: "Orders", jobID: atlassim.FinishedJobID, refuseAddress: true,
			want: "403 IP_ADDRESS_NOT_ON_ACCESS_LIST: IP address 192.0.2.7 is not allowed to access this resource.", requests: 2,
		},
		{
			name: "wrong private key", group: atlassim.GroupID, cluster: "Orders", jobID: atlassim.FinishedJobID,
			credentials: atlas.APIKey{PublicKey: atlassim.PublicKey, PrivateKey: "wrong"},
			want:        "401 UNEXPECTED_ERROR: You are not authorized for this resource.", requests: 3,
		},
		{
			name: "wrong token", group: atlassim.GroupID, cluster: "Orders", jobID: atlassim.FinishedJobID,
			credentials: atlas.AccessToken{Token: "wrong"},
			want:        "401 UNEXPECTED_ERROR: You are not authorized for this resource.", requests: 1,
		},
	} {
		for _, envelope := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, envelope %t", tt.name, envelope), func(t *testing.T) {
				t.Parallel()
				sim := atlassim.Start(t)
				if tt.refuseAddress {
					sim.RefuseAddress("192.0.2.7")
				}
				client := newClient(t, sim.URL, atlas.Config{Credentials: tt.credentials, Envelope: envelope})
				_, err := client.GetServerlessRestoreJob(context.Background(), tt.group, tt.cluster, tt.jobID)
				var got *atlas.APIError
				if !errors.As(err, &got) {
					t.Fatalf("got %v, want an APIError", err)
				}
				if want := fmt.Sprintf("GET %s: %s", got.Path, tt.want); err.Error() != want {
					t.Errorf("got  %s\nwant %s", err, want)
				}
				if got := len(sim.Requests()); got != tt.requests {
					t.Errorf("%d requests, want %d", got, tt.requests)
				}
			})
		}
	}
}

func TestClient_tokenRefused(t *testing.T) {
	t.Parallel()
	sim := atlassim.Start(t)
	_, err := get(newClient(t, sim.URL, atlas.Config{
		Credentials: atlas.ServiceAccount{ClientID: atlassim.ClientID, ClientSecret: "mdb_sa_sk_wrong"},
	}), atlassim.FinishedJobID)
	var token *atlas.TokenError
	var api *atlas.APIError
	if !errors.As(err, &token) || !errors.As(err, &api) {
		t.Fatalf("got %v, want a TokenError with an APIError", err)
	}
	want := &atlas.APIError{
		Method: "POST", Path: "/api/oauth/token", StatusCode: 401,
		ErrorCode: "invalid_client", Detail: "The client credentials are invalid.",
	}
	if diff := cmp.Diff(want, api); diff != "" {
		t.Error(diff)
	}
	if got := len(sim.Requests()); got != 1 {
		t.Errorf("%d requests, want 1", got)
	}
}

// The network's failures keep their own error below a RequestError.
func TestClient_requestError(t *testing.T) {
	t.Parallel()
	sim := atlassim.Start(t)

	hanging := atlassim.Start(t)
	hanging.Inject(-1, atlassim.Hang())

	large := atlassim.Start(t)
	large.Inject(-1, atlassim.Body(200, "application/json", strings.Repeat(" ", 16<<20+1)))

	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()

	broken := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = w.Write([]byte("{"))
	}))
	t.Cleanup(broken.Close)

	for _, tt := range []struct {
		name, url string
		timeout   time.Duration
		check     func(error) bool
		want      string // the text, where no port or name of a host is in it
	}{
		{
			name: "hang", url: hanging.URL, timeout: 50 * time.Millisecond,
			check: func(err error) bool { var e *atlas.TimeoutError; return errors.As(err, &e) },
		},
		{
			name: "16 MiB and a byte", url: large.URL,
			check: func(err error) bool { var e *atlas.BodyTooLargeError; return errors.As(err, &e) },
		},
		{
			name: "refused connection", url: closed.URL,
			check: func(err error) bool { var e *net.OpError; return errors.As(err, &e) && e.Op == "dial" },
		},
		{
			name: "unknown host", url: "https://atlas.invalid",
			check: func(err error) bool { var e *net.DNSError; return errors.As(err, &e) },
		},
		{
			name: "unknown certificate authority", url: atlassim.StartTLS(t).URL,
			check: func(err error) bool { var e *tls.CertificateVerificationError; return errors.As(err, &e) },
		},
		{
			name: "TLS to a server without", url: strings.Replace(sim.URL, "http:", "https:", 1),
			check: func(err error) bool { return errors.Is(err, http.ErrSchemeMismatch) },
		},
		{
			name: "body cut short", url: broken.URL,
			check: func(error) bool { return true },
			want:  "GET " + finishedJobPath + ": the answer broke off: unexpected EOF",
		},
	} {
		for kind, credentials := range map[string]atlas.Credentials{"digest": apiKey, "service account": serviceAccount} {
			t.Run(tt.name+", "+kind, func(t *testing.T) {
				t.Parallel()
				_, err := get(newClient(t, tt.url, atlas.Config{Credentials: credentials, RequestTimeout: tt.timeout}), atlassim.FinishedJobID)
				var request *atlas.RequestError
				if !errors.As(err, &request) || !tt.check(err) {
					t.Fatalf("got %#v: %v", err, err)
				}
				if tt.want != "" && kind == "digest" && err.Error() != tt.want {
					t.Errorf("got  %s\nwant %s", err, tt.want)
				}
				if got := "://" + request.Host; !strings.HasSuffix(tt.url, got) {
					t.Errorf("the host of the error is %s", request.Host)
				}
			})
		}
	}
}

func TestClient_cancel(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	sim := atlassim.Start(t)
	sim.Inject(-1, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	_, err := newClient(t, sim.URL, atlas.Config{}).GetServerlessRestoreJob(ctx, "g", "c", "j")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// Credentials stay with the configured host, whatever it answers.
func TestClient_redirect(t *testing.T) {
	t.Parallel()
	for name, credentials := range map[string]atlas.Credentials{
		"api key": apiKey, "service account": serviceAccount, "access token": accessToken,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			other := atlassim.Start(t)
			sim := atlassim.Start(t)
			sim.Inject(-1, atlassim.Redirect(other.URL))
			_, err := get(newClient(t, sim.URL, atlas.Config{Credentials: credentials}), atlassim.FinishedJobID)
			var redirect *atlas.RedirectError
			if !errors.As(err, &redirect) {
				t.Fatalf("got %v, want a RedirectError", err)
			}
			want := &atlas.RedirectError{From: strings.TrimPrefix(sim.URL, "http://"), To: other.URL + finishedJobPath}
			if name == "service account" {
				want.To = other.URL + "/api/oauth/token"
			}
			if diff := cmp.Diff(want, redirect); diff != "" {
				t.Error(diff)
			}
			if got := other.Requests(); len(got) != 0 {
				t.Errorf("the other host was asked: %v", got)
			}
		})
	}
}

func TestClient_unusable(t *testing.T) {
	t.Parallel()
	sim := atlassim.Start(t)
	want := atlas.Unusable{Summary: "Missing Credentials", Detail: "There are none."}
	_, err := get(newClient(t, sim.URL, atlas.Config{Credentials: want}), atlassim.FinishedJobID)
	var got atlas.Unusable
	if !errors.As(err, &got) || got != want {
		t.Errorf("got %v, want %v", err, want)
	}
	if got := len(sim.Requests()); got != 0 {
		t.Errorf("%d requests, want none", got)
	}
}

func TestCredentials_printNothingSecret(t *testing.T) {
	t.Parallel()
	const origin = atlas.Origin("the block")
	for _, credentials := range []atlas.Credentials{
		atlas.APIKey{PublicKey: "sesame", PrivateKey: "sesame", Origin: origin},
		atlas.ServiceAccount{ClientID: "sesame", ClientSecret: "sesame", Origin: origin},
		atlas.AccessToken{Token: "sesame", Origin: origin},
	} {
		text := ""
		for _, verb := range []string{"%s", "%v", "%+v", "%#v", "%q", "%d", "%x"} {
			text += fmt.Sprintf(verb+" ", credentials)
		}
		if strings.Contains(text, "sesame") || !strings.Contains(text, " from the block") {
			t.Error(text)
		}
	}
}
