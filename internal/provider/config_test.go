package provider

import (
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
)

func text(s string) types.String { return types.StringValue(s) }

func unknown() types.String { return types.StringUnknown() }

// A case is a configuration, and what it comes to: a client's configuration, and
// what the user is told at once.
type resolveCase struct {
	name        string
	block       model
	environment map[string]string
	want        atlas.Config
	diags       diag.Diagnostics
}

func TestResolve_credentials(t *testing.T) {
	t.Parallel()
	runResolve(t, []resolveCase{
		{
			name:  "API key in the block",
			block: model{PublicKey: text("pub"), PrivateKey: text("priv")},
			want: atlas.Config{Credentials: atlas.APIKey{
				PublicKey: "pub", PrivateKey: "priv",
				Origin: "public_key and private_key in the provider block",
			}},
		},
		{
			name:  "service account in the block",
			block: model{ClientID: text("mdb_sa_id_1"), ClientSecret: text("mdb_sa_sk_1")},
			want: atlas.Config{Credentials: atlas.ServiceAccount{
				ClientID: "mdb_sa_id_1", ClientSecret: "mdb_sa_sk_1",
				Origin: "client_id and client_secret in the provider block",
			}},
		},
		{
			name:  "access token in the block",
			block: model{AccessToken: text("tok")},
			want:  atlas.Config{Credentials: atlas.AccessToken{Token: "tok", Origin: "access_token in the provider block"}},
		},
		{
			name:        "API key in the environment",
			environment: map[string]string{"MONGODB_ATLAS_PUBLIC_API_KEY": "pub", "MONGODB_ATLAS_PRIVATE_API_KEY": "priv"},
			want: atlas.Config{Credentials: atlas.APIKey{
				PublicKey: "pub", PrivateKey: "priv",
				Origin: "the environment variables MONGODB_ATLAS_PUBLIC_API_KEY and MONGODB_ATLAS_PRIVATE_API_KEY",
			}},
		},
		{
			name: "the first variable that is set counts",
			environment: map[string]string{
				"MONGODB_ATLAS_PUBLIC_API_KEY": "pub1", "MONGODB_ATLAS_PUBLIC_KEY": "pub2", "MCLI_PUBLIC_API_KEY": "pub3",
				"MONGODB_ATLAS_PRIVATE_KEY": "priv2", "MCLI_PRIVATE_API_KEY": "priv3",
			},
			want: atlas.Config{Credentials: atlas.APIKey{
				PublicKey: "pub1", PrivateKey: "priv2",
				Origin: "the environment variables MONGODB_ATLAS_PUBLIC_API_KEY and MONGODB_ATLAS_PRIVATE_KEY",
			}},
		},
		{
			name:        "the variables of the Atlas CLI",
			environment: map[string]string{"MCLI_PUBLIC_API_KEY": "pub3", "MCLI_PRIVATE_API_KEY": "priv3"},
			want: atlas.Config{Credentials: atlas.APIKey{
				PublicKey: "pub3", PrivateKey: "priv3",
				Origin: "the environment variables MCLI_PUBLIC_API_KEY and MCLI_PRIVATE_API_KEY",
			}},
		},
		{
			name:        "white space around is not meant, and an empty variable is none",
			environment: map[string]string{"MONGODB_ATLAS_PUBLIC_API_KEY": " \n", "MONGODB_ATLAS_PUBLIC_KEY": " pub\n", "MONGODB_ATLAS_PRIVATE_API_KEY": "\tpriv\r\n"},
			want: atlas.Config{Credentials: atlas.APIKey{
				PublicKey: "pub", PrivateKey: "priv",
				Origin: "the environment variables MONGODB_ATLAS_PUBLIC_KEY and MONGODB_ATLAS_PRIVATE_API_KEY",
			}},
		},
		{
			name:        "each attribute on its own: one half here, one there",
			block:       model{PublicKey: text("pub")},
			environment: map[string]string{"MONGODB_ATLAS_PUBLIC_API_KEY": "not this", "MONGODB_ATLAS_PRIVATE_API_KEY": "priv"},
			want: atlas.Config{Credentials: atlas.APIKey{
				PublicKey: "pub", PrivateKey: "priv",
				Origin: "public_key in the provider block and the environment variable MONGODB_ATLAS_PRIVATE_API_KEY",
			}},
		},
		{
			name:        "an empty string in the block is as good as none",
			block:       model{AccessToken: text(""), ClientID: text(" "), PublicKey: text("pub"), PrivateKey: text("")},
			environment: map[string]string{"MONGODB_ATLAS_PRIVATE_API_KEY": "priv"},
			want: atlas.Config{Credentials: atlas.APIKey{
				PublicKey: "pub", PrivateKey: "priv",
				Origin: "public_key in the provider block and the environment variable MONGODB_ATLAS_PRIVATE_API_KEY",
			}},
		},
		{
			name:        "a kind in the block beats any in the environment, without a word",
			block:       model{PublicKey: text("pub"), PrivateKey: text("priv")},
			environment: map[string]string{"MONGODB_ATLAS_ACCESS_TOKEN": "tok", "MONGODB_ATLAS_CLIENT_ID": "id", "MONGODB_ATLAS_CLIENT_SECRET": "secret"},
			want: atlas.Config{Credentials: atlas.APIKey{
				PublicKey: "pub", PrivateKey: "priv",
				Origin: "public_key and private_key in the provider block",
			}},
		},
		{
			name: "three kinds in the environment: the access token counts",
			environment: map[string]string{
				"MONGODB_ATLAS_ACCESS_TOKEN": "tok", "MONGODB_ATLAS_CLIENT_ID": "id", "MONGODB_ATLAS_CLIENT_SECRET": "secret",
				"MONGODB_ATLAS_PUBLIC_API_KEY": "pub", "MONGODB_ATLAS_PRIVATE_API_KEY": "priv",
			},
			want: atlas.Config{Credentials: atlas.AccessToken{Token: "tok", Origin: "the environment variable MONGODB_ATLAS_ACCESS_TOKEN"}},
			diags: warning("Unused Credentials in the Environment", "The provider uses the access token from the environment variable "+
				"MONGODB_ATLAS_ACCESS_TOKEN, and ignores the environment variables MONGODB_ATLAS_CLIENT_ID, "+
				"MONGODB_ATLAS_CLIENT_SECRET, MONGODB_ATLAS_PUBLIC_API_KEY and MONGODB_ATLAS_PRIVATE_API_KEY. Unset what is not meant, or choose in the provider block."),
		},
		{
			name: "half a service account does not stand in the way of a whole API key",
			environment: map[string]string{
				"MONGODB_ATLAS_CLIENT_ID": "id", "MONGODB_ATLAS_PUBLIC_API_KEY": "pub", "MONGODB_ATLAS_PRIVATE_API_KEY": "priv",
			},
			want: atlas.Config{Credentials: atlas.APIKey{
				PublicKey: "pub", PrivateKey: "priv",
				Origin: "the environment variables MONGODB_ATLAS_PUBLIC_API_KEY and MONGODB_ATLAS_PRIVATE_API_KEY",
			}},
			diags: warning("Unused Credentials in the Environment", "The provider uses the API key from the environment variables "+
				"MONGODB_ATLAS_PUBLIC_API_KEY and MONGODB_ATLAS_PRIVATE_API_KEY, and ignores the environment "+
				"variable MONGODB_ATLAS_CLIENT_ID. Unset what is not meant, or choose in the provider block."),
		},
		{
			name: "none: the first read fails",
			want: atlas.Config{Credentials: atlas.Unusable{
				Summary: "Missing Atlas Credentials",
				Detail: "Reading from Atlas needs credentials, and neither the provider block nor the environment has any. Set, in the block or " +
					"as the environment variable in brackets, one of these: for an API key public_key (MONGODB_ATLAS_PUBLIC_API_KEY) and " +
					"private_key (MONGODB_ATLAS_PRIVATE_API_KEY); for a service account client_id (MONGODB_ATLAS_CLIENT_ID) and " +
					"client_secret (MONGODB_ATLAS_CLIENT_SECRET); or access_token (MONGODB_ATLAS_ACCESS_TOKEN).",
			}},
		},
		{
			name:        "half a pair left over in the environment: the first read fails",
			environment: map[string]string{"MONGODB_ATLAS_PRIVATE_KEY": "priv"},
			want: atlas.Config{Credentials: atlas.Unusable{
				Summary: "Missing Atlas Credentials",
				Detail: "The API key is half there: the environment variable MONGODB_ATLAS_PRIVATE_KEY is set, and public_key is not. Set " +
					"public_key in the provider block, or the environment variable MONGODB_ATLAS_PUBLIC_API_KEY or MONGODB_ATLAS_PUBLIC_KEY " +
					"or MCLI_PUBLIC_API_KEY.",
			}},
		},
		{
			name:  "half a pair in the block: an error at once",
			block: model{ClientID: text("mdb_sa_id_1")},
			diags: attributeError("client_id", "Missing Atlas Credentials", "The service account is half there: client_id in the provider "+
				"block is set, and client_secret is not. Set client_secret in the provider block, or the environment variable "+
				"MONGODB_ATLAS_CLIENT_SECRET."),
		},
		{
			name:  "two kinds in the block",
			block: model{PublicKey: text("pub"), PrivateKey: text("priv"), AccessToken: text("tok")},
			diags: attributeError("public_key", "Invalid Credentials Combination", "The provider block sets access token and API key, and "+
				"only one kind of credentials can be used. Keep one: access_token, or client_id with client_secret, or public_key with private_key."),
		},
		{
			name:  "a service account's ID in public_key",
			block: model{PublicKey: text("mdb_sa_id_1"), PrivateKey: text("mdb_sa_sk_1")},
			diags: attributeError("public_key", "Invalid Public Key", "The public key, public_key in the provider block, begins with \"mdb_sa_id_\" "+
				"like the client ID of a service account. Set client_id (MONGODB_ATLAS_CLIENT_ID) and client_secret "+
				"(MONGODB_ATLAS_CLIENT_SECRET) instead."),
		},
		{
			name:        "a service account's ID in the environment's public key: the first read fails",
			environment: map[string]string{"MCLI_PUBLIC_API_KEY": "mdb_sa_id_1", "MCLI_PRIVATE_API_KEY": "mdb_sa_sk_1"},
			want: atlas.Config{Credentials: atlas.Unusable{
				Summary: "Invalid Public Key",
				Detail: "The public key, the environment variable MCLI_PUBLIC_API_KEY, begins with \"mdb_sa_id_\" like the client ID of a service " +
					"account. Set client_id (MONGODB_ATLAS_CLIENT_ID) and client_secret (MONGODB_ATLAS_CLIENT_SECRET) instead.",
			}},
		},
		{
			// Sent as a user name, the secret would be on the wire.
			name:  "a service account's secret in client_id",
			block: model{ClientID: text("mdb_sa_sk_1"), ClientSecret: text("mdb_sa_id_1")},
			diags: attributeError("client_id", "Invalid Credentials", "The value of client_id in the provider block begins with \"mdb_sa_sk_\" "+
				"like the client secret of a service account, which must not be sent in its place. Set client_secret "+
				"(MONGODB_ATLAS_CLIENT_SECRET) to the secret and client_id (MONGODB_ATLAS_CLIENT_ID) to the ID, which begins with \"mdb_sa_id_\"."),
		},
		{
			name:  "half a pair that is not known yet: the first read fails",
			block: model{PrivateKey: unknown()},
			want: atlas.Config{Credentials: atlas.Unusable{
				Summary: "Missing Atlas Credentials",
				Detail: "The API key is half there: private_key in the provider block is set, and public_key is not. Set public_key in the " +
					"provider block, or the environment variable MONGODB_ATLAS_PUBLIC_API_KEY or MONGODB_ATLAS_PUBLIC_KEY or MCLI_PUBLIC_API_KEY.",
			}},
		},
		{
			name:  "a token that no header could carry, not shown",
			block: model{AccessToken: text("Bearer tok")},
			diags: attributeError("access_token", "Invalid Credentials", "The value of access_token in the provider block has white space or "+
				"other characters inside that no such credential has; it is not shown here. Set access_token (MONGODB_ATLAS_ACCESS_TOKEN) "+
				"to the credential alone, without a word like \"Bearer\" and without line breaks."),
		},
		{
			name:        "not known yet: the first read fails",
			block:       model{ClientID: text("mdb_sa_id_1"), ClientSecret: unknown()},
			environment: map[string]string{"MONGODB_ATLAS_CLIENT_SECRET": "another account's"},
			want:        atlas.Config{Credentials: unknownUntilApply("client_secret")},
		},
		{
			name:        "not known yet, and nothing else in the block: no other kind steps in",
			block:       model{PublicKey: unknown(), PrivateKey: unknown()},
			environment: map[string]string{"MONGODB_ATLAS_ACCESS_TOKEN": "tok"},
			want:        atlas.Config{Credentials: unknownUntilApply("public_key and private_key")},
		},
		{
			// A module that takes either kind: the other's variables are null, which validate does not know.
			name:  "not known yet beside another kind is no conflict",
			block: model{ClientID: unknown(), ClientSecret: unknown(), PublicKey: text("pub"), PrivateKey: text("priv")},
			want: atlas.Config{Credentials: atlas.APIKey{
				PublicKey: "pub", PrivateKey: "priv",
				Origin: "public_key and private_key in the provider block",
			}},
		},
	})
}

