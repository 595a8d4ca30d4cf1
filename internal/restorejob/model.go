package restorejob

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
)

// Arguments name a restore job.
type Arguments struct {
	GroupID      types.String `tfsdk:"group_id"`
	ClusterName  types.String `tfsdk:"cluster_name"`
	RestoreJobID types.String `tfsdk:"restore_job_id"`
}

// Job says which restore job the arguments name.
func (a Arguments) Job() Job {
	return Job{
		GroupID:      a.GroupID.ValueString(),
		ClusterName:  a.ClusterName.ValueString(),
		RestoreJobID: a.RestoreJobID.ValueString(),
	}
}

// Model is a restore job as [Attributes] describes it.
type Model struct {
	Arguments
	Result
	DeliveryURL []string `tfsdk:"delivery_url"`
}

// FromAPI fills the computed attributes; the arguments stay as the user wrote them.
func (m *Model) FromAPI(job *atlas.ServerlessRestoreJob) {
	m.Result = ResultFromAPI(job)
	m.DeliveryURL = job.DeliveryURL
}

// Result is what is known of a restore job, less its download links. Nil is null.
type Result struct {
	ID                    *string        `tfsdk:"id"`
	Cancelled             *bool          `tfsdk:"cancelled"`
	DeliveryType          *string        `tfsdk:"delivery_type"`
	DesiredTimestamp      *bsonTimestamp `tfsdk:"desired_timestamp"`
	Expired               *bool          `tfsdk:"expired"`
	ExpiresAt             *string        `tfsdk:"expires_at"`
	Failed                *bool          `tfsdk:"failed"`
	FinishedAt            *string        `tfsdk:"finished_at"`
	Links                 []link         `tfsdk:"links"`
	OplogInc              *int64         `tfsdk:"oplog_inc"`
	OplogTs               *int64         `tfsdk:"oplog_ts"`
	PointInTimeUTCSeconds *int64         `tfsdk:"point_in_time_utc_seconds"`
	SnapshotID            *string        `tfsdk:"snapshot_id"`
	TargetClusterName     *string        `tfsdk:"target_cluster_name"`
	TargetGroupID         *string        `tfsdk:"target_group_id"`
	Timestamp             *string        `tfsdk:"timestamp"`
	Status                *string        `tfsdk:"status"`
	ServedBy              *string        `tfsdk:"served_by"`
}

type bsonTimestamp struct {
	Date      *string `tfsdk:"date"`
	Increment *int64  `tfsdk:"increment"`
}

type link struct {
	Href *string `tfsdk:"href"`
	Rel  *string `tfsdk:"rel"`
}

// ResultFromAPI is what the client gives, as attributes.
func ResultFromAPI(job *atlas.ServerlessRestoreJob) Result {
	result := Result{
		ID:                    orNull(job.ID),
		Cancelled:             job.Cancelled,
		DeliveryType:          orNull(job.DeliveryType),
		Expired:               job.Expired,
		ExpiresAt:             orNull(job.ExpiresAt),
		Failed:                job.Failed,
		FinishedAt:            orNull(job.FinishedAt),
		Links:                 linksFromAPI(job.Links),
		OplogInc:              job.OplogInc,
		OplogTs:               job.OplogTs,
		PointInTimeUTCSeconds: job.PointInTimeUTCSeconds,
		SnapshotID:            orNull(job.SnapshotID),
		TargetClusterName:     orNull(job.TargetClusterName),
		TargetGroupID:         orNull(job.TargetGroupID),
		Timestamp:             orNull(job.Timestamp),
		Status:                orNull(string(job.Status)),
		ServedBy:              orNull(string(job.ServedBy)),
	}
	if t := job.DesiredTimestamp; t != nil {
		result.DesiredTimestamp = &bsonTimestamp{Date: orNull(t.Date), Increment: t.Increment}
	}
	return result
}

func linksFromAPI(links []atlas.Link) []link {
	var result []link
	for _, l := range links {
		result = append(result, link{Href: orNull(l.Href), Rel: orNull(l.Rel)})
	}
	return result
}

// orNull is null for the string that the client has for no value.
func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
