// Demo shows the provider at work: a real Terraform or OpenTofu, the provider of
// this tree, and a simulated Atlas. It leaves nothing behind.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlassim"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/tfcli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	say("Looking for a Terraform or OpenTofu.")
	cli, err := tfcli.Find(ctx, os.Stdout)
	if err != nil {
		return err
	}
	say("Using %s at %s.", cli.Name, cli.Path)

	dir, err := os.MkdirTemp("", "atlasbackup-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	say("Building the provider.")
	if err := tfcli.BuildProvider(ctx, dir); err != nil {
		return err
	}

	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	sim := atlassim.NewDemo()
	if _, err := sim.Listen(ctx, "127.0.0.1:0"); err != nil {
		return err
	}
	say("A simulated Atlas listens at %s.", sim.URL)

	workspace, err := prepare(ctx, cli, dir)
	if err != nil {
		return err
	}
	workspace.Env = append(workspace.Env,
		"MONGODB_ATLAS_BASE_URL="+sim.URL,
		"MONGODB_ATLAS_PUBLIC_API_KEY="+atlassim.PublicKey,
		"MONGODB_ATLAS_PRIVATE_API_KEY="+atlassim.PrivateKey)

	for _, step := range [][]string{{"plan"}, {"apply", "-auto-approve"}} {
		before := len(sim.Requests())
		say("Running %s with examples/demo/main.tf. The API key comes from the environment.", step[0])
		cmd := workspace.Command(ctx, append(step, options()...)...)
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("%s: %w", step[0], err)
		}
		say("That took %d requests.", len(sim.Requests())-before)
	}
	say("Done. Everything was in a temporary directory, which is removed now.")
	return nil
}

// options keep the CLI's output to what a reader of the demo needs.
func options() []string {
	options := []string{"-input=false", "-compact-warnings"}
	if info, err := os.Stdout.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		options = append(options, "-no-color")
	}
	return options
}

// prepare makes a workspace of examples/demo.
func prepare(ctx context.Context, cli tfcli.CLI, dir string) (*tfcli.Workspace, error) {
	root, err := tfcli.Root(ctx)
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(root, "examples", "demo", "main.tf")) //nolint:gosec // a file of this tree
	if err != nil {
		return nil, err
	}
	workspace, err := tfcli.NewWorkspace(cli, dir, dir)
	if err != nil {
		return nil, err
	}
	return workspace, workspace.Write("main.tf", string(text))
}

func say(format string, args ...any) {
	fmt.Printf("\n==> "+format+"\n", args...)
}