func TestResolve_options(t *testing.T) {
	t.Parallel()
	token := map[string]string{"MONGODB_ATLAS_ACCESS_TOKEN": "tok"}
	credentials := atlas.AccessToken{Token: "tok", Origin: "the environment variable MONGODB_ATLAS_ACCESS_TOKEN"}
	with := func(name, value string) map[string]string {
		return map[string]string{"MONGODB_ATLAS_ACCESS_TOKEN": "tok", name: value}
	}
	runResolve(t, []resolveCase{
		{
			name:        "all",
			block:       model{BaseURL: text("https://atlas.example.com/"), RequestTimeout: text("1m30s"), Envelope: types.BoolValue(true), Pretty: types.BoolValue(true), MaxRetries: types.Int64Value(0)},
			environment: with("MONGODB_ATLAS_BASE_URL", "https://cloud.mongodbgov.com"),
			want: atlas.Config{
				Credentials: credentials, BaseURL: &url.URL{Scheme: "https", Host: "atlas.example.com"},
				RequestTimeout: 90 * time.Second, Envelope: true, Pretty: true,
			},
		},
		{
			name:        "base_url from the environment",
			environment: with("MONGODB_ATLAS_BASE_URL", "https://cloud.mongodbgov.com"),
			want:        atlas.Config{Credentials: credentials, BaseURL: &url.URL{Scheme: "https", Host: "cloud.mongodbgov.com"}},
		},
		{
			name:        "base_url of the Atlas CLI",
			environment: with("MCLI_OPS_MANAGER_URL", "https://cloud.mongodb.com/"),
			want:        atlas.Config{Credentials: credentials, BaseURL: &url.URL{Scheme: "https", Host: "cloud.mongodb.com"}},
		},
		{
			name:        "a base_url that is wrong in the environment: the first read fails",
			environment: with("MCLI_OPS_MANAGER_URL", "http://cloud.mongodb.com/"),
			want: atlas.Config{Credentials: atlas.Unusable{
				Summary: "Invalid Base URL",
				Detail: "The URL of Atlas, the environment variable MCLI_OPS_MANAGER_URL, cannot be used: \"http://cloud.mongodb.com/\" would send " +
					"credentials unencrypted: plain http is allowed to a loopback address only. Set base_url (MONGODB_ATLAS_BASE_URL) to a URL " +
					"such as \"https://cloud.mongodb.com\".",
			}},
		},
		{
			name:        "a base_url that is wrong in the block: an error at once",
			block:       model{BaseURL: text("cloud.mongodb.com")},
			environment: token,
			diags: attributeError("base_url", "Invalid Base URL", "The URL of Atlas, base_url in the provider block, cannot be used: "+
				"\"cloud.mongodb.com\" does not begin with https:// and a host. Set base_url (MONGODB_ATLAS_BASE_URL) to a URL such as "+
				"\"https://cloud.mongodb.com\"."),
		},
		{
			name:        "serverless_api in the block beats the environment",
			block:       model{ServerlessAPI: text("flex")},
			environment: with("ATLASBACKUP_SERVERLESS_API", "cluster"),
			want:        atlas.Config{Credentials: credentials, ServerlessAPI: atlas.ServedByFlex},
		},
		{
			name:        "serverless_api from the environment",
			environment: with("ATLASBACKUP_SERVERLESS_API", "serverless"),
			want:        atlas.Config{Credentials: credentials, ServerlessAPI: atlas.ServedByServerless},
		},
		{
			name:        "serverless_api as it is by default",
			block:       model{ServerlessAPI: text("auto")},
			environment: with("ATLASBACKUP_SERVERLESS_API", "flex"),
			want:        atlas.Config{Credentials: credentials},
		},
		{
			name:        "a serverless_api that is wrong in the block: an error at once",
			block:       model{ServerlessAPI: text("Flex")},
			environment: token,
			diags: attributeError("serverless_api", "Invalid Serverless API", "The value of serverless_api in the provider block is \"Flex\". Set "+
				"serverless_api (ATLASBACKUP_SERVERLESS_API) to \"auto\", \"serverless\", \"flex\" or \"cluster\"."),
		},
		{
			name:        "a serverless_api that is wrong in the environment: the first read fails",
			environment: with("ATLASBACKUP_SERVERLESS_API", "dedicated"),
			want: atlas.Config{Credentials: credentials, ServerlessAPIErr: atlas.Unusable{
				Summary: "Invalid Serverless API",
				Detail: "The value of the environment variable ATLASBACKUP_SERVERLESS_API is \"dedicated\". Set serverless_api " +
					"(ATLASBACKUP_SERVERLESS_API) to \"auto\", \"serverless\", \"flex\" or \"cluster\".",
			}},
		},
		{
			name:        "request_timeout without a unit",
			block:       model{RequestTimeout: text("30")},
			environment: token,
			diags: attributeError("request_timeout", "Invalid Request Timeout", "request_timeout is \"30\", which is not a duration longer "+
				"than zero. Set it to a number with a unit, such as \"45s\" or \"1m30s\"."),
		},
		{
			name:        "request_timeout of nothing, and all that is wrong at once",
			block:       model{RequestTimeout: text("0s"), BaseURL: text("https://"), PublicKey: text("mdb_sa_id_1")},
			environment: token,
			diags: append(append(attributeError("base_url", "Invalid Base URL", "The URL of Atlas, base_url in the provider block, cannot be used: "+
				"\"https://\" does not begin with https:// and a host. Set base_url (MONGODB_ATLAS_BASE_URL) to a URL such as "+
				"\"https://cloud.mongodb.com\"."),
				attributeError("request_timeout", "Invalid Request Timeout", "request_timeout is \"0s\", which is not a duration longer "+
					"than zero. Set it to a number with a unit, such as \"45s\" or \"1m30s\".")...),
				attributeError("public_key", "Invalid Public Key", "The public key, public_key in the provider block, begins with \"mdb_sa_id_\" "+
					"like the client ID of a service account. Set client_id (MONGODB_ATLAS_CLIENT_ID) and client_secret "+
					"(MONGODB_ATLAS_CLIENT_SECRET) instead.")...),
		},
		{
			name:        "not known yet",
			block:       model{BaseURL: unknown(), RequestTimeout: unknown(), Envelope: types.BoolUnknown(), Pretty: types.BoolUnknown(), MaxRetries: types.Int64Unknown(), ServerlessAPI: unknown()},
			environment: with("MONGODB_ATLAS_BASE_URL", "https://cloud.mongodbgov.com"),
			want:        atlas.Config{Credentials: unknownUntilApply("base_url, serverless_api, max_retries, request_timeout, envelope and pretty")},
		},
	})
}

