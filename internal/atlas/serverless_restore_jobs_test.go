package atlas_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlassim"
)

var (
	apiKey         = atlas.APIKey{PublicKey: atlassim.PublicKey, PrivateKey: atlassim.PrivateKey}
	serviceAccount = atlas.ServiceAccount{ClientID: atlassim.ClientID, ClientSecret: atlassim.ClientSecret}
	accessToken    = atlas.AccessToken{Token: atlassim.AccessToken}
)

// newClient returns a client for the server at rawURL, which asks the serverless
// endpoint alone. Without credentials it has the API key.
func newClient(t *testing.T, rawURL string, config atlas.Config) *atlas.Client {
	t.Helper()
	u, err := url.Parse(rawURL)
	if err != nil {
		t.Fatal(err)
	}
	config.BaseURL = u
	config.ServerlessAPI = atlas.ServedByServerless
	if config.Credentials == nil {
		config.Credentials = apiKey
	}
	return atlas.NewClient(config)
}

func get(c *atlas.Client, restoreJobID string) (*atlas.ServerlessRestoreJob, error) {
	return c.GetServerlessRestoreJob(context.Background(), atlassim.GroupID, atlassim.ServerlessInstance, restoreJobID)
}

func ptr[T any](v T) *T { return &v }

// The jobs of the simulator's demo, as the client gives them.
func finishedJob() *atlas.ServerlessRestoreJob {
	return &atlas.ServerlessRestoreJob{
		ID:                atlassim.FinishedJobID,
		Cancelled:         ptr(false),
		DeliveryType:      "automated",
		Expired:           ptr(false),
		Failed:            ptr(false),
		FinishedAt:        "2025-11-14T22:17:52Z",
		Links:             []atlas.Link{selfLink(atlassim.FinishedJobID)},
		SnapshotID:        "65537d20c4d2e8b7a9103e77",
		TargetClusterName: "Orders-restored",
		TargetGroupID:     atlassim.GroupID,
		Timestamp:         "2025-11-14T14:00:32Z",
		Status:            atlas.StatusCompleted,
		ServedBy:          atlas.ServedByServerless,
	}
}

func downloadJob() *atlas.ServerlessRestoreJob {
	return &atlas.ServerlessRestoreJob{
		ID:           atlassim.DownloadJobID,
		Cancelled:    ptr(false),
		DeliveryType: "download",
		DeliveryURL:  []string{atlassim.DownloadURL},
		Expired:      ptr(false),
		ExpiresAt:    "2025-11-15T10:04:00Z",
		Failed:       ptr(false),
		SnapshotID:   "65537d20c4d2e8b7a9103e77",
		Timestamp:    "2025-11-14T14:00:32Z",
		Status:       atlas.StatusCompleted,
		ServedBy:     atlas.ServedByServerless,
	}
}

func pointInTimeJob() *atlas.ServerlessRestoreJob {
	return &atlas.ServerlessRestoreJob{
		ID:                    atlassim.PointInTimeJobID,
		Cancelled:             ptr(false),
		DeliveryType:          "pointInTime",
		DeliveryURL:           []string{atlassim.DownloadURL},
		DesiredTimestamp:      &atlas.BSONTimestamp{Date: "2025-11-14T13:20:00Z", Increment: ptr(int64(1))},
		Expired:               ptr(false),
		ExpiresAt:             "2025-11-16T09:00:00Z",
		Failed:                ptr(false),
		FinishedAt:            "2025-11-15T09:04:11Z",
		Links:                 []atlas.Link{selfLink(atlassim.PointInTimeJobID)},
		OplogInc:              ptr(int64(7)),
		OplogTs:               ptr(int64(1763126400)),
		PointInTimeUTCSeconds: ptr(int64(1763126400)),
		SnapshotID:            "65537d20c4d2e8b7a9103e78",
		TargetClusterName:     "Orders-restored",
		TargetGroupID:         "5f1b6c2e9ad3b7410c8e2d02",
		Timestamp:             "2025-11-14T13:00:32Z",
		Status:                atlas.StatusCompleted,
		ServedBy:              atlas.ServedByServerless,
	}
}

