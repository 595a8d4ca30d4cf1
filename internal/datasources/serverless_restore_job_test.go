package datasources_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlassim"
)

const serverlessRestoreJob = "data.atlasbackup_serverless_restore_job.test"

func serverlessRestoreJobBlock(groupID, clusterName, restoreJobID string) string {
	return fmt.Sprintf(`
data "atlasbackup_serverless_restore_job" "test" {
  group_id       = %q
  cluster_name   = %q
  restore_job_id = %q
}
`, groupID, clusterName, restoreJobID)
}

func demoJobBlock(restoreJobID string) string {
	return serverlessRestoreJobBlock(atlassim.GroupID, atlassim.ServerlessInstance, restoreJobID)
}

// The jobs of the simulator's demo as state has them; null where Atlas has no value.
var demoJobs = map[string]map[string]knownvalue.Check{
	atlassim.FinishedJobID: {
		"cancelled":                 knownvalue.Bool(false),
		"delivery_type":             knownvalue.StringExact("automated"),
		"delivery_url":              knownvalue.Null(),
		"desired_timestamp":         knownvalue.Null(),
		"expired":                   knownvalue.Bool(false),
		"expires_at":                knownvalue.Null(),
		"failed":                    knownvalue.Bool(false),
		"finished_at":               knownvalue.StringExact("2025-11-14T22:17:52Z"),
		"links":                     selfLink(atlassim.FinishedJobID),
		"oplog_inc":                 knownvalue.Null(),
		"oplog_ts":                  knownvalue.Null(),
		"point_in_time_utc_seconds": knownvalue.Null(),
		"snapshot_id":               knownvalue.StringExact("65537d20c4d2e8b7a9103e77"),
		"target_cluster_name":       knownvalue.StringExact("Orders-restored"),
		"target_group_id":           knownvalue.StringExact(atlassim.GroupID),
		"timestamp":                 knownvalue.StringExact("2025-11-14T14:00:32Z"),
		"status":                    knownvalue.StringExact("COMPLETED"),
	},
	atlassim.DownloadJobID: {
		"cancelled":                 knownvalue.Bool(false),
		"delivery_type":             knownvalue.StringExact("download"),
		"delivery_url":              knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact(atlassim.DownloadURL)}),
		"desired_timestamp":         knownvalue.Null(),
		"expired":                   knownvalue.Bool(false),
		"expires_at":                knownvalue.StringExact("2025-11-15T10:04:00Z"),
		"failed":                    knownvalue.Bool(false),
		"finished_at":               knownvalue.Null(),
		"links":                     knownvalue.Null(),
		"oplog_inc":                 knownvalue.Null(),
		"oplog_ts":                  knownvalue.Null(),
		"point_in_time_utc_seconds": knownvalue.Null(),
		"snapshot_id":               knownvalue.StringExact("65537d20c4d2e8b7a9103e77"),
		"target_cluster_name":       knownvalue.Null(),
		"target_group_id":           knownvalue.Null(),
		"timestamp":                 knownvalue.StringExact("2025-11-14T14:00:32Z"),
		"status":                    knownvalue.StringExact("COMPLETED"),
	},
	atlassim.PointInTimeJobID: {
		"cancelled":     knownvalue.Bool(false),
		"delivery_type": knownvalue.StringExact("pointInTime"),
		"delivery_url":  knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact(atlassim.DownloadURL)}),
		"desired_timestamp": knownvalue.ObjectExact(map[string]knownvalue.Check{
			"date":      knownvalue.StringExact("2025-11-14T13:20:00Z"),
			"increment": knownvalue.Int64Exact(1),
		}),
		"expired":                   knownvalue.Bool(false),
		"expires_at":                knownvalue.StringExact("2025-11-16T09:00:00Z"),
		"failed":                    knownvalue.Bool(false),
		"finished_at":               knownvalue.StringExact("2025-11-15T09:04:11Z"),
		"links":                     selfLink(atlassim.PointInTimeJobID),
		"oplog_inc":                 knownvalue.Int64Exact(7),
		"oplog_ts":                  knownvalue.Int64Exact(1763126400),
		"point_in_time_utc_seconds": knownvalue.Int64Exact(1763126400),
		"snapshot_id":               knownvalue.StringExact("65537d20c4d2e8b7a9103e78"),
		"target_cluster_name":       knownvalue.StringExact("Orders-restored"),
		"target_group_id":           knownvalue.StringExact("5f1b6c2e9ad3b7410c8e2d02"),
		"timestamp":                 knownvalue.StringExact("2025-11-14T13:00:32Z"),
		"status":                    knownvalue.StringExact("COMPLETED"),
	},
	atlassim.RunningJobID: {
		"cancelled":                 knownvalue.Null(),
		"delivery_type":             knownvalue.StringExact("download"),
		"delivery_url":              knownvalue.Null(),
		"desired_timestamp":         knownvalue.Null(),
		"expired":                   knownvalue.Null(),
		"expires_at":                knownvalue.Null(),
		"failed":                    knownvalue.Null(),
		"finished_at":               knownvalue.Null(),
		"links":                     knownvalue.Null(),
		"oplog_inc":                 knownvalue.Null(),
		"oplog_ts":                  knownvalue.Null(),
		"point_in_time_utc_seconds": knownvalue.Null(),
		"snapshot_id":               knownvalue.StringExact("65537d20c4d2e8b7a9103e79"),
		"target_cluster_name":       knownvalue.Null(),
		"target_group_id":           knownvalue.Null(),
		"timestamp":                 knownvalue.Null(),
		"status":                    knownvalue.StringExact("IN_PROGRESS"),
	},
}

