// Schema prints the schemas of the provider as the JSON that tfplugindocs reads.
package main

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/tfcli"
)

const address = "registry.terraform.io/atlasbackup/atlasbackup"

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "schema:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	cli, err := tfcli.Find(ctx, os.Stderr)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "atlasbackup-schema-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := tfcli.BuildProvider(ctx, dir); err != nil {
		return err
	}
	workspace, err := tfcli.NewWorkspace(cli, dir, dir)
	if err != nil {
		return err
	}
	err = workspace.Write("main.tf", `terraform {
  required_providers {
    atlasbackup = { source = "`+address+`" }
  }
}
`)
	if err != nil {
		return err
	}
	cmd := workspace.Command(ctx, "providers", "schema", "-json")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return err
	}
	// tfplugindocs knows addresses of its own namespace only, or the bare name.
	out = bytes.Replace(out, []byte(address), []byte("atlasbackup"), 1)
	_, err = os.Stdout.Write(out)
	return err
}