func selfLink(id string) atlas.Link {
	return atlas.Link{
		Rel: "self",
		Href: "https://cloud.mongodb.com/api/atlas/v1.0/groups/" + atlassim.GroupID +
			"/serverless/Orders/backup/restoreJobs/" + id,
	}
}

func TestClient_GetServerlessRestoreJob(t *testing.T) {
	t.Parallel()
	credentials := map[string]struct {
		credentials atlas.Credentials
		sha256      bool
		requests    []string // method and status of each
	}{
		"api key": {
			credentials: apiKey,
			requests:    []string{"GET 401", "GET 200"},
		},
		"api key, SHA-256": {
			credentials: apiKey,
			sha256:      true,
			requests:    []string{"GET 401", "GET 200"},
		},
		"service account": {
			credentials: serviceAccount,
			requests:    []string{"POST 200", "GET 200"},
		},
		"access token": {
			credentials: accessToken,
			requests:    []string{"GET 200"},
		},
	}
	jobs := []*atlas.ServerlessRestoreJob{
		finishedJob(), downloadJob(), pointInTimeJob(),
		{
			ID: atlassim.RunningJobID, DeliveryType: "download", SnapshotID: "65537d20c4d2e8b7a9103e79",
			Status: atlas.StatusInProgress, ServedBy: atlas.ServedByServerless,
		},
	}
	for name, c := range credentials {
		for _, want := range jobs {
			for _, config := range []atlas.Config{{}, {Envelope: true}, {Pretty: true}, {Envelope: true, Pretty: true}} {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					sim := atlassim.Start(t)
					if c.sha256 {
						sim.UseSHA256()
					}
					config.Credentials = c.credentials
					got, err := get(newClient(t, sim.URL, config), want.ID)
					if err != nil {
						t.Fatal(err)
					}
					if diff := cmp.Diff(want, got); diff != "" {
						t.Error(diff)
					}
					var requests []string
					for _, r := range sim.Requests() {
						requests = append(requests, fmt.Sprint(r.Method, " ", r.Status))
					}
					if diff := cmp.Diff(c.requests, requests); diff != "" {
						t.Error(diff)
					}
				})
			}
		}
	}
}

func TestClient_GetServerlessRestoreJob_request(t *testing.T) {
	t.Parallel()
	var got *http.Request
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r
		w.WriteHeader(http.StatusTeapot)
	}))
	defer server.Close()
	client := newClient(t, server.URL+"/behind/", atlas.Config{
		Credentials: accessToken, Envelope: true, Pretty: true, UserAgent: "terraform-provider-atlasbackup/1 Terraform/2",
	})
	// No such names exist: each element stays one element, whatever is in it.
	_, err := client.GetServerlessRestoreJob(context.Background(), "a/b", "c d?e", "f%g#h")
	if err == nil {
		t.Fatal("a 418 is no restore job")
	}
	want := "/behind/api/atlas/v1.0/groups/a%2Fb/serverless/c%20d%3Fe/backup/restoreJobs/f%25g%23h?envelope=true&pretty=true"
	if got.RequestURI != want {
		t.Errorf("asked for %s, want %s", got.RequestURI, want)
	}
	for header, want := range map[string]string{
		"Accept":        "application/json",
		"Authorization": "Bearer " + atlassim.AccessToken,
		"User-Agent":    "terraform-provider-atlasbackup/1 Terraform/2",
	} {
		if got := got.Header.Get(header); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
}