func selfLink(id string) knownvalue.Check {
	return knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{
		"rel": knownvalue.StringExact("self"),
		"href": knownvalue.StringExact("https://cloud.mongodb.com/api/atlas/v1.0/groups/" + atlassim.GroupID +
			"/serverless/Orders/backup/restoreJobs/" + id),
	})})
}

// demoJobChecks are all 23 attributes of a demo job.
func demoJobChecks(id string) []statecheck.StateCheck {
	checks := []statecheck.StateCheck{
		statecheck.ExpectSensitiveValue(serverlessRestoreJob, tfjsonpath.New("delivery_url")),
	}
	values := map[string]knownvalue.Check{
		"group_id":       knownvalue.StringExact(atlassim.GroupID),
		"cluster_name":   knownvalue.StringExact(atlassim.ServerlessInstance),
		"restore_job_id": knownvalue.StringExact(id),
		"id":             knownvalue.StringExact(id),
		"served_by":      knownvalue.StringExact("serverless"),
	}
	for _, some := range []map[string]knownvalue.Check{values, demoJobs[id]} {
		for attribute, value := range some {
			checks = append(checks, statecheck.ExpectKnownValue(serverlessRestoreJob, tfjsonpath.New(attribute), value))
		}
	}
	return checks
}

func TestServerlessRestoreJobDataSource(t *testing.T) {
	t.Parallel()
	for kind, with := range map[string]func(*atlassim.Server) string{
		"api key": withAPIKey, "service account": withServiceAccount, "access token": withAccessToken,
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			sim := atlassim.Start(t)
			var steps []resource.TestStep
			for id := range demoJobs {
				step := resource.TestStep{
					Config:            with(sim) + demoJobBlock(id),
					ConfigStateChecks: demoJobChecks(id),
				}
				// The same configuration again gives the same values.
				again := resource.TestStep{Config: step.Config, ConfigStateChecks: demoJobChecks(id)}
				for attribute := range demoJobs[id] {
					same := statecheck.CompareValue(compare.ValuesSame())
					step.ConfigStateChecks = append(step.ConfigStateChecks, same.AddStateValue(serverlessRestoreJob, tfjsonpath.New(attribute)))
					again.ConfigStateChecks = append(again.ConfigStateChecks, same.AddStateValue(serverlessRestoreJob, tfjsonpath.New(attribute)))
				}
				steps = append(steps, step, again)
			}
			resource.UnitTest(t, resource.TestCase{ProtoV6ProviderFactories: providers, Steps: steps})
		})
	}
}

func TestServerlessRestoreJobDataSource_envelopeAndPretty(t *testing.T) {
	t.Parallel()
	sim := atlassim.Start(t)
	block := strings.Replace(withAPIKey(sim), "{", "{\n  envelope = true\n  pretty = true", 1)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: providers,
		Steps: []resource.TestStep{
			{Config: block + demoJobBlock(atlassim.DownloadJobID), ConfigStateChecks: demoJobChecks(atlassim.DownloadJobID)},
			{
				Config:      block + demoJobBlock("6553f1a0c4d2e8b7a910ffff"),
				ExpectError: said("Restore Job Not Found"),
			},
		},
	})
	for _, r := range sim.Requests() {
		if r.Query != "envelope=true&pretty=true" {
			t.Errorf("asked with %q", r.Query)
		}
	}
}

