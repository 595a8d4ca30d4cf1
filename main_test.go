package main_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlassim"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/tfcli"
)

// These tests run the provider as a user has it: a process of its own, that a
// Terraform or an OpenTofu starts.

var (
	cli         tfcli.CLI
	providerDir string
)

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	ctx := context.Background()
	var err error
	cli, err = tfcli.Find(ctx, os.Stderr)
	if err == nil {
		providerDir, err = os.MkdirTemp("", "atlasbackup-test-")
	}
	if err == nil {
		defer os.RemoveAll(providerDir)
		err = tfcli.BuildProvider(ctx, providerDir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// newWorkspace is a workspace for config, whose environment has env.
func newWorkspace(t *testing.T, config string, env ...string) *tfcli.Workspace {
	t.Helper()
	workspace, err := tfcli.NewWorkspace(cli, t.TempDir(), providerDir)
	if err != nil {
		t.Fatal(err)
	}
	workspace.Env = append(workspace.Env, env...)
	if err := workspace.Write("main.tf", config); err != nil {
		t.Fatal(err)
	}
	return workspace
}

// output runs the CLI, which must succeed, and returns what it printed.
func output(t *testing.T, workspace *tfcli.Workspace, args ...string) string {
	t.Helper()
	cmd := workspace.Command(t.Context(), append(args, "-no-color")...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %v: %v\n%s%s", cli.Name, args, err, &stdout, &stderr)
	}
	return stdout.String() + stderr.String()
}

// credentials are the environments that configure each kind.
func credentials(sim *atlassim.Server) map[string][]string {
	url := "MONGODB_ATLAS_BASE_URL=" + sim.URL
	return map[string][]string{
		"api key":         {url, "MONGODB_ATLAS_PUBLIC_API_KEY=" + atlassim.PublicKey, "MONGODB_ATLAS_PRIVATE_API_KEY=" + atlassim.PrivateKey},
		"service account": {url, "MONGODB_ATLAS_CLIENT_ID=" + atlassim.ClientID, "MONGODB_ATLAS_CLIENT_SECRET=" + atlassim.ClientSecret},
		"access token":    {url, "MONGODB_ATLAS_ACCESS_TOKEN=" + atlassim.AccessToken},
	}
}

const requiredProviders = `
terraform {
  required_providers {
    atlasbackup = { source = "registry.terraform.io/atlasbackup/atlasbackup" }
  }
}
`

func jobConfig(id, more string) string {
	return requiredProviders + fmt.Sprintf(`
data "atlasbackup_serverless_restore_job" "test" {
  group_id       = %q
  cluster_name   = %q
  restore_job_id = %q
  %s
}
`, atlassim.GroupID, atlassim.ServerlessInstance, id, more)
}

func TestPlan_requests(t *testing.T) {
	t.Parallel()
	path := "/api/atlas/v1.0/groups/" + atlassim.GroupID + "/serverless/Orders/backup/restoreJobs/" + atlassim.FinishedJobID
	for kind, want := range map[string][]string{
		"api key":         {"GET " + path + " 401", "GET " + path + " 200"},
		"service account": {"POST /api/oauth/token 200", "GET " + path + " 200", "POST /api/oauth/revoke 200"},
		"access token":    {"GET " + path + " 200"},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			sim := atlassim.Start(t)
			output(t, newWorkspace(t, jobConfig(atlassim.FinishedJobID, ""), credentials(sim)[kind]...), "plan")
			var got []string
			for _, r := range sim.Requests() {
				got = append(got, fmt.Sprint(r.Method, " ", r.Path, " ", r.Status))
				if agent := r.Header.Get("User-Agent"); !regexp.MustCompile(`^terraform-provider-atlasbackup/dev Terraform/\d`).MatchString(agent) {
					t.Errorf("user agent %q", agent)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A provider that is configured, and reads nothing yet, asks nothing.
func TestPlan_configureAsksNothing(t *testing.T) {
	t.Parallel()
	sim := atlassim.Start(t)
	config := jobConfig(atlassim.FinishedJobID, "depends_on = [terraform_data.first]") + `resource "terraform_data" "first" {}`
	for kind, env := range credentials(sim) {
		output(t, newWorkspace(t, config, env...), "plan")
		if got := sim.Requests(); len(got) != 0 {
			t.Errorf("%s: %v", kind, got)
		}
	}
}

// Nothing secret leaves the provider but the link, which is in the state alone.
func TestApply_secrets(t *testing.T) {
	t.Parallel()
	config := jobConfig(atlassim.DownloadJobID, "") + `
output "status" {
  value = data.atlasbackup_serverless_restore_job.test.status
}
`
	sim := atlassim.Start(t)
	for kind, env := range credentials(sim) {
		t.Run(kind, func(t *testing.T) {
			before := len(sim.Requests())
			log := filepath.Join(t.TempDir(), "trace.log")
			workspace := newWorkspace(t, config, append(env, "TF_LOG=TRACE", "TF_LOG_PATH="+log)...)
			printed := output(t, workspace, "plan") + output(t, workspace, "apply", "-auto-approve")
			if !strings.Contains(printed, `status = "COMPLETED"`) {
				t.Fatalf("no status in %s", printed)
			}
			logged := read(t, log)
			for _, want := range []string{"provider.terraform-provider-atlasbackup", "Request to Atlas", "@module=atlasbackup.atlas", "status=200"} {
				if !strings.Contains(logged, want) {
					t.Fatalf("the log has no %q", want)
				}
			}
			for _, secret := range secrets(sim.Requests()[before:]) {
				if strings.Contains(printed, secret) {
					t.Errorf("the CLI printed %q", secret)
				}
				if strings.Contains(logged, secret) {
					t.Errorf("the log has %q", secret)
				}
				inState := strings.Contains(read(t, filepath.Join(workspace.Dir, "terraform.tfstate")), secret)
				if isLink := secret == atlassim.DownloadURL; inState != isLink {
					t.Errorf("%q in the state: %t", secret, inState)
				}
			}
		})
	}
}

// secrets are those of the demo, and what the requests proved themselves with.
func secrets(requests []atlassim.Request) []string {
	found := []string{atlassim.PrivateKey, atlassim.ClientSecret, atlassim.AccessToken, atlassim.DownloadURL}
	for _, r := range requests {
		authorization := r.Header.Get("Authorization")
		_, value, ok := strings.Cut(authorization, " ")
		if !ok {
			continue
		}
		found = append(found, value)
		if response := regexp.MustCompile(`response="([^"]+)"`).FindStringSubmatch(authorization); response != nil {
			found = append(found, response[1])
		}
	}
	return found
}

// Behind a proxy, with a certificate authority of one's own, over HTTP/2.
func TestPlan_network(t *testing.T) {
	t.Parallel()
	sim := atlassim.StartTLS(t)
	var tunnels atomic.Int64
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect || r.Host != "example.com:443" {
			http.Error(w, "only CONNECT to example.com", http.StatusForbidden)
			return
		}
		tunnels.Add(1)
		tunnel(r.Context(), t, w, strings.TrimPrefix(sim.URL, "https://"))
	}))
	t.Cleanup(proxy.Close)
	authority := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(authority, sim.CertificatePEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	env := append(credentials(sim)["service account"],
		"MONGODB_ATLAS_BASE_URL=https://example.com", // a name that the certificate has
		"HTTPS_PROXY="+proxy.URL, "NO_PROXY=", "SSL_CERT_FILE="+authority)
	output(t, newWorkspace(t, jobConfig(atlassim.FinishedJobID, ""), env...), "plan")
	for _, r := range sim.Requests() {
		if r.Proto != "HTTP/2.0" {
			t.Errorf("%s %s over %s", r.Method, r.Path, r.Proto)
		}
	}
	if got := tunnels.Load(); got != 1 {
		t.Errorf("%d connections through the proxy, want 1", got)
	}
}

// tunnel connects whoever asks a proxy to address.
func tunnel(ctx context.Context, t *testing.T, w http.ResponseWriter, address string) {
	there, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
	if err != nil {
		t.Error(err)
		return
	}
	here, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		t.Error(err)
		return
	}
	_, _ = io.WriteString(here, "HTTP/1.1 200 Connection established\r\n\r\n")
	go func() {
		_, _ = io.Copy(there, here)
		_ = there.Close()
	}()
	_, _ = io.Copy(here, there)
	_ = here.Close()
}

// A plan that is interrupted in the middle of a back-off ends at once, and says so.
func TestPlan_interrupt(t *testing.T) {
	t.Parallel()
	sim := atlassim.Start(t)
	asked := make(chan struct{}, 1)
	outage := atlassim.RetryAfter("60", atlassim.Error(http.StatusServiceUnavailable, "SERVICE_UNAVAILABLE", "Maintenance."))
	sim.Inject(-1, func(w http.ResponseWriter, r *http.Request) {
		outage(w, r)
		_ = http.NewResponseController(w).Flush()
		select {
		case asked <- struct{}{}:
		default:
		}
	})
	workspace := newWorkspace(t, jobConfig(atlassim.FinishedJobID, ""), credentials(sim)["api key"]...)
	printed := interrupted(t, workspace, asked)
	// Another attempt would have come a minute later.
	if got := len(sim.Requests()); got != 1 {
		t.Errorf("%d requests, want 1", got)
	}
	if !strings.Contains(printed, "cancelled") {
		t.Errorf("no word of the cancellation in %s", printed)
	}
}

// interrupted runs a plan, interrupts it when told to, and returns what it printed.
func interrupted(t *testing.T, workspace *tfcli.Workspace, now <-chan struct{}) string {
	t.Helper()
	cmd := workspace.Command(t.Context(), "plan", "-no-color")
	var printed bytes.Buffer
	cmd.Stdout, cmd.Stderr = &printed, &printed
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	limit := time.NewTimer(time.Minute) // a test that hangs must fail
	defer limit.Stop()
	select {
	case <-now:
	case err := <-ended:
		t.Fatalf("the plan ended by itself: %v: %s", err, &printed)
	case <-limit.C:
		t.Fatal("the plan did not come so far")
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if err == nil {
			t.Errorf("the plan succeeded: %s", &printed)
		}
	case <-limit.C:
		t.Fatal("the plan did not end")
	}
	return printed.String()
}

// A provider that a debugger started serves the CLI that is told where it is, and
// gives its token back when it is interrupted.
func TestDebug(t *testing.T) {
	t.Parallel()
	sim := atlassim.Start(t)
	provider := exec.CommandContext(t.Context(), filepath.Join(providerDir, "terraform-provider-atlasbackup"), "-debug") //nolint:gosec // what the test built
	provider.Env = tfcli.Environ()
	stdout, err := provider.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := provider.Start(); err != nil {
		t.Fatal(err)
	}
	var reattach string
	lines := bufio.NewScanner(stdout)
	for reattach == "" && lines.Scan() {
		if _, value, ok := strings.Cut(lines.Text(), "TF_REATTACH_PROVIDERS='"); ok {
			reattach = strings.TrimSuffix(value, "'")
		}
	}
	// The CLI passes its environment to no provider that it did not start.
	config := strings.Replace(jobConfig(atlassim.FinishedJobID, ""), "data ", fmt.Sprintf(`
provider "atlasbackup" {
  base_url      = %q
  client_id     = %q
  client_secret = %q
}

data `, sim.URL, atlassim.ClientID, atlassim.ClientSecret), 1)
	workspace := newWorkspace(t, config, "TF_REATTACH_PROVIDERS="+reattach)
	output(t, workspace, "plan")
	if got := len(sim.Requests()); got != 2 {
		t.Errorf("%d requests, want 2", got)
	}
	if err := provider.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() { // to the end, as Wait asks for
		continue
	}
	if err := provider.Wait(); err != nil {
		t.Errorf("the provider ended with %v", err)
	}
	if got := sim.LiveTokens(atlassim.ClientID); got != 0 {
		t.Errorf("%d tokens alive", got)
	}
}

// A wait that is interrupted ends, whoever waits: the next look would have been
// ten minutes later.
func TestPlan_interruptWaiting(t *testing.T) {
	t.Parallel()
	const arguments = "wait_for_completion = true\n  poll_interval = \"10m\""
	for name, config := range map[string]string{
		"data source": jobConfig(atlassim.RunningJobID, arguments),
		"ephemeral":   strings.Replace(jobConfig(atlassim.RunningJobID, arguments), "data ", "ephemeral ", 1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := atlassim.Start(t)
			looked := make(chan struct{}, 1)
			sim.Inject(-1, func(w http.ResponseWriter, r *http.Request) {
				sim.Pass(w, r)
				if r.Header.Get("Authorization") != "" {
					_ = http.NewResponseController(w).Flush()
					looked <- struct{}{}
				}
			})
			printed := interrupted(t, newWorkspace(t, config, credentials(sim)["api key"]...), looked)
			if !strings.Contains(printed, "cancelled") {
				t.Error(printed)
			}
		})
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file) //nolint:gosec // a file that the test made
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The demo's configuration, and what it must come to.
func TestExamples_demo(t *testing.T) {
	t.Parallel()
	sim := atlassim.Start(t)
	workspace := newWorkspace(t, read(t, "examples/demo/main.tf"), credentials(sim)["api key"]...)
	printed := output(t, workspace, "apply", "-auto-approve")
	if strings.Contains(printed, "Check block assertion failed") {
		t.Error(printed)
	}
	cmd := workspace.Command(t.Context(), "output", "-json")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]struct{ Value any }
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]struct{ Value any }{
		"restore": {map[string]any{
			"status": "COMPLETED", "finished_at": "2025-11-14T22:17:52Z", "target_cluster_name": "Orders-restored",
		}},
		"download":      {map[string]any{"status": "COMPLETED", "expires_at": "2025-11-15T10:04:00Z"}},
		"download_link": {atlassim.DownloadURL},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Every example that the docs show is valid, by itself or with the provider's.
func TestExamples_validate(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("examples/*-*/*/*.tf")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for _, file := range append(files, "examples/provider/provider.tf") {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			workspace := newWorkspace(t, read(t, "examples/provider/provider.tf"))
			if filepath.Base(file) != "provider.tf" {
				if err := workspace.Write("example.tf", read(t, file)); err != nil {
					t.Fatal(err)
				}
			}
			output(t, workspace, "validate")
		})
	}
}

// A drill that ends well, after two looks, and one that ends badly.
func TestExamples_waiting(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		atlassim.RunningJobID: "which is more than a day ago",
		atlassim.FailedJobID:  "Restore job " + atlassim.FailedJobID + " ended as FAILED.",
	} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			sim := atlassim.Start(t)
			sim.Play(atlassim.RunningJobID,
				atlassim.RestoreJob{"id": atlassim.RunningJobID},
				atlassim.RestoreJob{"id": atlassim.RunningJobID, "finishedAt": "2025-11-14T22:17:52Z", "timestamp": "2025-11-14T13:00:32Z"})
			example := strings.Replace(read(t, "examples/waiting/main.tf"), `"30s"`, `"1s"`, 1)
			workspace := newWorkspace(t, example, append(credentials(sim)["api key"], "TF_VAR_restore_job_id="+id)...)
			out, err := workspace.Command(t.Context(), "apply", "-auto-approve", "-no-color").CombinedOutput()
			if failed := err != nil; failed != (id == atlassim.FailedJobID) {
				t.Errorf("%v\n%s", err, out)
			}
			if !strings.Contains(strings.Join(strings.Fields(strings.ReplaceAll(string(out), "│", "")), " "), want) {
				t.Errorf("no %q in\n%s", want, out)
			}
		})
	}
}

