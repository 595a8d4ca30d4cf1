package provider

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// A setting is an attribute that can also come from the environment.
type setting struct {
	attribute string
	variables []string // the first that is set counts
}

// The variables are those of the MongoDB Atlas provider, so that one environment
// serves both.
var (
	publicKey     = setting{"public_key", []string{"MONGODB_ATLAS_PUBLIC_API_KEY", "MONGODB_ATLAS_PUBLIC_KEY", "MCLI_PUBLIC_API_KEY"}}
	privateKey    = setting{"private_key", []string{"MONGODB_ATLAS_PRIVATE_API_KEY", "MONGODB_ATLAS_PRIVATE_KEY", "MCLI_PRIVATE_API_KEY"}}
	clientID      = setting{"client_id", []string{"MONGODB_ATLAS_CLIENT_ID"}}
	clientSecret  = setting{"client_secret", []string{"MONGODB_ATLAS_CLIENT_SECRET"}}
	accessToken   = setting{"access_token", []string{"MONGODB_ATLAS_ACCESS_TOKEN"}}
	serverlessAPI = setting{"serverless_api", []string{"ATLASBACKUP_SERVERLESS_API"}}

	baseURL = setting{"base_url", []string{"MONGODB_ATLAS_BASE_URL", "MCLI_OPS_MANAGER_URL"}}
)

// String is how messages tell a user to set it.
func (s setting) String() string {
	return fmt.Sprintf("%s (%s)", s.attribute, s.variables[0])
}

// alternatives names the attribute and every variable.
func (s setting) alternatives() string {
	return fmt.Sprintf("%s in the provider block, or the environment variable %s", s.attribute, strings.Join(s.variables, " or "))
}

// A value is what a setting was set to, and where.
type value struct {
	text    string // without surrounding white space; empty means not set
	unknown bool   // set to something that Terraform does not know yet
	name    string // of the attribute, or of the environment variable
	inBlock bool
}

func (v value) set() bool { return v.unknown || v.text != "" }

func (v value) absent() bool { return !v.set() }

// block is the value that the provider block gives; an empty string is none.
func (s setting) block(attribute types.String) value {
	return value{
		text:    strings.TrimSpace(attribute.ValueString()),
		unknown: attribute.IsUnknown(),
		name:    s.attribute,
		inBlock: true,
	}
}

// environment is the value of the first variable that is set.
func (s setting) environment(getenv func(string) string) value {
	for _, variable := range s.variables {
		if text := strings.TrimSpace(getenv(variable)); text != "" {
			return value{text: text, name: variable}
		}
	}
	return value{}
}

// merged is the block's value, else the environment's.
func (s setting) merged(attribute types.String, getenv func(string) string) value {
	if v := s.block(attribute); v.set() {
		return v
	}
	return s.environment(getenv)
}

// origin says where values are set: in the block, in the environment, or both.
func origin(values ...value) string {
	var attributes, variables, places []string
	for _, v := range values {
		switch {
		case !v.set():
		case v.inBlock:
			attributes = append(attributes, v.name)
		default:
			variables = append(variables, v.name)
		}
	}
	if len(attributes) > 0 {
		places = append(places, list(attributes)+" in the provider block")
	}
	switch len(variables) {
	case 0:
	case 1:
		places = append(places, "the environment variable "+variables[0])
	default:
		places = append(places, "the environment variables "+list(variables))
	}
	return list(places)
}

// list joins names as a sentence does.
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
