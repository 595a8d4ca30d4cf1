// Package provider is the provider itself: it turns configuration into a client
// and lists what the provider offers.
package provider

import (
	"context"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/datasources"
)

var _ provider.ProviderWithValidateConfig = (*atlasBackupProvider)(nil)

// New returns a function that returns the provider, which calls itself version.
func New(version string) func() provider.Provider {
	return func() provider.Provider { return &atlasBackupProvider{version: version} }
}

type atlasBackupProvider struct {
	version string
}

func (p *atlasBackupProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "atlasbackup"
	resp.Version = p.version
}

func (p *atlasBackupProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads backup restore jobs of MongoDB Atlas serverless instances.",
		Attributes:          attributes(),
	}
}

func (p *atlasBackupProvider) ValidateConfig(ctx context.Context, req provider.ValidateConfigRequest, resp *provider.ValidateConfigResponse) {
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(validate(config)...)
}

// Configure makes the client, which opens no connection before its first read.
func (p *atlasBackupProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	clientConfig, diags := resolve(config, os.Getenv)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	clientConfig.UserAgent = "terraform-provider-atlasbackup/" + p.version + " Terraform/" + req.TerraformVersion
	resp.DataSourceData = atlas.NewClient(clientConfig)
}

func (p *atlasBackupProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		datasources.NewServerlessRestoreJob,
	}
}

func (p *atlasBackupProvider) Resources(context.Context) []func() resource.Resource { return nil }
