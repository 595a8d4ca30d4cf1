package datasources_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlassim"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/provider"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/tfcli"
)

func TestMain(m *testing.M) {
	if _, err := tfcli.PrepareTests(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

var providers = map[string]func() (tfprotov6.ProviderServer, error){
	"atlasbackup": providerserver.NewProtocol6WithError(provider.New("test")),
}

// The provider blocks that tests use, for a server at a URL.

func withAPIKey(sim *atlassim.Server) string {
	return providerBlock(sim, set("public_key", atlassim.PublicKey), set("private_key", atlassim.PrivateKey))
}

func withServiceAccount(sim *atlassim.Server) string {
	return providerBlock(sim, set("client_id", atlassim.ClientID), set("client_secret", atlassim.ClientSecret))
}

func withAccessToken(sim *atlassim.Server) string {
	return providerBlock(sim, set("access_token", atlassim.AccessToken))
}

func providerBlock(sim *atlassim.Server, attributes ...string) string {
	return "provider \"atlasbackup\" {\n" + set("base_url", sim.URL) + strings.Join(attributes, "") + "}\n"
}

func set(attribute, value string) string {
	return fmt.Sprintf("  %s = %q\n", attribute, value)
}
