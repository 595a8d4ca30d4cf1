// Package ephemerals holds the ephemeral resources, one to a file: they read what
// the data sources of the same name read, and leave nothing of it in state or plan.
package ephemerals

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/ephemeral/timeouts"
	dsschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/restorejob"
)

// base gives an ephemeral resource the client that the provider configured.
type base struct {
	client *atlas.Client
}

// Configure takes the client. It runs without one while Terraform validates.
func (b *base) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	client, diags := restorejob.Client(req.ProviderData)
	resp.Diagnostics.Append(diags...)
	b.client = client
}

// attributes are those of a data source, and timeouts.
func attributes(ctx context.Context, from map[string]dsschema.Attribute) map[string]schema.Attribute {
	to := convert(from)
	to["timeouts"] = timeoutsAttribute(ctx)
	return to
}

func timeoutsAttribute(ctx context.Context) schema.Attribute {
	const description = "How long opening may take, waiting included, a duration of at least `1s` such as `90m`, by default `60m`; any other key is ignored."
	attribute, ok := timeouts.Attributes(ctx).(schema.SingleNestedAttribute)
	if !ok {
		return timeouts.Attributes(ctx)
	}
	attribute.MarkdownDescription = "Time limits."
	if open, ok := attribute.Attributes["open"].(schema.StringAttribute); ok {
		open.Description, open.MarkdownDescription = "", description
		open.Validators = []validator.String{restorejob.DurationAtLeast(time.Second)}
		attribute.Attributes["open"] = open
	}
	return attribute
}

// convert makes attributes of an ephemeral resource of those of a data source,
// which the framework gives types of their own.
func convert(from map[string]dsschema.Attribute) map[string]schema.Attribute {
	to := map[string]schema.Attribute{}
	for name, attribute := range from {
		switch a := attribute.(type) {
		case dsschema.StringAttribute:
			to[name] = schema.StringAttribute{
				Required: a.Required, Optional: a.Optional, Computed: a.Computed, Sensitive: a.Sensitive,
				MarkdownDescription: a.MarkdownDescription, Validators: a.Validators,
			}
		case dsschema.BoolAttribute:
			to[name] = schema.BoolAttribute{
				Optional: a.Optional, Computed: a.Computed, MarkdownDescription: a.MarkdownDescription,
			}
		case dsschema.Int64Attribute:
			to[name] = schema.Int64Attribute{Computed: a.Computed, MarkdownDescription: a.MarkdownDescription}
		case dsschema.ListAttribute:
			to[name] = schema.ListAttribute{
				Computed: a.Computed, Sensitive: a.Sensitive, ElementType: a.ElementType, MarkdownDescription: a.MarkdownDescription,
			}
		case dsschema.SingleNestedAttribute:
			to[name] = schema.SingleNestedAttribute{
				Computed: a.Computed, MarkdownDescription: a.MarkdownDescription, Attributes: convert(a.Attributes),
			}
		case dsschema.ListNestedAttribute:
			to[name] = schema.ListNestedAttribute{
				Computed: a.Computed, MarkdownDescription: a.MarkdownDescription,
				NestedObject: schema.NestedAttributeObject{Attributes: convert(a.NestedObject.Attributes)},
			}
		}
	}
	return to
}
