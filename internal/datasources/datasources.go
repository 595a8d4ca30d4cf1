// Package datasources holds the data sources, one to a file. They turn
// configuration into one call of the client, and its answer into state.
package datasources

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/restorejob"
)

// base gives a data source the client that the provider configured.
type base struct {
	client *atlas.Client
}

// Configure takes the client. It runs without one while Terraform validates.
func (b *base) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	client, diags := restorejob.Client(req.ProviderData)
	resp.Diagnostics.Append(diags...)
	b.client = client
}

// withTimeouts adds timeouts to the attributes of a data source that may wait.
func withTimeouts(ctx context.Context, attributes map[string]schema.Attribute) map[string]schema.Attribute {
	attribute, ok := timeouts.Attributes(ctx).(schema.SingleNestedAttribute)
	if !ok {
		return attributes
	}
	attribute.MarkdownDescription = "Time limits."
	if read, ok := attribute.Attributes["read"].(schema.StringAttribute); ok {
		read.Description, read.Validators = "", []validator.String{restorejob.DurationAtLeast(time.Second)}
		read.MarkdownDescription = "How long reading may take, waiting included, a duration of at least `1s` such as `90m`, by default `60m`; any other key is ignored."
		attribute.Attributes["read"] = read
	}
	attributes["timeouts"] = attribute
	return attributes
}

// withType is a nested object that knows its type. Without, the framework puts the
// type together again for each value of a list, a fifth of the time of a long one.
func withType(attributes map[string]schema.Attribute) schema.NestedAttributeObject {
	object := schema.NestedAttributeObject{Attributes: attributes}
	object.CustomType = object.Type()
	return object
}
