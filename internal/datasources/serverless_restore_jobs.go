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

var _ datasource.DataSourceWithConfigure = (*serverlessRestoreJobsDataSource)(nil)

// NewServerlessRestoreJobs returns the data source atlasbackup_serverless_restore_jobs.
func NewServerlessRestoreJobs() datasource.DataSource {
	return &serverlessRestoreJobsDataSource{}
}

type serverlessRestoreJobsDataSource struct {
	base
}

type serverlessRestoreJobsModel struct {
	restorejob.ListArguments
	Results      []restorejob.Result `tfsdk:"results"`
	DeliveryURLs map[string][]string `tfsdk:"delivery_urls"`
}

func (d *serverlessRestoreJobsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_serverless_restore_jobs"
}

func (d *serverlessRestoreJobsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the backup restore jobs of a MongoDB Atlas serverless instance, or of the Flex or dedicated cluster that it " +
			"has become, the newest first. The serverless API needs the Project Owner role, that of Flex clusters Project Read Only, that of " +
			"dedicated clusters Project Backup Manager.",
		Attributes: restorejob.ListArgumentAttributes("serverless instance",
			[]string{"automated", "download", "pointInTime"},
			[]string{string(atlas.StatusFailed), string(atlas.StatusCancelled), string(atlas.StatusExpired), string(atlas.StatusCompleted), string(atlas.StatusInProgress)}),
	}
	maps.Copy(resp.Schema.Attributes, map[string]schema.Attribute{
		"results": schema.ListNestedAttribute{
			Computed:            true,
			MarkdownDescription: "The restore jobs, the newest first; empty if there are none.",
			NestedObject:        withType(restorejob.ResultAttributes()),
		},
		"delivery_urls": schema.MapAttribute{
			Computed:    true,
			Sensitive:   true,
			ElementType: types.ListType{ElemType: types.StringType},
			MarkdownDescription: "Download links by the ID of the restore job, of those that have any. Whoever has a link has the data: " +
				"they are stored in the state and in saved plans.",
		},
	})
}

func (d *serverlessRestoreJobsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data serverlessRestoreJobsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}
	want := data.Jobs()
	options := atlas.ListOptions[atlas.ServerlessRestoreJob]{MaxResults: int(data.MaxResults.ValueInt64())}
	if data.HasFilter() {
		options.Match = func(j *atlas.ServerlessRestoreJob) bool {
			return data.Matches(j.DeliveryType, string(j.Status), j.SnapshotID)
		}
	}
	jobs, err := d.client.ListServerlessRestoreJobs(ctx, want.GroupID, want.ClusterName, options)
	if err != nil {
		resp.Diagnostics.Append(restorejob.Diagnostic(want, d.client.Credentials(), err))
		return
	}
	resp.Diagnostics.Append(restorejob.Deprecation(d.client)...)
	data.Results = make([]restorejob.Result, len(jobs))
	data.DeliveryURLs = map[string][]string{}
	for i := range jobs {
		data.Results[i] = restorejob.ResultFromAPI(&jobs[i])
		if urls := jobs[i].DeliveryURL; len(urls) > 0 {
			data.DeliveryURLs[jobs[i].ID] = urls
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &data)...)
}
