package restorejob

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
)

// Model is a restore job as [Attributes] describes it.
type Model struct {
	GroupID      types.String `tfsdk:"group_id"`
	ClusterName  types.String `tfsdk:"cluster_name"`
	RestoreJobID types.String `tfsdk:"restore_job_id"`

	// Computed: nil is null.
	ID                    *string        `tfsdk:"id"`
	Cancelled             *bool          `tfsdk:"cancelled"`
	DeliveryType          *string        `tfsdk:"delivery_type"`
	DeliveryURL           []string       `tfsdk:"delivery_url"`
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

// Job says which restore job the arguments name.
func (m *Model) Job() Job {
	return Job{
		GroupID:      m.GroupID.ValueString(),
		ClusterName:  m.ClusterName.ValueString(),
		RestoreJobID: m.RestoreJobID.ValueString(),
	}
}

// FromAPI fills the computed attributes; the arguments stay as the user wrote them.
func (m *Model) FromAPI(job *atlas.ServerlessRestoreJob) {
	m.ID = orNull(job.ID)
	m.Cancelled = job.Cancelled
	m.DeliveryType = orNull(job.DeliveryType)
	m.DeliveryURL = job.DeliveryURL
	m.DesiredTimestamp = nil
	if t := job.DesiredTimestamp; t != nil {
		m.DesiredTimestamp = &bsonTimestamp{Date: orNull(t.Date), Increment: t.Increment}
	}
	m.Expired = job.Expired
	m.ExpiresAt = orNull(job.ExpiresAt)
	m.Failed = job.Failed
	m.FinishedAt = orNull(job.FinishedAt)
	m.Links = nil
	for _, l := range job.Links {
		m.Links = append(m.Links, link{Href: orNull(l.Href), Rel: orNull(l.Rel)})
	}
	m.OplogInc = job.OplogInc
	m.OplogTs = job.OplogTs
	m.PointInTimeUTCSeconds = job.PointInTimeUTCSeconds
	m.SnapshotID = orNull(job.SnapshotID)
	m.TargetClusterName = orNull(job.TargetClusterName)
	m.TargetGroupID = orNull(job.TargetGroupID)
	m.Timestamp = orNull(job.Timestamp)
	m.Status = orNull(string(job.Status))
	m.ServedBy = orNull(string(job.ServedBy))
}

// orNull is null for the string that the client has for no value.
func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