// The tests that a module's author writes with a mocked provider pass, without Atlas.
func TestExamples_testing(t *testing.T) {
	t.Parallel()
	workspace := newWorkspace(t, read(t, "examples/testing/main.tf"))
	if err := workspace.Write("restored.tftest.hcl", read(t, "examples/testing/tests/restored.tftest.hcl")); err != nil {
		t.Fatal(err)
	}
	if printed := output(t, workspace, "test"); !strings.Contains(printed, "2 passed, 0 failed") {
		t.Error(printed)
	}
}

// Through an ephemeral resource, a link reaches a provisioner, and no file that
// the CLI writes, no output and no log. A data source leaves it in the state and
// in a saved plan, where the docs say it is.
func TestApply_links(t *testing.T) {
	t.Parallel()
	dataSource := jobConfig(atlassim.DownloadJobID, "")
	ephemeral := requiredProviders + read(t, "examples/ephemeral-resources/atlasbackup_serverless_restore_job/ephemeral-resource.tf")
	flex := requiredProviders + read(t, "examples/ephemeral-resources/atlasbackup_flex_restore_job/ephemeral-resource.tf")
	for name, tt := range map[string]struct {
		config string
		stored []string // the files that have the link
	}{
		"data source":    {dataSource, []string{"plan", "terraform.tfstate"}},
		"ephemeral":      {ephemeral, nil},
		"ephemeral flex": {flex, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log := filepath.Join(t.TempDir(), "trace.log")
			workspace := newWorkspace(t, tt.config, append(credentials(atlassim.Start(t))["service account"], "TF_LOG=TRACE", "TF_LOG_PATH="+log)...)
			// The script of the example, which leaves what it was handed elsewhere.
			handed := filepath.Join(t.TempDir(), "handed")
			if err := workspace.Write("fetch-backup.sh", "#!/bin/sh\nprintf %s \"$DOWNLOAD_URL\" > "+handed+"\n"); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(filepath.Join(workspace.Dir, "fetch-backup.sh"), 0o700); err != nil { //nolint:gosec // it is to run
				t.Fatal(err)
			}
			printed := output(t, workspace, "plan", "-out=plan") + output(t, workspace, "apply", "plan") + output(t, workspace, "show")
			if strings.Contains(printed, atlassim.DownloadURL) || strings.Contains(read(t, log), atlassim.DownloadURL) {
				t.Error("the link is in the output or in the log")
			}
			if diff := cmp.Diff(tt.stored, filesWith(t, workspace.Dir, atlassim.DownloadURL)); diff != "" {
				t.Errorf("files with the link: %s", diff)
			}
			if tt.stored == nil && read(t, handed) != atlassim.DownloadURL {
				t.Errorf("the provisioner was handed %q", read(t, handed))
			}
		})
	}
}

