package atlas_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlassim"
)

const largeCluster = "Large"

// addLarge gives the simulator a cluster with n restore jobs, every tenth a download.
func addLarge(sim *atlassim.Server, kind atlassim.Kind, n int) (ids []string) {
	jobs := make([]atlassim.RestoreJob, n)
	for i := range jobs {
		id := fmt.Sprintf("%024x", n-i)
		ids = append(ids, id)
		jobs[i] = atlassim.RestoreJob{"id": id, "deliveryType": "automated", "finishedAt": "2025-11-14T22:17:52Z"}
		if i%10 == 0 {
			jobs[i] = atlassim.RestoreJob{"id": id, "deliveryType": "download", "deliveryUrl": []string{atlassim.DownloadURL}}
		}
	}
	sim.AddCluster(atlassim.GroupID, largeCluster, kind, jobs...)
	return ids
}

func listLarge(client *atlas.Client, options atlas.ListOptions[atlas.ServerlessRestoreJob]) ([]string, error) {
	jobs, err := client.ListServerlessRestoreJobs(context.Background(), atlassim.GroupID, largeCluster, options)
	ids := make([]string, len(jobs))
	for i := range jobs {
		ids[i] = jobs[i].ID
	}
	return ids, err
}

func TestClient_ListServerlessRestoreJobs(t *testing.T) {
	t.Parallel()
	downloads := func(j *atlas.ServerlessRestoreJob) bool { return j.DeliveryType == "download" }
	type options = atlas.ListOptions[atlas.ServerlessRestoreJob]
	for _, tt := range []struct {
		name     string
		kind     atlassim.Kind
		jobs     int
		config   atlas.Config
		options  options
		noLinks  bool
		wanted   int // how many of all, from the newest
		download int // or how many of the downloads
		requests int // with the challenge, and with the refusals of the endpoints asked before
	}{
		{name: "2,160", kind: atlassim.Serverless, jobs: 2160, wanted: 2160, requests: 6},
		{name: "2,160 without links", kind: atlassim.Serverless, jobs: 2160, noLinks: true, wanted: 2160, requests: 6},
		{name: "2,160 in envelopes", kind: atlassim.Serverless, jobs: 2160, config: atlas.Config{Envelope: true}, wanted: 2160, requests: 6},
		{name: "2,160 of Flex", kind: atlassim.Flex, jobs: 2160, wanted: 2160, requests: 7},
		{name: "2,160 of a dedicated cluster", kind: atlassim.Dedicated, jobs: 2160, wanted: 2160, requests: 8},
		{name: "2,160 of Flex, asked alone", kind: atlassim.Flex, jobs: 2160, config: atlas.Config{ServerlessAPI: atlas.ServedByFlex}, wanted: 2160, requests: 6},
		{name: "none", kind: atlassim.Serverless, jobs: 0, wanted: 0, requests: 4},
		{name: "none without links", kind: atlassim.Serverless, jobs: 0, noLinks: true, wanted: 0, requests: 4},
		{name: "none, asked alone", kind: atlassim.Serverless, jobs: 0, config: atlas.Config{ServerlessAPI: atlas.ServedByServerless}, wanted: 0, requests: 2},
		{name: "a full page with links", kind: atlassim.Serverless, jobs: 500, wanted: 500, requests: 2},
		{name: "a full page without links", kind: atlassim.Serverless, jobs: 500, noLinks: true, wanted: 500, requests: 3},
		{name: "the newest", kind: atlassim.Serverless, jobs: 2160, options: options{MaxResults: 3}, wanted: 3, requests: 2},
		{name: "the newest 600", kind: atlassim.Serverless, jobs: 2160, options: options{MaxResults: 600}, wanted: 600, requests: 3},
		{name: "more than there are", kind: atlassim.Serverless, jobs: 3, options: options{MaxResults: 600}, wanted: 3, requests: 2},
		{name: "downloads", kind: atlassim.Serverless, jobs: 2160, options: options{Match: downloads}, download: 216, requests: 6},
		{name: "downloads of Flex", kind: atlassim.Flex, jobs: 2160, options: options{Match: downloads}, download: 216, requests: 7},
		{name: "the newest 60 downloads", kind: atlassim.Serverless, jobs: 2160, options: options{Match: downloads, MaxResults: 60}, download: 60, requests: 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(b *bubble) {
				ids := addLarge(b.sim, tt.kind, tt.jobs)
				if tt.noLinks {
					b.sim.OmitPageLinks()
				}
				want := ids[:tt.wanted]
				if tt.options.Match != nil {
					want = nil
					for i := range tt.download {
						want = append(want, ids[i*10])
					}
				}
				got, err := listLarge(b.client(tt.config), tt.options)
				if err != nil {
					b.Fatal(err)
				}
				if !slices.Equal(got, want) {
					b.Errorf("%d jobs, want %d, each once and in order", len(got), len(want))
				}
				if got := len(b.sim.Requests()); got != tt.requests {
					b.Errorf("%d requests, want %d", got, tt.requests)
				}
			})
		})
	}
}

