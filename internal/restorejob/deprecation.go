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
		when = "has its end on " + d.Sunset
	}
	todo := "Look for a newer version of the provider."
	switch {
	case d.ServedBy == atlas.ServedByServerless && d.Fixed:
		todo = "Set serverless_api (ATLASBACKUP_SERVERLESS_API) to \"auto\" before: the provider then looks for restore jobs on the endpoints " +
			"of Flex and dedicated clusters too."
	case d.ServedBy == atlas.ServedByServerless:
		todo = "Nothing needs to change now: with serverless_api = \"auto\" (the default) the provider then looks for restore jobs on the " +
			"endpoints of Flex and dedicated clusters. For a Flex cluster, serverless_api = \"flex\" (ATLASBACKUP_SERVERLESS_API) or the data " +
			"source atlasbackup_flex_restore_job asks the new endpoint at once."
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic("Deprecated Atlas Endpoint",
		fmt.Sprintf("Atlas says that the %s endpoint, which served restore jobs in this run, %s. %s", d.ServedBy, when, todo))}
}
