package tfcli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// BuildProvider builds the provider of this tree into dir.
func BuildProvider(ctx context.Context, dir string) error {
	root, err := Root(ctx)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-o", dir+string(filepath.Separator), ".")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building the provider: %w\n%s", err, out)
	}
	return nil
}

// Workspace is a directory with a configuration, in which a CLI uses a provider
// that was built, without init and without a registry.
type Workspace struct {
	CLI CLI
	Dir string
	Env []string // beside Environ
}

// NewWorkspace makes dir a workspace for the provider in providerDir.
func NewWorkspace(cli CLI, dir, providerDir string) (*Workspace, error) {
	// The short source atlasbackup/atlasbackup means another host to each CLI.
	config := fmt.Sprintf(`provider_installation {
  dev_overrides {
    "registry.terraform.io/atlasbackup/atlasbackup" = %[1]q
    "registry.opentofu.org/atlasbackup/atlasbackup" = %[1]q
  }
  direct {}
}
`, providerDir)
	file := filepath.Join(dir, "cli.tfrc")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		return nil, err
	}
	return &Workspace{CLI: cli, Dir: dir, Env: []string{"TF_CLI_CONFIG_FILE=" + file, "TF_IN_AUTOMATION=1"}}, nil
}

// Write writes a file of the configuration.
func (w *Workspace) Write(name, text string) error {
	return os.WriteFile(filepath.Join(w.Dir, name), []byte(text), 0o600)
}

// Command is the CLI with args in the workspace.
func (w *Workspace) Command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, w.CLI.Path, args...)
	cmd.Dir = w.Dir
	cmd.Env = Environ(w.Env...)
	return cmd
}