// said matches words of an error, however the CLI broke its lines and whatever
// it drew beside them.
func said(words ...string) *regexp.Regexp {
	var patterns []string
	for _, text := range words {
		var parts []string
		for _, word := range strings.Fields(text) {
			parts = append(parts, regexp.QuoteMeta(word))
		}
		patterns = append(patterns, strings.Join(parts, `[\s│]+`))
	}
	return regexp.MustCompile(`(?s)` + strings.Join(patterns, `.*`))
}

// Arguments that no request could serve cost no request.
func TestServerlessRestoreJobDataSource_invalidArguments(t *testing.T) {
	t.Parallel()
	const group, cluster, job = atlassim.GroupID, atlassim.ServerlessInstance, atlassim.FinishedJobID
	for _, tt := range []struct{ name, block, summary, want string }{
		{"project's name", serverlessRestoreJobBlock("my project", cluster, job), "Invalid Project ID", `group_id is "my project". It must be the ID of a project, 24 characters of 0-9 and a-f: the project's settings in Atlas show it, and its name will not do.`},
		{"upper case", serverlessRestoreJobBlock(strings.ToUpper(group), cluster, job), "Invalid Project ID", "must be the ID of a project"},
		{"line after the ID", serverlessRestoreJobBlock(group+"\n", cluster, job), "Invalid Project ID", `group_id is "5f1b6c2e9ad3b7410c8e2d01\n".`},
		{"empty project", serverlessRestoreJobBlock("", cluster, job), "Invalid Project ID", "must be the ID of a project"},
		{"path in the name", serverlessRestoreJobBlock(group, "../Orders", job), "Invalid Cluster Name", `cluster_name is "../Orders". It must be the name of a cluster: letters, digits and hyphens, and no hyphen first.`},
		{"hyphen first", serverlessRestoreJobBlock(group, "-Orders", job), "Invalid Cluster Name", `cluster_name is "-Orders".`},
		{"short job", serverlessRestoreJobBlock(group, cluster, "6553f1a0"), "Invalid Restore Job ID", `restore_job_id is "6553f1a0". It must be the ID of a restore job, 24 characters of 0-9 and a-f: the answer that started the restore shows it as "id".`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sim := atlassim.Start(t)
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: providers,
				Steps:                    []resource.TestStep{{Config: withAPIKey(sim) + tt.block, ExpectError: said(tt.summary, tt.want)}},
			})
			if got := len(sim.Requests()); got != 0 {
				t.Errorf("%d requests, want none", got)
			}
		})
	}
}

