package ephemerals

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/ephemeral/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/restorejob"
)

var _ ephemeral.EphemeralResourceWithConfigure = (*flexRestoreJobEphemeralResource)(nil)

// NewFlexRestoreJob returns the ephemeral resource atlasbackup_flex_restore_job.
func NewFlexRestoreJob() ephemeral.EphemeralResource {
	return &flexRestoreJobEphemeralResource{}
}

type flexRestoreJobEphemeralResource struct {
	base
}

type flexRestoreJobModel struct {
	restorejob.FlexModel
	restorejob.Wait
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

func (e *flexRestoreJobEphemeralResource) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_flex_restore_job"
}

func (e *flexRestoreJobEphemeralResource) Schema(ctx context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads one backup restore job of a Flex cluster as the data source `atlasbackup_flex_restore_job` does, and leaves nothing of it in state or plan, not even a download link. Terraform opens it at plan and again at apply, so waiting happens at plan. The `output` of a `terraform_data` does not keep a value sensitive: hand links to provisioners.",
		Attributes:          attributes(ctx, restorejob.FlexAttributes()),
	}
}

func (e *flexRestoreJobEphemeralResource) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var data flexRestoreJobModel
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
