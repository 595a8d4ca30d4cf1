package provider

import (
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
)

// A kind of credentials has one setting or two, and counts when it has all.
type kind struct {
	name       string
	settings   []setting
	attributes func(model) []types.String
	build      func(texts []string, origin atlas.Origin) atlas.Credentials
}

// kinds are in the order in which they count where the environment has several.
var kinds = []kind{
	{
		name:       "access token",
		settings:   []setting{accessToken},
		attributes: func(m model) []types.String { return []types.String{m.AccessToken} },
		build: func(t []string, o atlas.Origin) atlas.Credentials {
			return atlas.AccessToken{Token: t[0], Origin: o}
		},
	},
	{
		name:       "service account",
		settings:   []setting{clientID, clientSecret},
		attributes: func(m model) []types.String { return []types.String{m.ClientID, m.ClientSecret} },
		build: func(t []string, o atlas.Origin) atlas.Credentials {
			return atlas.ServiceAccount{ClientID: t[0], ClientSecret: t[1], Origin: o}
		},
	},
	{
		name:       "API key",
		settings:   []setting{publicKey, privateKey},
		attributes: func(m model) []types.String { return []types.String{m.PublicKey, m.PrivateKey} },
		build: func(t []string, o atlas.Origin) atlas.Credentials {
			return atlas.APIKey{PublicKey: t[0], PrivateKey: t[1], Origin: o}
		},
	},
}

// validateCredentials finds what is wrong with the block's credentials whatever
// the environment holds.
func validateCredentials(config model) diag.Diagnostics {
	var diags diag.Diagnostics
	var names []string
	var last string
	for _, k := range kinds {
		for i, v := range k.block(config) {
			if v.text == "" {
				continue
			}
			if problem := unfit(k.settings[i], v); problem != nil {
				diags.AddAttributeError(path.Root(k.settings[i].attribute), problem.Summary, problem.Detail)
			}
			if len(names) == 0 || names[len(names)-1] != k.name {
				names, last = append(names, k.name), k.settings[i].attribute
			}
		}
	}
	if len(names) > 1 {
		diags.AddAttributeError(path.Root(last), "Invalid Credentials Combination",
			fmt.Sprintf("The provider block sets %s, and only one kind of credentials can be used. "+
				"Keep one: access_token, or client_id with client_secret, or public_key with private_key.", list(names)))
	}
	return diags
}

// resolveCredentials chooses the kind that counts. A kind in the block beats any
// in the environment; of those there, the first of kinds that is complete counts.
func resolveCredentials(config model, getenv func(string) string) (atlas.Credentials, diag.Diagnostics) {
	if k, ok := chosenInBlock(config); ok {
		return k.resolve(k.merged(config, getenv))
	}
	var chosen, partial *kind
	var used, half, ignored []value
	for i, k := range kinds {
		values := k.environment(getenv)
		switch {
		case chosen == nil && !slices.ContainsFunc(values, value.absent):
			chosen, used = &kinds[i], values
			continue
		case partial == nil && slices.ContainsFunc(values, value.set):
			partial, half = &kinds[i], values
		}
		ignored = append(ignored, values...)
	}
	switch {
	case chosen == nil && partial == nil:
		return missing(), nil
	case chosen == nil:
		return partial.resolve(half)
	}
	credentials, diags := chosen.resolve(used)
	if unused := origin(ignored...); unused != "" {
		diags.AddWarning("Unused Credentials in the Environment",
			fmt.Sprintf("The provider uses the %s from %s, and ignores %s. Unset what is not meant, or choose in the provider block.",
				chosen.name, origin(used...), unused))
	}
	return credentials, diags
}

// chosenInBlock is the kind of which the block has something. A value that is
// not known yet may turn out to be null, so one that is known goes first.
func chosenInBlock(config model) (kind, bool) {
	for _, isSet := range []func(value) bool{
		func(v value) bool { return v.text != "" },
		func(v value) bool { return v.unknown },
	} {
		for _, k := range kinds {
			for _, v := range k.block(config) {
				if isSet(v) {
					return k, true
				}
			}
		}
	}
	return kind{}, false
}

// resolve makes credentials of the values of the kind's settings.
func (k kind) resolve(values []value) (atlas.Credentials, diag.Diagnostics) {
	var texts, unknown []string
	for i, v := range values {
		switch {
		case v.unknown:
			unknown = append(unknown, k.settings[i].attribute)
		case v.absent():
			return k.half(values, i)
		}
		if problem := unfit(k.settings[i], v); problem != nil {
			return *problem, nil
		}
		texts = append(texts, v.text)
	}
	if len(unknown) > 0 {
		return unknownConfiguration(unknown), nil
	}
	return k.build(texts, atlas.Origin(origin(values...))), nil
}

// half explains a pair without its value i: an error where the block has the
// other one, which is no leftover. Only pairs get here: a kind of one setting is
// resolved when that is set.
func (k kind) half(values []value, i int) (atlas.Credentials, diag.Diagnostics) {
	other := values[1-i]
	problem := atlas.Unusable{
		Summary: "Missing Atlas Credentials",
		Detail: fmt.Sprintf("The %s is half there: %s is set, and %s is not. Set %s.",
			k.name, origin(other), k.settings[i].attribute, k.settings[i].alternatives()),
	}
	var diags diag.Diagnostics
	if other.inBlock && !other.unknown {
		diags.AddAttributeError(path.Root(k.settings[1-i].attribute), problem.Summary, problem.Detail)
	}
	return problem, diags
}

func missing() atlas.Unusable {
	return atlas.Unusable{
		Summary: "Missing Atlas Credentials",
		Detail: fmt.Sprintf("Reading from Atlas needs credentials, and neither the provider block nor the environment has any. "+
			"Set, in the block or as the environment variable in brackets, one of these: for an API key %s and %s; "+
			"for a service account %s and %s; or %s.", publicKey, privateKey, clientID, clientSecret, accessToken),
	}
}

func (k kind) block(config model) []value {
	return k.each(config, setting.block)
}

func (k kind) merged(config model, getenv func(string) string) []value {
	return k.each(config, func(s setting, attribute types.String) value { return s.merged(attribute, getenv) })
}

func (k kind) environment(getenv func(string) string) []value {
	return k.each(model{}, func(s setting, _ types.String) value { return s.environment(getenv) })
}

func (k kind) each(config model, get func(setting, types.String) value) []value {
	values := make([]value, len(k.settings))
	for i, attribute := range k.attributes(config) {
		values[i] = get(k.settings[i], attribute)
	}
	return values
}
