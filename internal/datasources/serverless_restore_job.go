package datasources

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/restorejob"
)

var _ datasource.DataSourceWithConfigure = (*serverlessRestoreJobDataSource)(nil)

// NewServerlessRestoreJob returns the data source atlasbackup_serverless_restore_job.
func NewServerlessRestoreJob() datasource.DataSource {
	return &serverlessRestoreJobDataSource{}
}

type serverlessRestoreJobDataSource struct {
	base
}

type serverlessRestoreJobModel struct {
	restorejob.Model
	restorejob.Wait
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

func (d *serverlessRestoreJobDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_serverless_restore_job"
}

func (d *serverlessRestoreJobDataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads one backup restore job of a MongoDB Atlas serverless instance, or of the Flex or dedicated cluster that it has " +
			"become, in the words of the " +
			"[serverless restore job endpoint](https://www.mongodb.com/docs/api/doc/atlas-admin-api-v1/operation/operation-getserverlessbackuprestorejob) " +
			"of the Atlas Administration API. That needs the Project Owner role, the endpoint of Flex clusters Project Read Only, that of " +
			"dedicated clusters Project Backup Manager. A field for which Atlas has no value is null.",
		Attributes: withTimeouts(ctx, restorejob.Attributes()),
	}
}

func (d *serverlessRestoreJobDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data serverlessRestoreJobModel
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
