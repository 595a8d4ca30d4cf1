package restorejob

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
)

// Client is what the provider hands to Configure; nil while Terraform validates.
func Client(providerData any) (*atlas.Client, diag.Diagnostics) {
	client, ok := providerData.(*atlas.Client)
	if !ok && providerData != nil {
		return nil, diag.Diagnostics{diag.NewErrorDiagnostic("Invalid Provider Data",
			fmt.Sprintf("The provider handed on %T instead of a client. Please report this.", providerData))}
	}
	return client, nil
}
