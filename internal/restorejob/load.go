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
	job, err := wait(ctx, w, limit, want, func(ctx context.Context) (look[*atlas.ServerlessRestoreJob], error) {
		job, err := client.GetServerlessRestoreJob(ctx, want.GroupID, want.ClusterName, want.RestoreJobID)
		if err != nil {
			return look[*atlas.ServerlessRestoreJob]{}, err
		}
		return look[*atlas.ServerlessRestoreJob]{job, job.Status != atlas.StatusInProgress, string(job.Status)}, nil
	})
	if err != nil {
		return diag.Diagnostics{Diagnostic(want, client.Credentials(), err)}
	}
	m.FromAPI(job)
	return Deprecation(client)
}

// Load is that of [Model], for a Flex cluster.
func (m *FlexModel) Load(ctx context.Context, client *atlas.Client, w Wait, limit time.Duration) diag.Diagnostics {
	want := m.Job()
	job, err := wait(ctx, w, limit, want, func(ctx context.Context) (look[*atlas.FlexRestoreJob], error) {
		job, err := client.GetFlexRestoreJob(ctx, want.GroupID, want.ClusterName, want.RestoreJobID)
		if err != nil {
			return look[*atlas.FlexRestoreJob]{}, err
		}
		return look[*atlas.FlexRestoreJob]{job, job.Progress() != atlas.StatusInProgress, job.Status}, nil
	})
	if err != nil {
		return diag.Diagnostics{Diagnostic(want, client.Credentials(), err)}
	}
	m.FromAPI(job)
	return Deprecation(client)
}
