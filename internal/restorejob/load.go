package restorejob

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
)

// Load fills the model with the restore job that its arguments name, after
// waiting for it if wait asks to. It takes no longer than limit.
func (m *Model) Load(ctx context.Context, client *atlas.Client, w Wait, limit time.Duration) diag.Diagnostics {
	want := m.Job()
	job, err := wait(ctx, w, limit,
		func(ctx context.Context) (*atlas.ServerlessRestoreJob, error) {
			return client.GetServerlessRestoreJob(ctx, want.GroupID, want.ClusterName, want.RestoreJobID)
		},
		func(job *atlas.ServerlessRestoreJob) atlas.Status { return job.Status })
	if err != nil {
		return diag.Diagnostics{Diagnostic(want, client.Credentials(), err)}
	}
	m.FromAPI(job)
	return Deprecation(client)
}

// Load is that of [Model], for a Flex cluster.
func (m *FlexModel) Load(ctx context.Context, client *atlas.Client, w Wait, limit time.Duration) diag.Diagnostics {
	want := m.Job()
	job, err := wait(ctx, w, limit,
		func(ctx context.Context) (*atlas.FlexRestoreJob, error) {
			return client.GetFlexRestoreJob(ctx, want.GroupID, want.ClusterName, want.RestoreJobID)
		},
		(*atlas.FlexRestoreJob).Progress)
	if err != nil {
		return diag.Diagnostics{Diagnostic(want, client.Credentials(), err)}
	}
	m.FromAPI(job)
	return Deprecation(client)
}