// What goes wrong at the read, as the CLI shows it: the place in the
// configuration, what to do, and the words of Atlas.
func TestServerlessRestoreJobDataSource_errors(t *testing.T) {
	t.Parallel()
	const group, cluster, job = atlassim.GroupID, atlassim.ServerlessInstance, atlassim.FinishedJobID
	for _, tt := range []struct {
		name  string
		with  func(*atlassim.Server) string
		block string
		fault atlassim.Fault
		want  []string
	}{
		{
			name: "unknown project", block: serverlessRestoreJobBlock("5f1b6c2e9ad3b7410c8effff", cluster, job),
			want: []string{"Project Not Found", "group_id       =", "Check group_id", "Atlas error: GET", "404 GROUP_NOT_FOUND"},
		},
		{
			name: "unknown cluster", block: serverlessRestoreJobBlock(group, "Invoices", job),
			want: []string{"Cluster Not Found", "cluster_name   =", `named "Invoices"`, "serverless: GET", "404 CLUSTER_NOT_FOUND", "flex: GET", "404 CLUSTER_NOT_FOUND", "cluster: GET", "404 CLUSTER_NOT_FOUND"},
		},
		{
			name: "unknown job", block: demoJobBlock("6553f1a0c4d2e8b7a910ffff"),
			want: []string{"Restore Job Not Found", "restore_job_id =", "6553f1a0c4d2e8b7a910ffff", "404 RESOURCE_NOT_FOUND"},
		},
		{
			name: "missing role", block: demoJobBlock(job),
			with: func(sim *atlassim.Server) string {
				return providerBlock(sim, set("public_key", atlassim.ReadOnlyPublicKey), set("private_key", atlassim.ReadOnlyPrivateKey))
			},
			want: []string{"Unable to Read Serverless Restore Job", "Project Owner role", "public_key and private_key in the provider block", "403 USER_UNAUTHORIZED"},
		},
		{
			name: "wrong key", block: demoJobBlock(job),
			with: func(sim *atlassim.Server) string {
				return providerBlock(sim, set("public_key", atlassim.PublicKey), set("private_key", "wrong-sesame"))
			},
			want: []string{"Invalid Atlas Credentials", "API key from public_key and private_key in the provider block", "MONGODB_ATLAS_PRIVATE_API_KEY", "401 UNEXPECTED_ERROR"},
		},
		{
			name: "wrong client secret", block: demoJobBlock(job),
			with: func(sim *atlassim.Server) string {
				return providerBlock(sim, set("client_id", atlassim.ClientID), set("client_secret", "wrong-sesame"))
			},
			want: []string{"Invalid Atlas Credentials", "service account from client_id and client_secret", "MONGODB_ATLAS_CLIENT_SECRET", "401 invalid_client"},
		},
		{
			name: "no credentials", block: demoJobBlock(job),
			with: func(sim *atlassim.Server) string { return providerBlock(sim) },
			want: []string{"Missing Atlas Credentials", "public_key (MONGODB_ATLAS_PUBLIC_API_KEY)", "access_token (MONGODB_ATLAS_ACCESS_TOKEN)"},
		},
		{
			name: "another job's answer", block: demoJobBlock(job),
			fault: atlassim.Body(http.StatusOK, "application/json", `{"id": "6553f1a0c4d2e8b7a9103f02", "failed": false}`),
			want:  []string{"Unable to Read Serverless Restore Job", "gave another restore job", "6553f1a0c4d2e8b7a9103f02"},
		},
		{
			name: "proxy", block: demoJobBlock(job), fault: atlassim.ProxyPage(http.StatusBadGateway),
			want: []string{"Unable to Read Serverless Restore Job", "a proxy, a load balancer or a maintenance page", "base_url", "502"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sim := atlassim.Start(t)
			if tt.fault != nil {
				sim.Inject(-1, tt.fault)
			}
			with := withAPIKey
			if tt.with != nil {
				with = tt.with
			}
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: providers,
				Steps:                    []resource.TestStep{{Config: with(sim) + tt.block, ExpectError: said(tt.want...)}},
				ErrorCheck: func(err error) error {
					if strings.Contains(err.Error(), "sesame") {
						t.Error("the error shows a secret")
					}
					return err
				},
			})
		})
	}
}

// What is wrong in the provider block is found before any request.
func TestProviderBlock_errors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name       string
		attributes string
		want       []string
	}{
		{
			name:       "two kinds",
			attributes: set("public_key", "p") + set("private_key", "sesame") + set("access_token", "sesame"),
			want:       []string{"Invalid Credentials Combination", "Keep one"},
		},
		{
			name:       "half a pair",
			attributes: set("public_key", "p"),
			want:       []string{"Missing Atlas Credentials", "public_key =", "private_key in the provider block", "MONGODB_ATLAS_PRIVATE_API_KEY"},
		},
		{
			name:       "service account in public_key",
			attributes: set("public_key", "mdb_sa_id_1") + set("private_key", "sesame"),
			want:       []string{"Invalid Public Key", "client_id (MONGODB_ATLAS_CLIENT_ID)"},
		},
		{
			name:       "too many retries",
			attributes: "  max_retries = 21\n",
			want:       []string{"Invalid Attribute Value", "max_retries", "between 0 and 20", "21"},
		},
		{
			name:       "timeout",
			attributes: set("request_timeout", "soon"),
			want:       []string{"Invalid Request Timeout", "soon"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sim := atlassim.Start(t)
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: providers,
				Steps:                    []resource.TestStep{{Config: providerBlock(sim, tt.attributes) + demoJobBlock(atlassim.FinishedJobID), ExpectError: said(tt.want...)}},
				ErrorCheck: func(err error) error {
					if strings.Contains(err.Error(), "sesame") {
						t.Error("the error shows a secret")
					}
					return err
				},
			})
			if got := len(sim.Requests()); got != 0 {
				t.Errorf("%d requests, want none", got)
			}
		})
	}
}

func TestProviderBlock_plainHTTP(t *testing.T) {
	t.Parallel()
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: providers,
		Steps: []resource.TestStep{{
			Config:      "provider \"atlasbackup\" {\n" + set("base_url", "http://atlas.example.com") + "}\n" + demoJobBlock(atlassim.FinishedJobID),
			ExpectError: said("Invalid Base URL", "http://atlas.example.com", "loopback"),
		}},
	})
}

