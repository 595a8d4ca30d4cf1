// Terraform-provider-atlasbackup reads backup restore jobs of MongoDB Atlas
// serverless instances while Terraform or OpenTofu plans or applies.
package main

import (
	"context"
	"flag"
	"log"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	atlasbackup "github.com/atlasbackup/terraform-provider-atlasbackup/internal/provider"
)

// version is set when a release is built.
var version = "dev"

// closeTimeout leaves time to exit: the CLI kills a plugin 2 s after it asked it
// to stop.
const closeTimeout = 1500 * time.Millisecond

func main() {
	debug := flag.Bool("debug", false, "serve for a debugger, and print what Terraform needs to attach")
	flag.Parse()
	if err := serve(context.Background(), *debug); err != nil {
		log.Fatal(err)
	}
}

func serve(ctx context.Context, debug bool) error {
	p := atlasbackup.New(version)
	defer func() {
		ctx, cancel := context.WithTimeout(ctx, closeTimeout)
		defer cancel()
		p.Close(ctx)
	}()
	return providerserver.Serve(ctx, func() provider.Provider { return p }, providerserver.ServeOpts{
		Address: "registry.terraform.io/atlasbackup/atlasbackup",
		Debug:   debug,
	})
}