// Jobs that come while the list is read push others to the next page.
func TestClient_ListServerlessRestoreJobs_moving(t *testing.T) {
	t.Parallel()
	inBubble(t, func(b *bubble) {
		ids := addLarge(b.sim, atlassim.Serverless, 1200)
		client := b.client(atlas.Config{ServerlessAPI: atlas.ServedByServerless, Log: func(_ context.Context, _ string, fields map[string]any) {
			if fields["status"] == 200 {
				jobs := []atlassim.RestoreJob{{"id": "ffffffffffffffffffffffff"}}
				for _, id := range ids {
					jobs = append(jobs, atlassim.RestoreJob{"id": id})
				}
				b.sim.AddCluster(atlassim.GroupID, largeCluster, atlassim.Serverless, jobs...)
			}
		}})
		got, err := listLarge(client, atlas.ListOptions[atlas.ServerlessRestoreJob]{})
		if err != nil || !slices.Equal(got, ids) {
			b.Errorf("%d jobs, want %d, each once: %v", len(got), len(ids), err)
		}
	})
}

// A list that repeats itself is an error, and no loop.
func TestClient_ListServerlessRestoreJobs_repeating(t *testing.T) {
	t.Parallel()
	for _, jobs := range []int{0, 7, 600} {
		inBubble(t, func(b *bubble) {
			addLarge(b.sim, atlassim.Serverless, jobs)
			b.sim.RepeatPages()
			_, err := listLarge(b.client(atlas.Config{}), atlas.ListOptions[atlas.ServerlessRestoreJob]{})
			var repeated *atlas.RepeatedPageError
			if !errors.As(err, &repeated) {
				b.Errorf("%d jobs: %v", jobs, err)
			}
			if got := len(b.sim.Requests()); got > 3 {
				b.Errorf("%d jobs: %d requests", jobs, got)
			}
		})
	}
}

