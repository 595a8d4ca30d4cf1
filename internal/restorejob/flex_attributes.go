package restorejob

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
)

// FlexAttributes returns the arguments that name a restore job of a Flex cluster,
// and what is known of it under the API's own names.
func FlexAttributes() map[string]schema.Attribute {
	attributes := FlexResultAttributes()
	maps.Copy(attributes, ClusterArguments("Flex cluster"))
	maps.Copy(attributes, waitAttributes())
	attributes["restore_job_id"] = restoreJobIDArgument()
	attributes["snapshot_url"] = schema.StringAttribute{
		Computed:  true,
		Sensitive: true,
		MarkdownDescription: "Download link of the compressed snapshot, with `delivery_type` `DOWNLOAD`. " +
			"Whoever has the link has the data: a data source stores it in the state and in saved plans.",
	}
	return attributes
}

// FlexResultAttributes returns what is known of a restore job of a Flex cluster,
// less its download link.
func FlexResultAttributes() map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{"links": linksAttribute()}
	for name, description := range map[string]string{
		"delivery_type":               "How the snapshot is restored: `RESTORE` or `DOWNLOAD`.",
		"expiration_date":             "Date and time when the download link expires, ISO 8601 in UTC.",
		"id":                          "ID of the restore job, as Atlas answered it.",
		"instance_name":               "Name of the Flex cluster whose snapshot is restored.",
		"project_id":                  "ID of the project of the Flex cluster.",
		"restore_finished_date":       "Date and time when the restore completed, ISO 8601 in UTC.",
		"restore_scheduled_date":      "Date and time when the restore is to begin, ISO 8601 in UTC.",
		"snapshot_finished_date":      "Date and time when the snapshot was taken, ISO 8601 in UTC.",
		"snapshot_id":                 "ID of the snapshot that is restored.",
		"status":                      "How far the restore job is, in Atlas's own words: `PENDING`, `QUEUED`, `RUNNING`, `FAILED` or `COMPLETED`.",
		"target_deployment_item_name": "Name of the cluster that the snapshot is restored to; a download has none.",
		"target_project_id":           "ID of the project of the cluster that the snapshot is restored to; a download has none.",
	} {
		attributes[name] = schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	return attributes
}
