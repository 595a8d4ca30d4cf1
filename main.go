// Terraform-provider-atlasbackup reads backup restore jobs of MongoDB Atlas
// serverless instances while Terraform or OpenTofu plans or applies.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/provider"
)

// version is set when a release is built.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve for a debugger, and print what Terraform needs to attach")
	flag.Parse()

	err := providerserver.Serve(context.Background(), provider.New(version), providerserver.ServeOpts{
		Address: "registry.terraform.io/atlasbackup/atlasbackup",
		Debug:   *debug,
	})
	if err != nil {
		log.Fatal(err)
	}
}
