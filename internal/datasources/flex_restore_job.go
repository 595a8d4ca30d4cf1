package datasources

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
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

type flexRestoreJobModel struct {
	restorejob.FlexModel
	restorejob.Wait
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

func (d *flexRestoreJobDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_flex_restore_job"
}

func (d *flexRestoreJobDataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads one backup restore job of a MongoDB Atlas Flex cluster, in Flex's own words, through the " +
			"[Flex restore job endpoint](https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/operation/operation-getflexbackuprestorejob) " +
			"of the Atlas Administration API. The Project Read Only role is enough. " +
			"A field for which Atlas has no value is null.",
		Attributes: withTimeouts(ctx, restorejob.FlexAttributes()),
	}
}

func (d *flexRestoreJobDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data flexRestoreJobModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}
	limit, diags := data.Timeouts.Read(ctx, restorejob.DefaultTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(data.Load(ctx, d.client, data.Wait, limit)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &data)...)
}
