// Package tfcli finds the Terraform or OpenTofu that the tests and the demo
// drive, and runs it with the provider of this tree.
package tfcli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// CLI is a Terraform or an OpenTofu.
type CLI struct {
	Path string
	Name string // as it calls itself, such as "Terraform v1.11.4"
}

// IsOpenTofu tells which of the two it is.
func (c CLI) IsOpenTofu() bool { return strings.HasPrefix(c.Name, "OpenTofu") }

// Find returns the CLI that the environment variable ATLASBACKUP_TEST_CLI names;
// else terraform, else tofu on PATH; else OpenTofu, which it builds into bin/ and
// keeps. It reports a build to progress, because that takes minutes.
func Find(ctx context.Context, progress io.Writer) (CLI, error) {
	if path := os.Getenv("ATLASBACKUP_TEST_CLI"); path != "" {
		return identify(ctx, path)
	}
	for _, name := range []string{"terraform", "tofu"} {
		path, err := exec.LookPath(name)
		if err == nil {
			return identify(ctx, path)
		}
		if !errors.Is(err, exec.ErrNotFound) {
			return CLI{}, fmt.Errorf("looking for %s: %w", name, err)
		}
	}
	_, _ = fmt.Fprintln(progress, "No terraform or tofu on PATH.")
	return OpenTofu(ctx, progress)
}

// OpenTofu returns the one of tools/tofu/go.mod, which it builds into bin/ if it
// is not there.
func OpenTofu(ctx context.Context, progress io.Writer) (CLI, error) {
	path, err := buildOpenTofu(ctx, progress)
	if err != nil {
		return CLI{}, err
	}
	return identify(ctx, path)
}

// identify asks a CLI for its name.
func identify(ctx context.Context, path string) (CLI, error) {
	path, err := exec.LookPath(path)
	if err == nil {
		path, err = filepath.Abs(path) // it runs in other directories
	}
	if err != nil {
		return CLI{}, err
	}
	cmd := exec.CommandContext(ctx, path, "version")
	cmd.Env = Environ("TF_CLI_CONFIG_FILE=" + os.DevNull)
	out, err := cmd.Output()
	if err != nil {
		return CLI{}, fmt.Errorf("%s version: %w", path, err)
	}
	name, _, _ := bytes.Cut(out, []byte("\n"))
	return CLI{Path: path, Name: string(name)}, nil
}

// buildOpenTofu builds the OpenTofu that tools/tofu/go.mod names, unless that was
// done. Other flags would build all of it again.
func buildOpenTofu(ctx context.Context, progress io.Writer) (string, error) {
	root, err := Root(ctx)
	if err != nil {
		return "", err
	}
	module := filepath.Join(root, "tools", "tofu")
	wanted, err := os.Stat(filepath.Join(module, "go.mod"))
	if err != nil {
		return "", err
	}
	target := filepath.Join(root, "bin", "tofu")
	built, err := os.Stat(target)
	switch {
	case err == nil && built.ModTime().After(wanted.ModTime()):
		return target, nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return "", err
	}
	_, _ = fmt.Fprintln(progress, "Building OpenTofu into bin/, once. This "+
		"downloads about 270 MB and takes about 10 minutes the first time.")
	partial := target + ".partial" // an interrupted build leaves no broken tofu
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath",
		"-ldflags", "-s -w -X github.com/opentofu/opentofu/version.dev=no",
		"-o", partial, "github.com/opentofu/opentofu/cmd/tofu")
	cmd.Dir = module
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
	cmd.Stdout, cmd.Stderr = progress, progress
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("building OpenTofu: %w", err)
	}
	return target, os.Rename(partial, target)
}

// Root is the directory of this module.
func Root(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOMOD: %w", err)
	}
	return filepath.Dir(strings.TrimSpace(string(out))), nil
}

// Environ is this process's environment without what would configure the
// provider or the CLI, and with extra.
func Environ(extra ...string) []string {
	var env []string
	for _, variable := range os.Environ() {
		if !configures(variable) {
			env = append(env, variable)
		}
	}
	return append(append(env, "CHECKPOINT_DISABLE=1"), extra...) // no question for newer versions
}

func configures(variable string) bool {
	for _, prefix := range []string{"TF_", "MONGODB_ATLAS_", "MCLI_", "ATLASBACKUP_SERVERLESS_API"} {
		if strings.HasPrefix(variable, prefix) {
			return true
		}
	}
	return false
}
