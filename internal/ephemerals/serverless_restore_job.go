package ephemerals

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/ephemeral/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/restorejob"
)

var _ ephemeral.EphemeralResourceWithConfigure = (*serverlessRestoreJobEphemeralResource)(nil)

// NewServerlessRestoreJob returns the ephemeral resource atlasbackup_serverless_restore_job.
func NewServerlessRestoreJob() ephemeral.EphemeralResource {
	return &serverlessRestoreJobEphemeralResource{}
}

type serverlessRestoreJobEphemeralResource struct {
	base
}

type serverlessRestoreJobModel struct {
	restorejob.Model
	restorejob.Wait
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

func (e *serverlessRestoreJobEphemeralResource) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_serverless_restore_job"
}

func (e *serverlessRestoreJobEphemeralResource) Schema(ctx context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads one backup restore job as the data source `atlasbackup_serverless_restore_job` does, and leaves nothing of it in state or plan, not even a download link. Terraform opens it at plan and again at apply, so waiting happens at plan. The `output` of a `terraform_data` does not keep a value sensitive: hand links to provisioners.",
		Attributes:          attributes(ctx, restorejob.Attributes()),
	}
}

func (e *serverlessRestoreJobEphemeralResource) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var data serverlessRestoreJobModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}
	limit, diags := data.Timeouts.Open(ctx, restorejob.DefaultTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(data.Load(ctx, e.client, data.Wait, limit)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.Result.Set(ctx, &data)...)
}
