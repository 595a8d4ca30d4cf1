package provider

import (
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
)

// validate finds what is wrong with the block whatever the environment holds.
// It passes over what is not known yet.
func validate(config model) diag.Diagnostics {
	var diags diag.Diagnostics
	if v := baseURL.block(config.BaseURL); v.text != "" {
		if _, err := parseBaseURL(v.text); err != nil {
			diags.AddAttributeError(path.Root(baseURL.attribute), "Invalid Base URL", invalidBaseURL(v, err))
		}
	}
	if v := serverlessAPI.block(config.ServerlessAPI); !isServerlessAPI(v.text) {
		diags.AddAttributeError(path.Root(serverlessAPI.attribute), "Invalid Serverless API", invalidServerlessAPI(v))
	}
	if _, ok := parseTimeout(config.RequestTimeout); !ok {
		diags.AddAttributeError(path.Root("request_timeout"), "Invalid Request Timeout",
			fmt.Sprintf("request_timeout is %s, which is not a duration longer than zero. "+
				"Set it to a number with a unit, such as %q or %q.", config.RequestTimeout, "45s", "1m30s"))
	}
	diags.Append(validateCredentials(config)...)
	return diags
}

// resolve turns configuration into that of the client: block over environment
// over default, each attribute on its own.
//
// What is wrong in the block is an error. What is absent, not known yet, or
// wrong in the environment is not, for a provider that is configured and not
// used must not break a plan: the first read fails with it, see [atlas.Unusable].
func resolve(config model, getenv func(string) string) (atlas.Config, diag.Diagnostics) {
	diags := validate(config)
	if diags.HasError() {
		return atlas.Config{}, diags
	}
	credentials, credentialDiags := resolveCredentials(config, getenv)
	diags.Append(credentialDiags...)
	if diags.HasError() {
		return atlas.Config{}, diags
	}
	timeout, _ := parseTimeout(config.RequestTimeout)
	client := atlas.Config{
		Credentials:    credentials,
		MaxRetries:     atlas.DefaultMaxRetries,
		RequestTimeout: timeout,
		Envelope:       config.Envelope.ValueBool(),
		Pretty:         config.Pretty.ValueBool(),
	}
	if !config.MaxRetries.IsNull() {
		client.MaxRetries = int(config.MaxRetries.ValueInt64())
	}
	if v := baseURL.merged(config.BaseURL, getenv); v.text != "" {
		u, err := parseBaseURL(v.text)
		if err != nil {
			client.Credentials = atlas.Unusable{Summary: "Invalid Base URL", Detail: invalidBaseURL(v, err)}
		}
		client.BaseURL = u
	}
	switch v := serverlessAPI.merged(config.ServerlessAPI, getenv); {
	case !isServerlessAPI(v.text):
		client.ServerlessAPIErr = atlas.Unusable{Summary: "Invalid Serverless API", Detail: invalidServerlessAPI(v)}
	case v.text != auto:
		client.ServerlessAPI = atlas.ServedBy(v.text)
	}
	if unknown := unknownOptions(config); len(unknown) > 0 {
		client.Credentials = unknownConfiguration(unknown)
	}
	return client, diags
}

// unknownOptions are the attributes beside the credentials whose value is not
// known yet.
func unknownOptions(config model) []string {
	var names []string
	for _, option := range []struct {
		name      string
		attribute attr.Value
	}{
		{"base_url", config.BaseURL},
		{"serverless_api", config.ServerlessAPI},
		{"max_retries", config.MaxRetries},
		{"request_timeout", config.RequestTimeout},
		{"envelope", config.Envelope},
		{"pretty", config.Pretty},
	} {
		if option.attribute.IsUnknown() {
			names = append(names, option.name)
		}
	}
	return names
}

func invalidBaseURL(v value, err error) string {
	return fmt.Sprintf("The URL of Atlas, %s, cannot be used: %s. Set %s to a URL such as %q.",
		origin(v), err, baseURL, atlas.DefaultBaseURL)
}

const auto = "auto"

func isServerlessAPI(text string) bool {
	switch atlas.ServedBy(text) {
	case "", auto, atlas.ServedByServerless, atlas.ServedByFlex, atlas.ServedByCluster:
		return true
	}
	return false
}

func invalidServerlessAPI(v value) string {
	return fmt.Sprintf("The value of %s is %q. Set %s to %q, %q, %q or %q.", origin(v), v.text, serverlessAPI,
		auto, atlas.ServedByServerless, atlas.ServedByFlex, atlas.ServedByCluster)
}

// parseTimeout is zero where the attribute is not set or not known.
func parseTimeout(attribute types.String) (timeout time.Duration, ok bool) {
	text := strings.TrimSpace(attribute.ValueString())
	if text == "" {
		return 0, true
	}
	timeout, err := time.ParseDuration(text)
	return timeout, err == nil && timeout > 0
}

func unknownConfiguration(attributes []string) atlas.Unusable {
	return atlas.Unusable{
		Summary: "Unknown Provider Configuration",
		Detail: fmt.Sprintf("Reading from Atlas needs %s of the provider block, whose value is not known before apply. "+
			"Add depends_on to the data source, with the resource that the value comes from: this puts the read off to apply. "+
			"Or set a value that is known, in the block or in the environment.", list(attributes)),
	}
}
