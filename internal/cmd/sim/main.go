// Sim runs the simulated Atlas on a loopback port until it is interrupted, and
// prints a configuration to try against it.
package main

import (
	"context"
	"flag"
	"fmt"
	"net"
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
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("%q is not a loopback address, such as 127.0.0.1:8080", address)
	}
	sim := atlassim.NewDemo()
	done, err := sim.Listen(ctx, address)
	if err != nil {
		return err
	}
	fmt.Printf(`A simulated Atlas listens at %s until you press Ctrl-C. A configuration to paste:

terraform {
  required_providers {
    atlasbackup = {
      source = "atlasbackup/atlasbackup"
    }
  }
}

provider "atlasbackup" {
  base_url    = %q
  public_key  = %q # or %q, which has too small a role
  private_key = %q # or %q

  # Or a service account:
  # client_id     = %q
  # client_secret = %q

  # Or a token:
  # access_token = %q
}

data "atlasbackup_serverless_restore_job" "example" {
  group_id       = %q
  cluster_name   = %q
  restore_job_id = %q # or one that ends in 2 (download), 3 (point in time), 4 (running), 5 (failed)
}

output "status" {
  value = data.atlasbackup_serverless_restore_job.example.status
}
`, sim.URL, sim.URL, atlassim.PublicKey, atlassim.ReadOnlyPublicKey, atlassim.PrivateKey, atlassim.ReadOnlyPrivateKey,
		atlassim.ClientID, atlassim.ClientSecret, atlassim.AccessToken, atlassim.GroupID, atlassim.ServerlessInstance, atlassim.FinishedJobID)
	return <-done
}
