// Sim runs the simulated Atlas on a loopback port until it is interrupted, and
// prints a configuration to try against it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlassim"
)

func main() {
	address := flag.String("listen", "127.0.0.1:8080", "loopback address to listen on")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *address); err != nil {
		fmt.Fprintln(os.Stderr, "sim:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, address string) error {
	sim := atlassim.NewDemo()
	done, err := sim.Listen(ctx, address)
	if err != nil {
		return err
	}
	fmt.Printf(`A simulated Atlas listens at %s until you press Ctrl-C. A configuration to paste:

provider "atlasbackup" {
  base_url    = %q
  public_key  = %q
  private_key = %q

  # Or a service account:
  # client_id     = %q
  # client_secret = %q
}

data "atlasbackup_serverless_restore_job" "example" {
  group_id       = %q
  cluster_name   = %q
  restore_job_id = %q # or one that ends in 2 (download), 3 (point in time), 4 (running), 5 (failed)
}

output "status" {
  value = data.atlasbackup_serverless_restore_job.example.status
}
`, sim.URL, sim.URL, atlassim.PublicKey, atlassim.PrivateKey, atlassim.ClientID, atlassim.ClientSecret,
		atlassim.GroupID, atlassim.ServerlessInstance, atlassim.FinishedJobID)
	return <-done
}
