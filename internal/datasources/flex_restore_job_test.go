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

const (
	flexRestoreJob  = "data.atlasbackup_flex_restore_job.test"
	flexRestoreJobs = "data.atlasbackup_flex_restore_jobs.test"
)

func flexRestoreJobBlock(clusterName, restoreJobID string) string {
	return fmt.Sprintf(`
data "atlasbackup_flex_restore_job" "test" {
  group_id       = %q
  cluster_name   = %q
  restore_job_id = %q
}
`, atlassim.GroupID, clusterName, restoreJobID)
}

// The Flex jobs of the simulator's demo, less their links.
var demoFlexJobs = map[string]map[string]knownvalue.Check{
	atlassim.FlexRestoreJobID: {
		"delivery_type":               knownvalue.StringExact("RESTORE"),
		"expiration_date":             knownvalue.StringExact("2025-11-14T18:00:00Z"),
		"id":                          knownvalue.StringExact(atlassim.FlexRestoreJobID),
		"instance_name":               knownvalue.StringExact(atlassim.FlexCluster),
		"links":                       selfLink(atlassim.FlexRestoreJobID),
		"project_id":                  knownvalue.StringExact(atlassim.GroupID),
		"restore_finished_date":       knownvalue.StringExact("2025-11-14T12:01:07Z"),
		"restore_scheduled_date":      knownvalue.StringExact("2025-11-14T12:00:00Z"),
		"snapshot_finished_date":      knownvalue.StringExact("2025-11-14T04:00:32Z"),
		"snapshot_id":                 knownvalue.StringExact("65537d20c4d2e8b7a9103e81"),
		"status":                      knownvalue.StringExact("COMPLETED"),
		"target_deployment_item_name": knownvalue.StringExact("Catalog-restored"),
		"target_project_id":           knownvalue.StringExact(atlassim.GroupID),
	},
	atlassim.FlexDownloadJobID: {
		"delivery_type":               knownvalue.StringExact("DOWNLOAD"),
		"expiration_date":             knownvalue.StringExact("2025-11-14T18:00:00Z"),
		"id":                          knownvalue.StringExact(atlassim.FlexDownloadJobID),
		"instance_name":               knownvalue.StringExact(atlassim.FlexCluster),
		"links":                       knownvalue.Null(),
		"project_id":                  knownvalue.StringExact(atlassim.GroupID),
		"restore_finished_date":       knownvalue.Null(),
		"restore_scheduled_date":      knownvalue.Null(),
		"snapshot_finished_date":      knownvalue.Null(),
		"snapshot_id":                 knownvalue.StringExact("65537d20c4d2e8b7a9103e81"),
		"status":                      knownvalue.StringExact("COMPLETED"),
		"target_deployment_item_name": knownvalue.Null(),
		"target_project_id":           knownvalue.Null(),
	},
}

// Project Read Only is enough for Flex.
func withReadOnlyKey(sim *atlassim.Server) string {
	return providerBlock(sim, set("public_key", atlassim.ReadOnlyPublicKey), set("private_key", atlassim.ReadOnlyPrivateKey))
}

func TestFlexRestoreJobDataSource(t *testing.T) {
	t.Parallel()
	sim := atlassim.Start(t)
	steps := []resource.TestStep{
		{
			Config:      withAPIKey(sim) + flexRestoreJobBlock(atlassim.ServerlessInstance, atlassim.FinishedJobID),
			ExpectError: said("Unable to Read Flex Restore Job", "cluster_name   =", "not, or no longer, a Flex cluster", "atlasbackup_serverless_restore_job"),
		},
		{
			Config:      withAPIKey(sim) + flexRestoreJobBlock(atlassim.FlexCluster, "6553f1a0c4d2e8b7a910ffff"),
			ExpectError: said("Restore Job Not Found", "restore_job_id =", "404 RESOURCE_NOT_FOUND"),
		},
		{
			Config:      withAPIKey(sim) + flexRestoreJobBlock(atlassim.FlexCluster, "x"),
			ExpectError: said("Invalid Restore Job ID"),
		},
	}
	for id, values := range demoFlexJobs {
		var urls knownvalue.Check = knownvalue.Null()
		if id == atlassim.FlexDownloadJobID {
			urls = knownvalue.StringExact(atlassim.DownloadURL)
		}
		checks := []statecheck.StateCheck{
			statecheck.ExpectKnownValue(flexRestoreJob, tfjsonpath.New("snapshot_url"), urls),
			statecheck.ExpectSensitiveValue(flexRestoreJob, tfjsonpath.New("snapshot_url")),
		}
		for attribute, value := range values {
			checks = append(checks, statecheck.ExpectKnownValue(flexRestoreJob, tfjsonpath.New(attribute), value))
		}
		steps = append(steps, resource.TestStep{
			Config:            withReadOnlyKey(sim) + flexRestoreJobBlock(atlassim.FlexCluster, id),
			ConfigStateChecks: checks,
		})
	}
	resource.UnitTest(t, resource.TestCase{ProtoV6ProviderFactories: providers, Steps: steps})
}

func TestFlexRestoreJobsDataSource(t *testing.T) {
	t.Parallel()
	sim := atlassim.Start(t)
	link := map[string]knownvalue.Check{atlassim.FlexDownloadJobID: knownvalue.StringExact(atlassim.DownloadURL)}
	step := func(arguments string, results knownvalue.Check, links map[string]knownvalue.Check) resource.TestStep {
		return resource.TestStep{
			Config: withReadOnlyKey(sim) + listBlock("atlasbackup_flex_restore_jobs", atlassim.FlexCluster, arguments),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(flexRestoreJobs, tfjsonpath.New("results"), results),
				statecheck.ExpectKnownValue(flexRestoreJobs, tfjsonpath.New("snapshot_urls"), knownvalue.MapExact(links)),
				statecheck.ExpectSensitiveValue(flexRestoreJobs, tfjsonpath.New("snapshot_urls")),
			},
		}
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: providers,
		Steps: []resource.TestStep{
			{
				Config:      withReadOnlyKey(sim) + listBlock("atlasbackup_flex_restore_jobs", atlassim.FlexCluster, `status = "IN_PROGRESS"`),
				ExpectError: said("Invalid Attribute Value", "status", `"PENDING"`),
			},
			step("", ids(atlassim.FlexRestoreJobID, atlassim.FlexDownloadJobID, atlassim.FlexRunningJobID), link),
			step(`status = "COMPLETED"`, knownvalue.ListExact([]knownvalue.Check{
				knownvalue.ObjectExact(demoFlexJobs[atlassim.FlexRestoreJobID]),
				knownvalue.ObjectExact(demoFlexJobs[atlassim.FlexDownloadJobID]),
			}), link),
			step(`delivery_type = "RESTORE"`, ids(atlassim.FlexRestoreJobID, atlassim.FlexRunningJobID), nil),
			step(`max_results = 1`, ids(atlassim.FlexRestoreJobID), nil),
			step(`snapshot_id = "65537d20c4d2e8b7a9103e80"`, ids(), nil),
		},
	})
}
