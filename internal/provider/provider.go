// Package provider is the provider itself: it turns configuration into a client
// and lists what the provider offers.
package provider

import (
	"context"
	"os"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/datasources"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/ephemerals"
)

var (
	_ provider.ProviderWithValidateConfig     = (*Provider)(nil)
	_ provider.ProviderWithEphemeralResources = (*Provider)(nil)
)

// Provider is the provider atlasbackup.
type Provider struct {
	version string

	mu      sync.Mutex
	clients []*atlas.Client
}

// New returns the provider, which calls itself version.
func New(version string) *Provider {
	return &Provider{version: version}
}

// Close gives back what the provider's clients hold at Atlas, as well as it can
// before ctx ends.
func (p *Provider) Close(ctx context.Context) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all sync.WaitGroup
	for _, client := range p.clients {
		all.Go(func() { client.Close(ctx) })
	}
	all.Wait()
}

// Metadata names the provider.
func (p *Provider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "atlasbackup"
	resp.Version = p.version
}

// Schema describes the provider block.
func (p *Provider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads backup restore jobs of MongoDB Atlas serverless instances, and of the Flex and dedicated clusters that they have become.",
		Attributes:          attributes(),
	}
}

// ValidateConfig finds what is wrong with the block whatever the environment holds.
func (p *Provider) ValidateConfig(ctx context.Context, req provider.ValidateConfigRequest, resp *provider.ValidateConfigResponse) {
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(validate(config)...)
}

// Configure makes the client, which opens no connection before its first read.
func (p *Provider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
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
	clientConfig.Log = logRequest
	client := atlas.NewClient(clientConfig)
	p.mu.Lock()
	p.clients = append(p.clients, client)
	p.mu.Unlock()
	resp.DataSourceData = client
	resp.EphemeralResourceData = client
}

// logRequest writes the client's log lines, which TF_LOG shows under "atlas".
func logRequest(ctx context.Context, message string, fields map[string]any) {
	const subsystem = "atlas"
	tflog.SubsystemDebug(tflog.NewSubsystem(ctx, subsystem), subsystem, message, fields)
}

// DataSources lists the data sources.
func (p *Provider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		datasources.NewServerlessRestoreJob,
		datasources.NewServerlessRestoreJobs,
		datasources.NewFlexRestoreJob,
		datasources.NewFlexRestoreJobs,
	}
}

// EphemeralResources lists the ephemeral resources.
func (p *Provider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		ephemerals.NewServerlessRestoreJob,
		ephemerals.NewFlexRestoreJob,
	}
}

// Resources lists no resources: the provider is read-only.
func (p *Provider) Resources(context.Context) []func() resource.Resource { return nil }
