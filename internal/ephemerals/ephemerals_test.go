package ephemerals_test

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlassim"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/provider"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/tfcli"
)

func TestMain(m *testing.M) {
	if _, err := tfcli.PrepareTests(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// The provider echo shows what an ephemeral resource holds.
var providers = map[string]func() (tfprotov6.ProviderServer, error){
	"atlasbackup": providerserver.NewProtocol6WithError(provider.New("test")),
	"echo":        echoprovider.NewProviderServer(),
}

var sinceEphemeral = []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_10_0)}

func config(sim *atlassim.Server, ephemeral, clusterName, restoreJobID, arguments string) string {
	return fmt.Sprintf(`
provider "atlasbackup" {
  base_url      = %q
  client_id     = %q
  client_secret = %q
}

ephemeral %[4]q "test" {
  group_id       = %q
  cluster_name   = %q
  restore_job_id = %q
  %s
}

provider "echo" {
  data = ephemeral.%[4]s.test
}

resource "echo" "test" {}
`, sim.URL, atlassim.ClientID, atlassim.ClientSecret, ephemeral, atlassim.GroupID, clusterName, restoreJobID, arguments)
}

func data(attribute string) tfjsonpath.Path { return tfjsonpath.New("data").AtMapKey(attribute) }

func TestEphemeralResources(t *testing.T) {
	t.Parallel()
	const serverless, flex = "atlasbackup_serverless_restore_job", "atlasbackup_flex_restore_job"
	link := knownvalue.StringExact(atlassim.DownloadURL)
	for _, tt := range []struct {
		name, ephemeral, cluster, id string
		want                         map[string]knownvalue.Check
	}{
		{"serverless", serverless, atlassim.ServerlessInstance, atlassim.DownloadJobID, map[string]knownvalue.Check{
			"id":                knownvalue.StringExact(atlassim.DownloadJobID),
			"group_id":          knownvalue.StringExact(atlassim.GroupID),
			"delivery_url":      knownvalue.ListExact([]knownvalue.Check{link}),
			"failed":            knownvalue.Bool(false),
			"finished_at":       knownvalue.Null(),
			"desired_timestamp": knownvalue.Null(),
			"status":            knownvalue.StringExact("COMPLETED"),
			"served_by":         knownvalue.StringExact("serverless"),
		}},
		{"all fields", serverless, atlassim.ServerlessInstance, atlassim.PointInTimeJobID, map[string]knownvalue.Check{
			"oplog_ts": knownvalue.Int64Exact(1763126400),
			"desired_timestamp": knownvalue.ObjectExact(map[string]knownvalue.Check{
				"date": knownvalue.StringExact("2025-11-14T13:20:00Z"), "increment": knownvalue.Int64Exact(1),
			}),
			"links": knownvalue.ListSizeExact(1),
		}},
		{"followed", serverless, atlassim.FlexCluster, atlassim.FlexDownloadJobID, map[string]knownvalue.Check{
			"delivery_url": knownvalue.ListExact([]knownvalue.Check{link}),
			"served_by":    knownvalue.StringExact("flex"),
		}},
		{"flex", flex, atlassim.FlexCluster, atlassim.FlexDownloadJobID, map[string]knownvalue.Check{
			"snapshot_url":  link,
			"delivery_type": knownvalue.StringExact("DOWNLOAD"),
			"status":        knownvalue.StringExact("COMPLETED"),
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var checks []statecheck.StateCheck
			for attribute, value := range tt.want {
				checks = append(checks, statecheck.ExpectKnownValue("echo.test", data(attribute), value))
			}
			resource.UnitTest(t, resource.TestCase{
				TerraformVersionChecks:   sinceEphemeral,
				ProtoV6ProviderFactories: providers,
				Steps:                    []resource.TestStep{{Config: config(atlassim.Start(t), tt.ephemeral, tt.cluster, tt.id, ""), ConfigStateChecks: checks}},
			})
		})
	}
}

// An ephemeral resource waits as the data source does.
func TestEphemeralResources_wait(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ ephemeral, cluster, id string }{
		{"atlasbackup_serverless_restore_job", atlassim.ServerlessInstance, atlassim.RunningJobID},
		{"atlasbackup_flex_restore_job", atlassim.FlexCluster, atlassim.FlexRunningJobID},
	} {
		t.Run(tt.ephemeral, func(t *testing.T) {
			t.Parallel()
			sim := atlassim.Start(t)
			const arguments = `
  wait_for_completion = true
  poll_interval       = "1s"
  timeouts            = { open = %q }`
			running := atlassim.RestoreJob{"id": tt.id}
			done := atlassim.RestoreJob{"id": tt.id, "finishedAt": "2025-11-14T22:17:52Z"}
			resource.UnitTest(t, resource.TestCase{
				TerraformVersionChecks:   sinceEphemeral,
				ProtoV6ProviderFactories: providers,
				Steps: []resource.TestStep{
					{
						Config:      config(sim, tt.ephemeral, tt.cluster, tt.id, fmt.Sprintf(arguments, "0s")),
						ExpectError: regexp.MustCompile(`timeouts.open is "0s"`),
					},
					{
						PreConfig:   func() { sim.Play(tt.id, running) },
						Config:      config(sim, tt.ephemeral, tt.cluster, tt.id, strings.Replace(fmt.Sprintf(arguments, "2s"), `"1s"`, `"1m"`, 1)),
						ExpectError: regexp.MustCompile(`Restore Job Timed Out`),
					},
					{
						PreConfig: func() { sim.Play(tt.id, running, running, done) },
						Config:    config(sim, tt.ephemeral, tt.cluster, tt.id, fmt.Sprintf(arguments, "10m")),
						ConfigStateChecks: []statecheck.StateCheck{
							statecheck.ExpectKnownValue("echo.test", data("status"), knownvalue.StringExact("COMPLETED")),
						},
					},
				},
			})
		})
	}
}

func TestEphemeralResources_errors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, ephemeral, cluster, id, want string }{
		{"invalid job", "atlasbackup_serverless_restore_job", atlassim.ServerlessInstance, "x", `restore_job_id is "x"`},
		{"unknown cluster", "atlasbackup_serverless_restore_job", "Invoices", atlassim.FinishedJobID, "Cluster Not Found"},
		{"unknown job", "atlasbackup_flex_restore_job", atlassim.FlexCluster, "6553f1a0c4d2e8b7a910ffff", "Restore Job Not Found"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			resource.UnitTest(t, resource.TestCase{
				TerraformVersionChecks:   sinceEphemeral,
				ProtoV6ProviderFactories: providers,
				Steps: []resource.TestStep{{
					Config:      config(atlassim.Start(t), tt.ephemeral, tt.cluster, tt.id, ""),
					ExpectError: regexp.MustCompile(regexp.QuoteMeta(tt.want)),
				}},
			})
		})
	}
}