// What is no list is none without jobs.
func TestClient_ListServerlessRestoreJobs_malformed(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{}`:                                "the answer has no results",
		`null`:                              "the answer has no results",
		`{"results": null}`:                 "the answer has no results",
		`{"detail": "maintenance"}`:         "the answer has no results",
		`{"results": [{"id": "a"}, {}]}`:    "results[1]: the answer has no id",
		`{"results": [{"oplogTs": "now"}]}`: "results.oplogTs is a JSON string, where the API promises whole number",
	} {
		inBubble(t, func(b *bubble) {
			b.sim.Inject(-1, atlassim.Body(200, "application/json", body))
			jobs, err := listLarge(b.client(atlas.Config{}), atlas.ListOptions[atlas.ServerlessRestoreJob]{})
			var malformed *atlas.DecodeError
			if !errors.As(err, &malformed) || malformed.Problem != want {
				b.Errorf("%s: %v, %v", body, jobs, err)
			}
		})
	}
}

// A list does not hang on what was read before it.
func TestClient_ListServerlessRestoreJobs_order(t *testing.T) {
	t.Parallel()
	inBubble(t, func(b *bubble) {
		const id = "6553f1a0c4d2e8b7a9103f41"
		serve := func(path, body string) {
			b.sim.Inject(1, func(w http.ResponseWriter, r *http.Request) {
				if !strings.Contains(r.URL.Path, path) {
					b.Errorf("asked %s, want %s", r.URL.Path, path)
				}
				atlassim.Body(200, "application/json", body)(w, r)
			})
		}
		client := b.client(atlas.Config{Credentials: accessToken})
		b.sim.Inject(1, atlassim.Error(http.StatusNotFound, "RESOURCE_NOT_FOUND", "No job."))
		serve("/flexClusters/", `{"id": "`+id+`", "status": "COMPLETED"}`)
		if _, err := client.GetServerlessRestoreJob(b.Context(), atlassim.GroupID, largeCluster, id); err != nil {
			b.Fatal(err)
		}
		serve("/serverless/", `{"results": [{"id": "a"}]}`)
		if got, err := listLarge(client, atlas.ListOptions[atlas.ServerlessRestoreJob]{}); err != nil || !slices.Equal(got, []string{"a"}) {
			b.Errorf("%v, %v", got, err)
		}
		// An endpoint that knows of none is not the last to be asked.
		serve("/serverless/", `{"results": []}`)
		serve("/flexClusters/", `{"results": [{"id": "b"}]}`)
		if got, err := listLarge(client, atlas.ListOptions[atlas.ServerlessRestoreJob]{}); err != nil || !slices.Equal(got, []string{"b"}) {
			b.Errorf("%v, %v", got, err)
		}
		// What cannot be asked is not known.
		serve("/serverless/", `{"results": []}`)
		b.sim.Inject(1, atlassim.Error(http.StatusInternalServerError, "UNEXPECTED_ERROR", "Oops."))
		if got, err := listLarge(client, atlas.ListOptions[atlas.ServerlessRestoreJob]{}); err == nil {
			b.Errorf("%v, and no error", got)
		}
	})
}

// Parallel reads of one migrated cluster share one discovery.
func TestClient_follow(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		kind     atlassim.Kind
		sunset   atlassim.Sunset
		requests int // 50 reads, a challenge, and the refusals
	}{
		{atlassim.Serverless, atlassim.SunsetNot, 51},
		{atlassim.Flex, atlassim.SunsetNot, 52},
		{atlassim.Flex, atlassim.SunsetGone, 52},
		{atlassim.Flex, atlassim.SunsetNotFound, 52},
		{atlassim.Dedicated, atlassim.SunsetNotFound, 53},
		{atlassim.Dedicated, atlassim.SunsetGone, 53},
	} {
		inBubble(t, func(b *bubble) {
			b.sim.SetLatency(490 * time.Millisecond)
			b.sim.SetSunset(tt.sunset)
			b.sim.Migrate(atlassim.GroupID, atlassim.ServerlessInstance, tt.kind)
			client := b.client(atlas.Config{})
			if errs := read(client, 50, 50); len(errs) > 0 {
				b.Fatal(errs[0])
			}
			if got := len(b.sim.Requests()); got != tt.requests {
				b.Errorf("%s: %d requests, want %d", tt.kind, got, tt.requests)
			}
			// Another cluster, which is Flex: a 410 need not be heard again.
			before := len(b.sim.Requests())
			if _, err := client.GetServerlessRestoreJob(b.Context(), atlassim.GroupID, atlassim.FlexCluster, atlassim.FlexRestoreJobID); err != nil {
				b.Fatal(err)
			}
			want := 2
			if tt.sunset == atlassim.SunsetGone {
				want = 1
			}
			if got := len(b.sim.Requests()) - before; got != want {
				b.Errorf("%s: %d requests for another cluster, want %d", tt.kind, got, want)
			}
		})
	}
}

// A Flex job in the words of a serverless one.
func TestClient_GetServerlessRestoreJob_flex(t *testing.T) {
	t.Parallel()
	statuses := map[string]atlas.Status{
		"PENDING": atlas.StatusInProgress, "QUEUED": atlas.StatusInProgress, "RUNNING": atlas.StatusInProgress,
		"FAILED": atlas.StatusFailed, "COMPLETED": atlas.StatusCompleted, "completed": atlas.StatusCompleted,
		"HIBERNATING": atlas.StatusInProgress,
	}
	for status, want := range statuses {
		inBubble(t, func(b *bubble) {
			const id = "6553f1a0c4d2e8b7a9103f31"
			b.sim.AddCluster(atlassim.GroupID, "Status", atlassim.Flex, atlassim.RestoreJob{"id": id, "flexStatus": status})
			var logged []string
			client := b.client(atlas.Config{
				Credentials: atlas.APIKey{PublicKey: atlassim.ReadOnlyPublicKey, PrivateKey: atlassim.ReadOnlyPrivateKey},
				Log: func(_ context.Context, message string, _ map[string]any) {
					if strings.HasPrefix(message, "Unknown status") {
						logged = append(logged, message)
					}
				},
			})
			job, err := client.GetServerlessRestoreJob(b.Context(), atlassim.GroupID, "Status", id)
			if err != nil {
				b.Fatal(err)
			}
			if job.Status != want || job.ServedBy != atlas.ServedByFlex || *job.Failed != (want == atlas.StatusFailed) || job.Cancelled != nil {
				b.Errorf("%s: %+v", status, job)
			}
			if known := status != "HIBERNATING"; (len(logged) == 0) != known {
				b.Errorf("%s: logged %q", status, logged)
			}
		})
	}
}

// What an endpoint says of its end is told once.
func TestClient_TakeDeprecation(t *testing.T) {
	t.Parallel()
	inBubble(t, func(b *bubble) {
		client := b.client(atlas.Config{})
		if got := client.TakeDeprecation(); got != nil {
			b.Errorf("before: %v", got)
		}
		b.sim.SetSunset(atlassim.SunsetAnnounced)
		if errs := read(client, 3, 1); len(errs) > 0 {
			b.Fatal(errs[0])
		}
		if got := client.TakeDeprecation(); got == nil || *got != (atlas.Deprecation{ServedBy: atlas.ServedByServerless, Sunset: "2027-07-01"}) {
			b.Errorf("got %v", got)
		}
		if got := client.TakeDeprecation(); got != nil {
			b.Errorf("again: %v", got)
		}
	})
	// An endpoint that refuses has not served.
	inBubble(t, func(b *bubble) {
		b.sim.SetSunset(atlassim.SunsetAnnounced)
		b.sim.Migrate(atlassim.GroupID, atlassim.ServerlessInstance, atlassim.Flex)
		client := b.client(atlas.Config{})
		if errs := read(client, 1, 1); len(errs) > 0 {
			b.Fatal(errs[0])
		}
		if got := client.TakeDeprecation(); got != nil {
			b.Errorf("got %v", got)
		}
	})
}

// Each endpoint is asked in its version.
func TestClient_accept(t *testing.T) {
	t.Parallel()
	inBubble(t, func(b *bubble) {
		b.sim.Migrate(atlassim.GroupID, atlassim.ServerlessInstance, atlassim.Dedicated)
		if errs := read(b.client(atlas.Config{}), 1, 1); len(errs) > 0 {
			b.Fatal(errs[0])
		}
		var got []string
		for _, r := range b.sim.Requests() {
			if r.Status != http.StatusUnauthorized {
				got = append(got, fmt.Sprint(strings.Split(r.Path, "/")[6], " ", r.Header.Get("Accept"), " ", r.Status))
			}
		}
		want := []string{
			"serverless application/json 400",
			"flexClusters application/vnd.atlas.2024-11-13+json 400",
			"clusters application/vnd.atlas.2023-01-01+json 200",
		}
		if !slices.Equal(got, want) {
			b.Errorf("got %q", got)
		}
	})
}
