package atlassim_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/icholy/digest"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlassim"
)

const jobPath = "/api/atlas/v1.0/groups/" + atlassim.GroupID + "/serverless/" + atlassim.ServerlessInstance +
	"/backup/restoreJobs/" + atlassim.DownloadJobID

type answer struct {
	status int
	header http.Header
	body   string
}

// ask sends a request with an Authorization header.
func ask(t *testing.T, sim *atlassim.Server, path, authorization string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, sim.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if authorization != "" {
		req.Header.Set("Authorization", authorization)
	}
	return do(t, req)
}

func do(t *testing.T, req *http.Request) answer {
	t.Helper()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(body)}
}

// A digest response is good for the request that it was made for, once for each
// count, and as long as its nonce.
func TestServer_digest(t *testing.T) {
	t.Parallel()
	sim := atlassim.Start(t)
	start := time.Now()
	now := start
	sim.SetClock(func() time.Time { return now })
	challenge, err := digest.FindChallenge(ask(t, sim, jobPath, "").header)
	if err != nil {
		t.Fatal(err)
	}
	response := func(uri, private string, count int) string {
		answer, err := digest.Digest(challenge, digest.Options{
			Method: "GET", URI: uri, Count: count, Username: atlassim.PublicKey, Password: private,
		})
		if err != nil {
			t.Fatal(err)
		}
		return answer.String()
	}
	first := response(jobPath, atlassim.PrivateKey, 1)
	for _, step := range []struct {
		name, path, authorization string
		age                       time.Duration
		want                      int
	}{
		{"for another path", jobPath, response("/elsewhere", atlassim.PrivateKey, 1), 0, 401},
		{"wrong key", jobPath, response(jobPath, "wrong", 1), 0, 401},
		{"right", jobPath, first, 0, 200},
		{"replayed", jobPath, first, 0, 401},
		{"count used again", jobPath, response(jobPath, atlassim.PrivateKey, 1), 0, 401},
		{"next count", jobPath, response(jobPath, atlassim.PrivateKey, 2), 0, 200},
		{"without the query that is asked", jobPath + "?pretty=true", response(jobPath, atlassim.PrivateKey, 3), 0, 401},
		{"a minute old", jobPath, response(jobPath, atlassim.PrivateKey, 4), time.Minute, 200},
		{"older", jobPath, response(jobPath, atlassim.PrivateKey, 5), time.Minute + 1, 401},
	} {
		now = start.Add(step.age)
		got := ask(t, sim, step.path, step.authorization)
		if got.status != step.want {
			t.Errorf("%s: status %d, want %d: %s", step.name, got.status, step.want, got.body)
		}
		if challenged := got.header.Get("WWW-Authenticate") != ""; challenged != (step.want == 401) {
			t.Errorf("%s: challenged is %t", step.name, challenged)
		}
	}
}

// A token of the token endpoint is good for an hour.
func TestServer_token(t *testing.T) {
	t.Parallel()
	sim := atlassim.Start(t)
	start := time.Now()
	now := start
	sim.SetClock(func() time.Time { return now })
	token := func(grant, secret string) answer {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, sim.URL+"/api/oauth/token",
			strings.NewReader(url.Values{"grant_type": {grant}}.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.SetBasicAuth(atlassim.ClientID, secret)
		return do(t, req)
	}
	for _, tt := range []struct {
		grant, secret string
		status        int
		want          string
	}{
		{"client_credentials", "wrong", 401, "invalid_client"},
		{"password", atlassim.ClientSecret, 400, "unsupported_grant_type"},
	} {
		if got := token(tt.grant, tt.secret); got.status != tt.status || !strings.Contains(got.body, tt.want) {
			t.Errorf("%s: %d %s", tt.want, got.status, got.body)
		}
	}
	body := token("client_credentials", atlassim.ClientSecret).body
	var made struct {
		Type    string `json:"token_type"`
		Token   string `json:"access_token"`
		Expires int    `json:"expires_in"`
	}
	if err := json.Unmarshal([]byte(body), &made); err != nil || made.Type != "Bearer" || made.Expires != 3600 {
		t.Fatalf("%v: %s", err, body)
	}
	for age, want := range map[time.Duration]int{59 * time.Minute: 200, time.Hour: 401} {
		now = start.Add(age)
		if got := ask(t, sim, jobPath, "Bearer "+made.Token); got.status != want {
			t.Errorf("after %s: %d %s", age, got.status, got.body)
		}
	}
}

// What reaches the wire: null is null, absent is absent, and an envelope holds
// the status.
func TestServer_wire(t *testing.T) {
	t.Parallel()
	sim := atlassim.Start(t)
	const bearer = "Bearer " + atlassim.AccessToken
	plain := ask(t, sim, jobPath, bearer).body
	for _, want := range []string{`"finishedAt":null`, `"links":[]`, `"desiredTimestamp":{"date":null,"increment":null,"time":null}`} {
		if !strings.Contains(plain, want) {
			t.Errorf("no %s in %s", want, plain)
		}
	}
	if strings.Contains(plain, "targetGroupId") {
		t.Errorf("targetGroupId in %s", plain)
	}
	if pretty := ask(t, sim, jobPath+"?pretty=true", bearer).body; !strings.Contains(pretty, "\n  \"finishedAt\": null") {
		t.Error(pretty)
	}
	missing := strings.Replace(jobPath, "Orders", "Invoices", 1)
	got := ask(t, sim, missing+"?envelope=true", bearer)
	if got.status != 200 || !strings.Contains(got.body, `"status":404`) || !strings.Contains(got.body, `"content":{"detail":"No cluster named Invoices`) {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := ask(t, sim, missing, bearer); got.status != 404 || got.header.Get("X-Error-Code") != "CLUSTER_NOT_FOUND" {
		t.Errorf("%d %v", got.status, got.header)
	}
}

// recorder is a test that fails without failing this one.
type recorder struct {
	*testing.T
	errors   []string
	cleanups []func()
}

func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func (r *recorder) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }

func TestStart_unknownRoute(t *testing.T) {
	t.Parallel()
	fake := &recorder{T: t}
	sim := atlassim.Start(fake)
	ask(t, sim, "/api/atlas/v3/nothing", "")
	for _, cleanup := range fake.cleanups {
		cleanup()
	}
	if len(fake.errors) != 1 || fake.errors[0] != "Atlas has no route GET /api/atlas/v3/nothing" {
		t.Errorf("got %q", fake.errors)
	}
}