// A provider that is configured with what does not exist yet puts the read off,
// where the data source depends on what makes it.
func TestServerlessRestoreJobDataSource_unknownCredentials(t *testing.T) {
	t.Parallel()
	sim := atlassim.Start(t)
	config := func(dependsOn string) string {
		return fmt.Sprintf(`
resource "terraform_data" "key" {
  input = %q
}

provider "atlasbackup" {
  base_url    = %q
  public_key  = %q
  private_key = terraform_data.key.output
}

data "atlasbackup_serverless_restore_job" "test" {
  group_id       = %q
  cluster_name   = %q
  restore_job_id = %q
  %s
}
`, atlassim.PrivateKey, sim.URL, atlassim.PublicKey, atlassim.GroupID, atlassim.ServerlessInstance, atlassim.FinishedJobID, dependsOn)
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: providers,
		Steps: []resource.TestStep{
			{Config: config(""), ExpectError: said("Unknown Provider Configuration", "private_key", "depends_on")},
			{
				Config:            config("depends_on = [terraform_data.key]"),
				ConfigStateChecks: demoJobChecks(atlassim.FinishedJobID),
			},
		},
	})
}

// One configuration, not a character changed, reads the same job whatever its
// instance has become.
func TestServerlessRestoreJobDataSource_follows(t *testing.T) {
	t.Parallel()
	sim := atlassim.Start(t)
	const name = atlassim.ServerlessInstance
	config := withAPIKey(sim) + demoJobBlock(atlassim.FinishedJobID)
	var steps []resource.TestStep
	for _, tt := range []struct {
		prepare  func()
		servedBy string
	}{
		{func() {}, "serverless"},
		{func() { sim.SetSunset(atlassim.SunsetGone); sim.Migrate(atlassim.GroupID, name, atlassim.Flex) }, "flex"},
		{func() { sim.SetSunset(atlassim.SunsetNotFound) }, "flex"},
		{func() { sim.SetSunset(atlassim.SunsetNot) }, "flex"},
		{func() { sim.Migrate(atlassim.GroupID, name, atlassim.Dedicated) }, "cluster"},
		{func() { sim.SetSunset(atlassim.SunsetGone) }, "cluster"},
		{func() {
			sim.SetSunset(atlassim.SunsetNot)
			sim.Migrate(atlassim.GroupID, name, atlassim.Flex)
			sim.AddAPIKey(atlassim.PublicKey, atlassim.PrivateKey, atlassim.ProjectReadOnly)
		}, "flex"},
		{func() { sim.SetRoleStatus(http.StatusUnauthorized) }, "flex"},
	} {
		checks := []statecheck.StateCheck{
			statecheck.ExpectKnownValue(serverlessRestoreJob, tfjsonpath.New("served_by"), knownvalue.StringExact(tt.servedBy)),
		}
		for attribute, value := range demoJobs[atlassim.FinishedJobID] {
			if tt.servedBy == "flex" && (attribute == "cancelled" || attribute == "expired") {
				value = knownvalue.Null() // Flex does not say
			}
			checks = append(checks, statecheck.ExpectKnownValue(serverlessRestoreJob, tfjsonpath.New(attribute), value))
		}
		steps = append(steps, resource.TestStep{PreConfig: tt.prepare, Config: config, ConfigStateChecks: checks})
	}
	resource.UnitTest(t, resource.TestCase{ProtoV6ProviderFactories: providers, Steps: steps})
}

func TestServerlessRestoreJobDataSource_serverlessAPI(t *testing.T) {
	t.Parallel()
	sim := atlassim.Start(t)
	sim.SetSunset(atlassim.SunsetGone)
	sim.Migrate(atlassim.GroupID, atlassim.ServerlessInstance, atlassim.Flex)
	config := func(api string) string {
		return providerBlock(sim, set("access_token", atlassim.AccessToken), set("serverless_api", api)) + demoJobBlock(atlassim.FinishedJobID)
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: providers,
		Steps: []resource.TestStep{
			{Config: config("mongodb"), ExpectError: said("Invalid Serverless API", `is "mongodb"`, `"auto", "serverless", "flex" or "cluster"`)},
			{Config: config("serverless"), ExpectError: said("Unable to Read", "no longer offers", `serverless_api (ATLASBACKUP_SERVERLESS_API) to "auto"`, "410 VERSION_GONE")},
			{Config: config("cluster"), ExpectError: said("Unable to Read", "is not, or no longer, a dedicated cluster", "400 CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API")},
			{Config: config("flex"), ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(serverlessRestoreJob, tfjsonpath.New("served_by"), knownvalue.StringExact("flex")),
			}},
		},
	})
}
