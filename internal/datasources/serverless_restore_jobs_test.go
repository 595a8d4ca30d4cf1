package datasources_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlassim"
)

const serverlessRestoreJobs = "data.atlasbackup_serverless_restore_jobs.test"

// listBlock lists the jobs of a cluster of the demo, with more arguments.
func listBlock(dataSource, clusterName, arguments string) string {
	return fmt.Sprintf(`
data %q "test" {
  group_id     = %q
  cluster_name = %q
  %s
}
`, dataSource, atlassim.GroupID, clusterName, arguments)
}

func ids(ids ...string) knownvalue.Check {
	checks := []knownvalue.Check{}
	for _, id := range ids {
		checks = append(checks, knownvalue.ObjectPartial(map[string]knownvalue.Check{"id": knownvalue.StringExact(id)}))
	}
	return knownvalue.ListExact(checks)
}

func TestServerlessRestoreJobsDataSource(t *testing.T) {
	t.Parallel()
	const finished, download, pointInTime = atlassim.FinishedJobID, atlassim.DownloadJobID, atlassim.PointInTimeJobID
	const running, failed = atlassim.RunningJobID, atlassim.FailedJobID
	for _, tt := range []struct {
		name, cluster, arguments string
		want                     []string
	}{
		{"all", atlassim.ServerlessInstance, "", []string{finished, download, pointInTime, running, failed}},
		{"none", "Empty", "", nil},
		{"newest", atlassim.ServerlessInstance, "max_results = 2", []string{finished, download}},
		{"status", atlassim.ServerlessInstance, `status = "IN_PROGRESS"`, []string{running}},
		{"newest of a status", atlassim.ServerlessInstance, "status = \"COMPLETED\"\n  max_results = 1", []string{finished}},
		{"delivery type", atlassim.ServerlessInstance, `delivery_type = "download"`, []string{download, running}},
		{"snapshot", atlassim.ServerlessInstance, `snapshot_id = "65537d20c4d2e8b7a9103e79"`, []string{running, failed}},
		{"all filters", atlassim.ServerlessInstance, `
  snapshot_id   = "65537d20c4d2e8b7a9103e79"
  delivery_type = "automated"
  status        = "FAILED"`, []string{failed}},
		{"no match", atlassim.ServerlessInstance, `status = "CANCELLED"`, nil},
		{"Flex in serverless words", atlassim.FlexCluster, `delivery_type = "automated"`, []string{atlassim.FlexRestoreJobID, atlassim.FlexRunningJobID}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sim := atlassim.Start(t)
			sim.AddCluster(atlassim.GroupID, "Empty", atlassim.Serverless)
			links := map[string]knownvalue.Check{}
			for _, id := range tt.want {
				if id == download || id == pointInTime {
					links[id] = knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact(atlassim.DownloadURL)})
				}
			}
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: providers,
				Steps: []resource.TestStep{{
					Config: withAPIKey(sim) + listBlock("atlasbackup_serverless_restore_jobs", tt.cluster, tt.arguments),
					ConfigStateChecks: []statecheck.StateCheck{
						statecheck.ExpectKnownValue(serverlessRestoreJobs, tfjsonpath.New("results"), ids(tt.want...)),
						statecheck.ExpectKnownValue(serverlessRestoreJobs, tfjsonpath.New("delivery_urls"), knownvalue.MapExact(links)),
						statecheck.ExpectSensitiveValue(serverlessRestoreJobs, tfjsonpath.New("delivery_urls")),
					},
				}},
			})
		})
	}
}

// A result has every attribute of the single data source but the links.
func TestServerlessRestoreJobsDataSource_result(t *testing.T) {
	t.Parallel()
	sim := atlassim.Start(t)
	want := map[string]knownvalue.Check{
		"id":        knownvalue.StringExact(atlassim.PointInTimeJobID),
		"served_by": knownvalue.StringExact("serverless"),
	}
	for attribute, value := range demoJobs[atlassim.PointInTimeJobID] {
		if attribute != "delivery_url" {
			want[attribute] = value
		}
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: providers,
		Steps: []resource.TestStep{{
			Config: withServiceAccount(sim) + listBlock("atlasbackup_serverless_restore_jobs", atlassim.ServerlessInstance, `delivery_type = "pointInTime"`),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(serverlessRestoreJobs, tfjsonpath.New("results").AtSliceIndex(0), knownvalue.ObjectExact(want)),
			},
		}},
	})
}

func TestServerlessRestoreJobsDataSource_errors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, cluster, arguments string
		want                     []string
	}{
		{"status", atlassim.ServerlessInstance, `status = "DONE"`, []string{"Invalid Attribute Value", "status", `"FAILED"`, "DONE"}},
		{"delivery type", atlassim.ServerlessInstance, `delivery_type = "DOWNLOAD"`, []string{"Invalid Attribute Value", "delivery_type", `"download"`, "DOWNLOAD"}},
		{"snapshot", atlassim.ServerlessInstance, `snapshot_id = "x"`, []string{"Invalid Snapshot ID", `snapshot_id is "x"`}},
		{"no results", atlassim.ServerlessInstance, `max_results = 0`, []string{"Invalid Attribute Value", "max_results", "at least 1"}},
		{"unknown cluster", "Invoices", "", []string{"Cluster Not Found", "cluster_name =", `named "Invoices"`, "serverless: GET", "flex: GET", "cluster: GET"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: providers,
				Steps: []resource.TestStep{{
					Config:      withAPIKey(atlassim.Start(t)) + listBlock("atlasbackup_serverless_restore_jobs", tt.cluster, tt.arguments),
					ExpectError: said(tt.want...),
				}},
			})
		})
	}
}