// Each absent field, each null and each empty shell is the same: no value.
func TestClient_GetServerlessRestoreJob_noValue(t *testing.T) {
	t.Parallel()
	const id = atlassim.FinishedJobID
	want := &atlas.ServerlessRestoreJob{ID: id, Status: atlas.StatusInProgress, ServedBy: atlas.ServedByServerless}
	for name, fields := range map[string]string{
		"absent":                  `"id": "` + id + `"`,
		"null":                    allFields("null"),
		"empty array":             `"id": "` + id + `", "deliveryUrl": [], "links": []`,
		"array of nothing":        `"id": "` + id + `", "deliveryUrl": [null, ""], "links": [null, {}, {"href": null}]`,
		"empty object":            `"id": "` + id + `", "desiredTimestamp": {}`,
		"object of nulls":         `"id": "` + id + `", "desiredTimestamp": {"date": null, "increment": null, "time": null}`,
		"empty string":            `"id": "` + id + `", "deliveryType": "", "finishedAt": "", "desiredTimestamp": {"date": ""}`,
		"unknown keys of no type": `"id": "` + id + `", "components": [{"a": 1}], "targetDeploymentItemName": 7`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := get(answering(t, 200, "{"+fields+"}"), id)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func allFields(value string) string {
	var object map[string]any
	text, _ := json.Marshal(atlas.ServerlessRestoreJob{})
	_ = json.Unmarshal(text, &object)
	fields := `"id": "` + atlassim.FinishedJobID + `"`
	for key := range object {
		if key != "id" {
			fields += fmt.Sprintf(", %q: %s", key, value)
		}
	}
	return fields
}

// answering returns a client of a server that knows one answer.
func answering(t *testing.T, status int, body string) *atlas.Client {
	t.Helper()
	sim := atlassim.Start(t)
	sim.Inject(-1, atlassim.Body(status, "application/json", body))
	return newClient(t, sim.URL, atlas.Config{})
}

func TestClient_GetServerlessRestoreJob_malformed(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, body, want string }{
		{"string for a number", `{"oplogTs": "1763126400"}`, "oplogTs is a JSON string, where the API promises whole number"},
		{"fraction", `{"oplogInc": 1.5}`, "oplogInc is a JSON number, where the API promises whole number"},
		{"number beyond int64", `{"oplogInc": 9223372036854775808}`, "oplogInc is a JSON number, where the API promises whole number"},
		{"number for a string", `{"id": 5}`, "id is a JSON number, where the API promises string"},
		{"string for a boolean", `{"failed": "false"}`, "failed is a JSON string, where the API promises bool"},
		{"string for the links", `{"deliveryUrl": "` + atlassim.DownloadURL + `"}`, "deliveryUrl is a JSON string, where the API promises array"},
		{"object in an array", `{"deliveryUrl": [{"url": "` + atlassim.DownloadURL + `"}]}`, "deliveryUrl is a JSON object, where the API promises string"},
		{"array for an object", `{"desiredTimestamp": []}`, "desiredTimestamp is a JSON array, where the API promises object"},
		{"nested", `{"desiredTimestamp": {"date": 1}}`, "desiredTimestamp.date is a JSON number, where the API promises string"},
		{"array for all", `[]`, "the answer itself is a JSON array, where the API promises object"},
		{"empty", ``, "the answer is empty"},
		{"white space", " \n", "the answer is empty"},
		{"no id", `{"finishedAt": "2025-11-14T22:17:52Z"}`, "the answer has no id"},
		{"null", `null`, "the answer has no id"},
		// What is cut short may have a link in it: none of it is quoted.
		{"cut short", `{"deliveryUrl": ["` + atlassim.DownloadURL + `"`, "the answer is not valid JSON"},
		{"more than one", `{} {}`, "the answer is not valid JSON"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := get(answering(t, 200, tt.body), atlassim.FinishedJobID)
			var malformed *atlas.DecodeError
			if !errors.As(err, &malformed) {
				t.Fatalf("got %v, want a DecodeError", err)
			}
			want := &atlas.DecodeError{Method: "GET", Path: finishedJobPath, Problem: tt.want}
			if diff := cmp.Diff(want, malformed); diff != "" {
				t.Error(diff)
			}
		})
	}
}

const finishedJobPath = "/api/atlas/v1.0/groups/" + atlassim.GroupID + "/serverless/Orders/backup/restoreJobs/" + atlassim.FinishedJobID

func TestClient_GetServerlessRestoreJob_wrongJob(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ body, got string }{
		"another id": {`{"id": "` + atlassim.DownloadJobID + `", "finishedAt": "2025-11-14T22:17:52Z"}`, atlassim.DownloadJobID},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := get(answering(t, 200, tt.body), atlassim.FinishedJobID)
			var wrong *atlas.WrongJobError
			if !errors.As(err, &wrong) {
				t.Fatalf("got %v, want a WrongJobError", err)
			}
			if diff := cmp.Diff(&atlas.WrongJobError{Want: atlassim.FinishedJobID, Got: tt.got}, wrong); diff != "" {
				t.Error(diff)
			}
		})
	}
}