// The example says what is wrong with a job that has no link to hand over.
func TestExamples_noLink(t *testing.T) {
	t.Parallel()
	example := strings.Replace(read(t, "examples/ephemeral-resources/atlasbackup_serverless_restore_job/ephemeral-resource.tf"),
		atlassim.DownloadJobID, atlassim.FailedJobID, 1)
	workspace := newWorkspace(t, requiredProviders+example, credentials(atlassim.Start(t))["api key"]...)
	out, err := workspace.Command(t.Context(), "plan", "-no-color").CombinedOutput()
	if text := strings.Join(strings.Fields(strings.ReplaceAll(string(out), "│", "")), " "); err == nil ||
		!strings.Contains(text, "The restore is not completed, or has no download link.") {
		t.Errorf("%v\n%s", err, out)
	}
}

// filesWith names the files below dir that have a text, also inside a plan, which
// is a zip archive.
func filesWith(t *testing.T, dir, text string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content := read(t, path)
		if archive, err := zip.OpenReader(path); err == nil {
			for _, file := range archive.File {
				content += readZipped(t, file)
			}
			_ = archive.Close()
		}
		if strings.Contains(content, text) {
			name, err := filepath.Rel(dir, path)
			found = append(found, name)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func readZipped(t *testing.T, file *zip.File) string {
	t.Helper()
	reader, err := file.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	text, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The other examples run, and come to what the demo's data makes of them.
func TestExamples_run(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"serverless_restore_jobs": {atlassim.FinishedJobID, "These restores failed: " + atlassim.FailedJobID + "."},
		"flex_restore_job":        {`restored_to = "Catalog-restored"`},
		"flex_restore_jobs":       {"newest_link = <sensitive>"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			workspace := newWorkspace(t, requiredProviders+read(t, "examples/data-sources/atlasbackup_"+name+"/data-source.tf"),
				credentials(atlassim.Start(t))["api key"]...)
			printed := output(t, workspace, "apply", "-auto-approve")
			for _, text := range want {
				if !strings.Contains(printed, text) {
					t.Errorf("no %q in\n%s", text, printed)
				}
			}
		})
	}
}

// An endpoint that announces its end is told of once a run, whoever read it.
func TestPlan_deprecation(t *testing.T) {
	t.Parallel()
	sim := atlassim.Start(t)
	sim.SetSunset(atlassim.SunsetAnnounced)
	config := jobConfig(atlassim.FinishedJobID, "") + strings.NewReplacer(requiredProviders, "", `"test"`, `"another"`).Replace(jobConfig(atlassim.DownloadJobID, "count = 20"))
	printed := output(t, newWorkspace(t, config, credentials(sim)["api key"]...), "plan")
	if got := strings.Count(printed, "Deprecated Atlas Endpoint"); got != 1 {
		t.Errorf("%d warnings in %s", got, printed)
	}
	for _, want := range []string{"has its end on 2027-07-01", "ATLASBACKUP_SERVERLESS_API"} {
		if !strings.Contains(printed, want) {
			t.Errorf("no %q in %s", want, printed)
		}
	}
}

// The example of the data source runs, with the check that it declares.
func TestExamples_serverlessRestoreJob(t *testing.T) {
	t.Parallel()
	sim := atlassim.Start(t)
	example := read(t, "examples/data-sources/atlasbackup_serverless_restore_job/data-source.tf")
	for id, want := range map[string]string{
		atlassim.FinishedJobID: `restored_to = "Orders-restored"`,
		atlassim.RunningJobID:  "The restore is IN_PROGRESS.",
		atlassim.FailedJobID:   "Restore job " + atlassim.FailedJobID + " is FAILED.",
	} {
		t.Run(id, func(t *testing.T) {
			workspace := newWorkspace(t, requiredProviders+strings.Replace(example, atlassim.FinishedJobID, id, 1), credentials(sim)["service account"]...)
			out, err := workspace.Command(t.Context(), "apply", "-auto-approve", "-no-color").CombinedOutput()
			if failed := err != nil; failed != (id == atlassim.FailedJobID) {
				t.Errorf("%v\n%s", err, out)
			}
			if !strings.Contains(string(out), want) {
				t.Errorf("no %q in\n%s", want, out)
			}
		})
	}
}
