package restorejob

import "github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"

// FlexModel is a restore job of a Flex cluster as [FlexAttributes] describes it.
type FlexModel struct {
	Arguments
	FlexResult
	SnapshotURL *string `tfsdk:"snapshot_url"`
}

// Job says which restore job the arguments name.
func (m *FlexModel) Job() Job {
	job := m.Arguments.Job()
	job.Flex = true
	return job
}

// FromAPI fills the computed attributes; the arguments stay as the user wrote them.
func (m *FlexModel) FromAPI(job *atlas.FlexRestoreJob) {
	m.FlexResult = FlexResultFromAPI(job)
	m.SnapshotURL = orNull(job.SnapshotURL)
}

// FlexResult is what is known of a restore job of a Flex cluster, less its
// download link. Nil is null.
type FlexResult struct {
	DeliveryType             *string `tfsdk:"delivery_type"`
	ExpirationDate           *string `tfsdk:"expiration_date"`
	ID                       *string `tfsdk:"id"`
	InstanceName             *string `tfsdk:"instance_name"`
	Links                    []link  `tfsdk:"links"`
	ProjectID                *string `tfsdk:"project_id"`
	RestoreFinishedDate      *string `tfsdk:"restore_finished_date"`
	RestoreScheduledDate     *string `tfsdk:"restore_scheduled_date"`
	SnapshotFinishedDate     *string `tfsdk:"snapshot_finished_date"`
	SnapshotID               *string `tfsdk:"snapshot_id"`
	Status                   *string `tfsdk:"status"`
	TargetDeploymentItemName *string `tfsdk:"target_deployment_item_name"`
	TargetProjectID          *string `tfsdk:"target_project_id"`
}

// FlexResultFromAPI is what the client gives, as attributes.
func FlexResultFromAPI(job *atlas.FlexRestoreJob) FlexResult {
	return FlexResult{
		DeliveryType:             orNull(job.DeliveryType),
		ExpirationDate:           orNull(job.ExpirationDate),
		ID:                       orNull(job.ID),
		InstanceName:             orNull(job.InstanceName),
		Links:                    linksFromAPI(job.Links),
		ProjectID:                orNull(job.ProjectID),
		RestoreFinishedDate:      orNull(job.RestoreFinishedDate),
		RestoreScheduledDate:     orNull(job.RestoreScheduledDate),
		SnapshotFinishedDate:     orNull(job.SnapshotFinishedDate),
		SnapshotID:               orNull(job.SnapshotID),
		Status:                   orNull(job.Status),
		TargetDeploymentItemName: orNull(job.TargetDeploymentItemName),
		TargetProjectID:          orNull(job.TargetProjectID),
	}
}
