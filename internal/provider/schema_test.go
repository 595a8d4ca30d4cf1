package provider_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	dsschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	eschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/provider"

	atlasbackup "github.com/atlasbackup/terraform-provider-atlasbackup/internal/provider"
)

// Every schema is valid, every attribute has a description of one sentence, and
// everything has an example.
func TestSchemas(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := atlasbackup.New("test")

	var schema provider.SchemaResponse
	p.Schema(ctx, provider.SchemaRequest{}, &schema)
	if diags := schema.Schema.ValidateImplementation(ctx); diags.HasError() {
		t.Error(diags)
	}
	for name, attribute := range schema.Schema.Attributes {
		checkDescription(t, name, attribute.GetMarkdownDescription())
	}
	checkExample(t, "provider/provider.tf")

	for _, newDataSource := range p.DataSources(ctx) {
		var metadata datasource.MetadataResponse
		newDataSource().Metadata(ctx, datasource.MetadataRequest{ProviderTypeName: "atlasbackup"}, &metadata)
		var schema datasource.SchemaResponse
		newDataSource().Schema(ctx, datasource.SchemaRequest{}, &schema)
		if diags := schema.Schema.ValidateImplementation(ctx); diags.HasError() {
			t.Error(diags)
		}
		checkDescription(t, metadata.TypeName, schema.Schema.MarkdownDescription)
		checkAttributes(t, metadata.TypeName, schema.Schema.Attributes)
		checkExample(t, filepath.Join("data-sources", metadata.TypeName, "data-source.tf"))
	}
	for _, newResource := range p.EphemeralResources(ctx) {
		var metadata ephemeral.MetadataResponse
		newResource().Metadata(ctx, ephemeral.MetadataRequest{ProviderTypeName: "atlasbackup"}, &metadata)
		var schema ephemeral.SchemaResponse
		newResource().Schema(ctx, ephemeral.SchemaRequest{}, &schema)
		if diags := schema.Schema.ValidateImplementation(ctx); diags.HasError() {
			t.Error(diags)
		}
		checkDescription(t, metadata.TypeName, schema.Schema.MarkdownDescription)
		checkAttributes(t, "ephemeral "+metadata.TypeName, schema.Schema.Attributes)
		checkExample(t, filepath.Join("ephemeral-resources", metadata.TypeName, "ephemeral-resource.tf"))
	}
}

type attribute interface {
	GetMarkdownDescription() string
	IsSensitive() bool
}

func checkAttributes[A attribute](t *testing.T, path string, attributes map[string]A) {
	t.Helper()
	for name, attribute := range attributes {
		name := path + "." + name
		checkDescription(t, name, attribute.GetMarkdownDescription())
		switch attribute := any(attribute).(type) {
		case dsschema.SingleNestedAttribute:
			checkAttributes(t, name, attribute.Attributes)
		case dsschema.ListNestedAttribute:
			checkAttributes(t, name, attribute.NestedObject.Attributes)
			for inner, a := range attribute.NestedObject.Attributes {
				if a.IsSensitive() { // the CLIs become quadratic
					t.Errorf("%s.%s is sensitive inside a list", name, inner)
				}
			}
		case eschema.SingleNestedAttribute:
			checkAttributes(t, name, attribute.Attributes)
		case eschema.ListNestedAttribute:
			checkAttributes(t, name, attribute.NestedObject.Attributes)
		}
		// Whoever has a link has the data.
		if isLink := strings.HasSuffix(name, "_url") || strings.HasSuffix(name, "_urls"); isLink != attribute.IsSensitive() {
			t.Errorf("%s: sensitive is %t", name, attribute.IsSensitive())
		}
	}
}

func checkDescription(t *testing.T, name, description string) {
	t.Helper()
	if !strings.HasSuffix(description, ".") {
		t.Errorf("%s: the description %q is no sentence", name, description)
	}
}

func checkExample(t *testing.T, file string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join("..", "..", "examples", file)); err != nil {
		t.Error(err)
	}
}

// An ephemeral resource has the attributes of the data source of its name.
func TestSchemas_ephemeral(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	type flags struct{ required, optional, computed, sensitive bool }
	dataSources := map[string]map[string]flags{}
	p := atlasbackup.New("test")
	for _, newDataSource := range p.DataSources(ctx) {
		var metadata datasource.MetadataResponse
		newDataSource().Metadata(ctx, datasource.MetadataRequest{ProviderTypeName: "atlasbackup"}, &metadata)
		var schema datasource.SchemaResponse
		newDataSource().Schema(ctx, datasource.SchemaRequest{}, &schema)
		dataSources[metadata.TypeName] = map[string]flags{}
		for name, a := range schema.Schema.Attributes {
			dataSources[metadata.TypeName][name] = flags{a.IsRequired(), a.IsOptional(), a.IsComputed(), a.IsSensitive()}
		}
	}
	for _, newResource := range p.EphemeralResources(ctx) {
		var metadata ephemeral.MetadataResponse
		newResource().Metadata(ctx, ephemeral.MetadataRequest{ProviderTypeName: "atlasbackup"}, &metadata)
		var schema ephemeral.SchemaResponse
		newResource().Schema(ctx, ephemeral.SchemaRequest{}, &schema)
		got := map[string]flags{}
		for name, a := range schema.Schema.Attributes {
			got[name] = flags{a.IsRequired(), a.IsOptional(), a.IsComputed(), a.IsSensitive()}
		}
		if diff := cmp.Diff(dataSources[metadata.TypeName], got, cmp.AllowUnexported(flags{})); diff != "" {
			t.Errorf("%s: %s", metadata.TypeName, diff)
		}
	}
}