func runResolve(t *testing.T, cases []resolveCase) {
	t.Helper()
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, diags := resolve(tt.block, func(name string) string { return tt.environment[name] })
			if diff := cmp.Diff(tt.diags, diags); diff != "" {
				t.Errorf("diagnostics: %s", diff)
			}
			if tt.block.MaxRetries.IsNull() && !tt.diags.HasError() {
				tt.want.MaxRetries = 4
			}
			if diff := cmp.Diff(tt.want, got, cmpopts.IgnoreUnexported(atlas.Config{})); diff != "" {
				t.Errorf("configuration: %s", diff)
			}
		})
	}
}

func unknownUntilApply(attributes string) atlas.Unusable {
	return atlas.Unusable{
		Summary: "Unknown Provider Configuration",
		Detail: "Reading from Atlas needs " + attributes + " of the provider block, whose value is not known before apply. Add depends_on to " +
			"the data source, with the resource that the value comes from: this puts the read off to apply. Or set a value that is known, in " +
			"the block or in the environment.",
	}
}

func warning(summary, detail string) diag.Diagnostics {
	return diag.Diagnostics{diag.NewWarningDiagnostic(summary, detail)}
}

func attributeError(attribute, summary, detail string) diag.Diagnostics {
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root(attribute), summary, detail)}
}

// validate finds what is wrong whatever the environment, and nothing that the
// environment could mend.
func TestValidate(t *testing.T) {
	t.Parallel()
	for name, block := range map[string]model{
		"nothing":     {},
		"half a pair": {PublicKey: text("pub")},
		"empty":       {RequestTimeout: text(""), BaseURL: text(" ")},
		"not known":   {PublicKey: unknown(), AccessToken: unknown(), BaseURL: unknown(), RequestTimeout: unknown()},
	} {
		if diags := validate(block); len(diags) != 0 {
			t.Errorf("%s: %v", name, diags)
		}
	}
}
