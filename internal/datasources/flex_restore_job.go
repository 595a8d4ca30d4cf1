package datasources

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/restorejob"
)

var _ datasource.DataSourceWithConfigure = (*flexRestoreJobDataSource)(nil)

// NewFlexRestoreJob returns the data source atlasbackup_flex_restore_job.
func NewFlexRestoreJob() datasource.DataSource {
	return &flexRestoreJobDataSource{}
}

type flexRestoreJobDataSource struct {
	base
}

func (d *flexRestoreJobDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_flex_restore_job"
}

func (d *flexRestoreJobDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads one backup restore job of a MongoDB Atlas Flex cluster, in Flex's own words, through the " +
			"[Flex restore job endpoint](https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/operation/operation-getflexbackuprestorejob) " +
			"of the Atlas Administration API. The Project Read Only role is enough. " +
			"A field for which Atlas has no value is null.",
		Attributes: restorejob.FlexAttributes(),
	}
}

func (d *flexRestoreJobDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data restorejob.FlexModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}
	want := data.Job()
	job, err := d.client.GetFlexRestoreJob(ctx, want.GroupID, want.ClusterName, want.RestoreJobID)
	if err != nil {
		resp.Diagnostics.Append(restorejob.Diagnostic(want, d.client.Credentials(), err))
		return
	}
	resp.Diagnostics.Append(restorejob.Deprecation(d.client)...)
	data.FromAPI(job)
	resp.Diagnostics.Append(resp.State.Set(ctx, &data)...)
}
