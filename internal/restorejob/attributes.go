// Package restorejob is what everything that reads a restore job shares: its
// attributes, how they come from the client's job, and what its errors say.
package restorejob

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Attributes returns the arguments that name a restore job, and what is known of
// it under the API's own names.
func Attributes() map[string]schema.Attribute {
	attributes := ResultAttributes()
	maps.Copy(attributes, ClusterArguments("serverless instance"))
	maps.Copy(attributes, waitAttributes())
	attributes["restore_job_id"] = restoreJobIDArgument()
	attributes["delivery_url"] = schema.ListAttribute{
		Computed:    true,
		Sensitive:   true,
		ElementType: types.StringType,
		MarkdownDescription: "Download links of the compressed snapshot, with `delivery_type` `download`. " +
			"Whoever has a link has the data: a data source stores it in the state and in saved plans.",
	}
	return attributes
}

// ClusterArguments returns the arguments that name a cluster of a kind.
func ClusterArguments(kind string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"group_id": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "ID of the project (the API calls projects groups): 24 characters of `0-9` and `a-f`, " +
				"as the project's settings in Atlas show it.",
			Validators: []validator.String{projectID},
		},
		"cluster_name": schema.StringAttribute{
			Required:            true,
			MarkdownDescription: "Name of the " + kind + " whose snapshot was restored: letters, digits and hyphens.",
			Validators:          []validator.String{clusterName},
		},
	}
}

func restoreJobIDArgument() schema.Attribute {
	return schema.StringAttribute{
		Required: true,
		MarkdownDescription: "ID of the restore job: 24 characters of `0-9` and `a-f`, " +
			"as the answer shows it that started the restore.",
		Validators: []validator.String{restoreJobID},
	}
}

// ResultAttributes returns what is known of a restore job, less its download links.
func ResultAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "ID of the restore job, as Atlas answered it.",
		},
		"cancelled": schema.BoolAttribute{
			Computed:            true,
			MarkdownDescription: "Whether someone cancelled the restore job; Flex clusters do not say.",
		},
		"delivery_type": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "How the snapshot is restored: `automated`, `download` or `pointInTime`.",
		},
		"desired_timestamp": schema.SingleNestedAttribute{
			Computed:            true,
			MarkdownDescription: "BSON timestamp of the oplog entry that the restore goes to.",
			Attributes: map[string]schema.Attribute{
				"date": schema.StringAttribute{
					Computed:            true,
					MarkdownDescription: "Date and time of the oplog entry, ISO 8601 in UTC.",
				},
				"increment": schema.Int64Attribute{
					Computed:            true,
					MarkdownDescription: "Position of the oplog entry among those of the same second.",
				},
			},
		},
		"expired": schema.BoolAttribute{
			Computed:            true,
			MarkdownDescription: "Whether the restore job expired; Flex clusters do not say.",
		},
		"expires_at": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "Date and time when the restore job expires, ISO 8601 in UTC.",
		},
		"failed": schema.BoolAttribute{
			Computed:            true,
			MarkdownDescription: "Whether the restore job failed.",
		},
		"finished_at": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "Date and time when the restore job completed, ISO 8601 in UTC; a download may never have one.",
		},
		"links": linksAttribute(),
		"oplog_inc": schema.Int64Attribute{
			Computed:            true,
			MarkdownDescription: "Second part of the oplog timestamp that the restore goes to, with `delivery_type` `pointInTime`.",
		},
		"oplog_ts": schema.Int64Attribute{
			Computed: true,
			MarkdownDescription: "First part of the oplog timestamp that the restore goes to, in seconds since the UNIX epoch, " +
				"with `delivery_type` `pointInTime`.",
		},
		"point_in_time_utc_seconds": schema.Int64Attribute{
			Computed: true,
			MarkdownDescription: "Moment that the restore goes to, in seconds since the UNIX epoch, " +
				"with `delivery_type` `pointInTime`.",
		},
		"snapshot_id": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "ID of the snapshot that is restored.",
		},
		"target_cluster_name": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "Name of the cluster that the snapshot is restored to; a download has none.",
		},
		"target_group_id": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "ID of the project of the cluster that the snapshot is restored to; a download has none.",
		},
		"timestamp": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "Date and time when the snapshot was taken, ISO 8601 in UTC.",
		},
		"status": schema.StringAttribute{
			Computed: true,
			MarkdownDescription: "How far the restore job is, the first of these that holds: `FAILED`, `CANCELLED`, `EXPIRED`, " +
				"`COMPLETED` (it has a `finished_at`, or is a download and has a link), `IN_PROGRESS`; the provider derives it, for a Flex cluster from Flex's own status.",
		},
		"served_by": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "Which of the API's endpoints served the restore job: `serverless`, `flex` or `cluster` (dedicated).",
		},
	}
}

func linksAttribute() schema.Attribute {
	return schema.ListNestedAttribute{
		Computed:            true,
		MarkdownDescription: "Related resources of the Atlas Administration API (RFC 5988).",
		NestedObject: schema.NestedAttributeObject{
			Attributes: map[string]schema.Attribute{
				"href": schema.StringAttribute{
					Computed:            true,
					MarkdownDescription: "URL of the related resource.",
				},
				"rel": schema.StringAttribute{
					Computed:            true,
					MarkdownDescription: "What the related resource is to the restore job, such as `self`.",
				},
			},
		},
	}
}
