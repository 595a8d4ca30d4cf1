package datasources_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlassim"
)

// waitingBlock reads the demo's running job of a data source, and waits.
func waitingBlock(dataSource, clusterName, restoreJobID, arguments string) string {
	return fmt.Sprintf(`
data %q "test" {
  group_id            = %q
  cluster_name        = %q
  restore_job_id      = %q
  wait_for_completion = true
  poll_interval       = "1s"
  %s
}
`, dataSource, atlassim.GroupID, clusterName, restoreJobID, arguments)
}

// A job that is done at the third look ends the wait, however it ends.
func TestWaitForCompletion(t *testing.T) {
	t.Parallel()
	const serverless, flex = "atlasbackup_serverless_restore_job", "atlasbackup_flex_restore_job"
	for _, tt := range []struct {
		name, dataSource, cluster, id string
		key                           string // what makes the job done
		value                         any
		want                          string
	}{
		{"failed", serverless, atlassim.ServerlessInstance, atlassim.RunningJobID, "failed", true, "FAILED"},
		{"cancelled", serverless, atlassim.ServerlessInstance, atlassim.RunningJobID, "cancelled", true, "CANCELLED"},
		{"expired", serverless, atlassim.ServerlessInstance, atlassim.RunningJobID, "expired", true, "EXPIRED"},
		{"finished", serverless, atlassim.ServerlessInstance, atlassim.RunningJobID, "finishedAt", "2025-11-14T22:17:52Z", "COMPLETED"},
		{"download's link", serverless, atlassim.ServerlessInstance, atlassim.RunningJobID, "deliveryUrl", []string{atlassim.DownloadURL}, "COMPLETED"},
		{"Flex, completed", flex, atlassim.FlexCluster, atlassim.FlexRunningJobID, "flexStatus", "COMPLETED", "COMPLETED"},
		{"Flex, failed", flex, atlassim.FlexCluster, atlassim.FlexRunningJobID, "flexStatus", "FAILED", "FAILED"},
		{"Flex, followed", serverless, atlassim.FlexCluster, atlassim.FlexRunningJobID, "flexStatus", "FAILED", "FAILED"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sim := atlassim.Start(t)
			running := atlassim.RestoreJob{"id": tt.id, "deliveryType": "download", "flexStatus": "RUNNING"}
			done := atlassim.RestoreJob{"id": tt.id, "deliveryType": "download", tt.key: tt.value}
			sim.Play(tt.id, running, running, done)
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: providers,
				Steps: []resource.TestStep{{
					Config: withAPIKey(sim) + waitingBlock(tt.dataSource, tt.cluster, tt.id, ""),
					ConfigStateChecks: []statecheck.StateCheck{
						statecheck.ExpectKnownValue("data."+tt.dataSource+".test", tfjsonpath.New("status"), knownvalue.StringExact(tt.want)),
					},
				}},
			})
		})
	}
}

func TestWaitForCompletion_errors(t *testing.T) {
	t.Parallel()
	const serverless = "atlasbackup_serverless_restore_job"
	for _, tt := range []struct {
		name, block string
		want        []string
	}{
		{
			"time-out", strings.Replace(waitingBlock(serverless, atlassim.ServerlessInstance, atlassim.RunningJobID, `timeouts = { read = "2s" }`), `"1s"`, `"1m"`, 1),
			[]string{"Restore Job Timed Out", "ended after 2s: its last status was IN_PROGRESS", "timeouts", "wait_for_completion"},
		},
		{
			"time-out of Flex", strings.Replace(waitingBlock("atlasbackup_flex_restore_job", atlassim.FlexCluster, atlassim.FlexRunningJobID, `timeouts = { read = "2s" }`), `"1s"`, `"1m"`, 1),
			[]string{"Restore Job Timed Out", "its last status was RUNNING"},
		},
		{
			"no duration", waitingBlock(serverless, atlassim.ServerlessInstance, atlassim.RunningJobID, `timeouts = { read = "soon" }`),
			[]string{"Invalid Duration", `timeouts.read is "soon". It must be a duration of at least 1s`},
		},
		{
			"no time", waitingBlock(serverless, atlassim.ServerlessInstance, atlassim.RunningJobID, `timeouts = { read = "-1m" }`),
			[]string{"Invalid Duration", `timeouts.read is "-1m".`},
		},
		{
			"poll interval too short", demoJobBlock(atlassim.RunningJobID)[:len(demoJobBlock(atlassim.RunningJobID))-2] + `  poll_interval = "500ms"` + "\n}\n",
			[]string{"Invalid Duration", `poll_interval is "500ms". It must be a duration of at least 1s`},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: providers,
				Steps:                    []resource.TestStep{{Config: withAPIKey(atlassim.Start(t)) + tt.block, ExpectError: said(tt.want...)}},
			})
		})
	}
}
