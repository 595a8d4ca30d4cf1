package datasources

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/restorejob"
)

var _ datasource.DataSourceWithConfigure = (*flexRestoreJobsDataSource)(nil)

// NewFlexRestoreJobs returns the data source atlasbackup_flex_restore_jobs.
func NewFlexRestoreJobs() datasource.DataSource {
	return &flexRestoreJobsDataSource{}
}

type flexRestoreJobsDataSource struct {
	base
}

type flexRestoreJobsModel struct {
	restorejob.ListArguments
	Results      []restorejob.FlexResult `tfsdk:"results"`
	SnapshotURLs map[string]string       `tfsdk:"snapshot_urls"`
}

func (d *flexRestoreJobsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_flex_restore_jobs"
}

func (d *flexRestoreJobsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the backup restore jobs of a MongoDB Atlas Flex cluster, in Flex's own words, the newest first. " +
			"The Project Read Only role is enough.",
		Attributes: restorejob.ListArgumentAttributes("Flex cluster",
			[]string{"RESTORE", "DOWNLOAD"}, []string{"PENDING", "QUEUED", "RUNNING", "FAILED", "COMPLETED"}),
	}
	maps.Copy(resp.Schema.Attributes, map[string]schema.Attribute{
		"results": schema.ListNestedAttribute{
			Computed:            true,
			MarkdownDescription: "The restore jobs, the newest first; empty if there are none.",
			NestedObject:        withType(restorejob.FlexResultAttributes()),
		},
		"snapshot_urls": schema.MapAttribute{
			Computed:    true,
			Sensitive:   true,
			ElementType: types.StringType,
			MarkdownDescription: "Download links by the ID of the restore job, of those that have one. Whoever has a link has the data: " +
				"they are stored in the state and in saved plans.",
		},
	})
}

func (d *flexRestoreJobsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data flexRestoreJobsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}
	want := data.Jobs()
	want.Flex = true
	options := atlas.ListOptions[atlas.FlexRestoreJob]{MaxResults: int(data.MaxResults.ValueInt64())}
	if data.HasFilter() {
		options.Match = func(j *atlas.FlexRestoreJob) bool { return data.Matches(j.DeliveryType, j.Status, j.SnapshotID) }
	}
	jobs, err := d.client.ListFlexRestoreJobs(ctx, want.GroupID, want.ClusterName, options)
	if err != nil {
		resp.Diagnostics.Append(restorejob.Diagnostic(want, d.client.Credentials(), err))
		return
	}
	resp.Diagnostics.Append(restorejob.Deprecation(d.client)...)
	data.Results = make([]restorejob.FlexResult, len(jobs))
	data.SnapshotURLs = map[string]string{}
	for i := range jobs {
		data.Results[i] = restorejob.FlexResultFromAPI(&jobs[i])
		if link := jobs[i].SnapshotURL; link != "" {
			data.SnapshotURLs[jobs[i].ID] = link
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &data)...)
}
