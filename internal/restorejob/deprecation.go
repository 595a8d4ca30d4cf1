package restorejob

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
)

// Deprecation warns, once a run, that an endpoint which served has announced its end.
func Deprecation(client *atlas.Client) diag.Diagnostics {
	d := client.TakeDeprecation()
	if d == nil {
		return nil
	}
	when := "is deprecated"
	if d.Sunset != "" {
		when = "ends on " + d.Sunset
	}
	todo := "Look for a newer version of the provider."
	if d.ServedBy == atlas.ServedByServerless {
		todo = "Nothing needs to change now: with serverless_api = \"auto\" (the default) the provider then looks for restore jobs on the " +
			"endpoints of Flex and dedicated clusters. For a Flex cluster, serverless_api = \"flex\" (ATLASBACKUP_SERVERLESS_API) or the data " +
			"source atlasbackup_flex_restore_job asks the new endpoint at once."
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic("Deprecated Atlas Endpoint",
		fmt.Sprintf("Atlas says that the %s endpoint, which served restore jobs in this run, %s. %s", d.ServedBy, when, todo))}
}
