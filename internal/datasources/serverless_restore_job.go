package datasources

import (
	"context"

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

func (d *serverlessRestoreJobDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_serverless_restore_job"
}

func (d *serverlessRestoreJobDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads one backup restore job of a MongoDB Atlas serverless instance, or of the Flex or dedicated cluster that it has " +
			"become, in the words of the " +
			"[serverless restore job endpoint](https://www.mongodb.com/docs/api/doc/atlas-admin-api-v1/operation/operation-getserverlessbackuprestorejob) " +
			"of the Atlas Administration API. That needs the Project Owner role, the endpoint of Flex clusters Project Read Only, that of " +
			"dedicated clusters Project Backup Manager. A field for which Atlas has no value is null.",
		Attributes: restorejob.Attributes(),
	}
}

func (d *serverlessRestoreJobDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data restorejob.Model
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}
	want := data.Job()
	job, err := d.client.GetServerlessRestoreJob(ctx, want.GroupID, want.ClusterName, want.RestoreJobID)
	if err != nil {
		resp.Diagnostics.Append(restorejob.Diagnostic(want, d.client.Credentials(), err))
		return
	}
	resp.Diagnostics.Append(restorejob.Deprecation(d.client)...)
	data.FromAPI(job)
	resp.Diagnostics.Append(resp.State.Set(ctx, &data)...)
}
