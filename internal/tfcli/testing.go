package tfcli

import (
	"context"
	"os"
	"strings"
)

// PrepareTests lets terraform-plugin-testing drive the CLI that Find finds, in an
// environment that configures nothing. It is for TestMain.
func PrepareTests(ctx context.Context) (CLI, error) {
	cli, err := Find(ctx, os.Stderr)
	if err != nil {
		return CLI{}, err
	}
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if configures(variable) {
			if err := os.Unsetenv(name); err != nil {
				return CLI{}, err
			}
		}
	}
	env := map[string]string{
		"CHECKPOINT_DISABLE":    "1",
		"TF_CLI_CONFIG_FILE":    os.DevNull,
		"TF_ACC_TERRAFORM_PATH": cli.Path,
	}
	if cli.IsOpenTofu() {
		env["TF_ACC_PROVIDER_HOST"] = "registry.opentofu.org"
		env["TF_ACC_PROVIDER_NAMESPACE"] = "atlasbackup"
	}
	for name, value := range env {
		if err := os.Setenv(name, value); err != nil {
			return CLI{}, err
		}
	}
	return cli, nil
}
