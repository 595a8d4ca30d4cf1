package provider

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// model is the provider block as the user wrote it.
type model struct {
	PublicKey      types.String `tfsdk:"public_key"`
	PrivateKey     types.String `tfsdk:"private_key"`
	ClientID       types.String `tfsdk:"client_id"`
	ClientSecret   types.String `tfsdk:"client_secret"`
	AccessToken    types.String `tfsdk:"access_token"`
	BaseURL        types.String `tfsdk:"base_url"`
	ServerlessAPI  types.String `tfsdk:"serverless_api"`
	MaxRetries     types.Int64  `tfsdk:"max_retries"`
	RequestTimeout types.String `tfsdk:"request_timeout"`
	Envelope       types.Bool   `tfsdk:"envelope"`
	Pretty         types.Bool   `tfsdk:"pretty"`
}

func attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"public_key": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Public key of an API key, used with `private_key`." + fromEnvironment(publicKey),
		},
		"private_key": schema.StringAttribute{
			Optional:            true,
			Sensitive:           true,
			MarkdownDescription: "Private key of an API key, used with `public_key`." + fromEnvironment(privateKey),
		},
		"client_id": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Client ID of a service account, used with `client_secret`." + fromEnvironment(clientID),
		},
		"client_secret": schema.StringAttribute{
			Optional:            true,
			Sensitive:           true,
			MarkdownDescription: "Client secret of a service account, used with `client_id`." + fromEnvironment(clientSecret),
		},
		"access_token": schema.StringAttribute{
			Optional:            true,
			Sensitive:           true,
			MarkdownDescription: "Bearer token of a service account that was made elsewhere and that the provider does not renew." + fromEnvironment(accessToken),
		},
		"base_url": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "URL of Atlas, where credentials are sent, by default `https://cloud.mongodb.com` " +
				"(US government: `https://cloud.mongodbgov.com`); plain `http` is for a loopback address only." + fromEnvironment(baseURL),
		},
		"serverless_api": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Where to look for restore jobs of serverless instances: `auto` (the default) asks the serverless API, then that of " +
				"Flex clusters, then that of dedicated clusters, until one serves them; `serverless`, `flex` and `cluster` ask that one alone." + fromEnvironment(serverlessAPI),
		},
		"max_retries": schema.Int64Attribute{
			Optional: true,
			MarkdownDescription: "How often a request is tried again after a failure that may pass, such as a dropped connection, a rate limit or " +
				"an outage, from `0` to `20`, by default `4`.",
			Validators: []validator.Int64{int64validator.Between(0, 20)},
		},
		"request_timeout": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "How long one attempt of an HTTP request may take, a duration such as `45s` or `1m30s`, by default `30s`; to connect and to agree on TLS it gets 10 seconds each.",
		},
		"envelope": schema.BoolAttribute{
			Optional:            true,
			MarkdownDescription: "Whether to ask Atlas to wrap its answers as `{\"status\": …, \"content\": …}`, by default `false`; what is read is the same.",
		},
		"pretty": schema.BoolAttribute{
			Optional:            true,
			MarkdownDescription: "Whether to ask Atlas for indented JSON, by default `false`; what is read is the same.",
		},
	}
}

func fromEnvironment(s setting) string {
	text := fmt.Sprintf(" Without it, the environment variable `%s` counts", s.variables[0])
	for _, variable := range s.variables[1:] {
		text += fmt.Sprintf(", then `%s`", variable)
	}
	return text + "."
}
