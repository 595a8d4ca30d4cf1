package atlas

import (
	"context"
	"net"
)

// Backoff and RetryAfter are tested by themselves.
var (
	Backoff    = backoff
	RetryAfter = retryAfter
)

// SetDial makes a client of config open connections with dial.
func SetDial(config *Config, dial func(ctx context.Context, network, address string) (net.Conn, error)) {
	config.dial = dial
}
