// Findcli prints the path of the Terraform or OpenTofu that tests and demo use,
// and builds an OpenTofu if there is none.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/tfcli"
)

func main() {
	openTofu := flag.Bool("opentofu", false, "the OpenTofu of tools/tofu/go.mod, whatever there is on PATH")
	flag.Parse()
	find := tfcli.Find
	if *openTofu {
		find = tfcli.OpenTofu
	}
	cli, err := find(context.Background(), os.Stderr)
	if err != nil {
		fmt.Fprintln(os.Stderr, "findcli:", err)
		os.Exit(1)
	}
	fmt.Fprintln(os.Stderr, "Using", cli.Name, "at", cli.Path)
	fmt.Println(cli.Path)
}
