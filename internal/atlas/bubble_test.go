package atlas_test

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlassim"
)

// A bubble is a simulated Atlas behind an in-memory network, in which time
// passes only while everybody waits: an hour of retries takes a moment, and no
// other load on the machine changes what is seen.
type bubble struct {
	*testing.T
	sim   *atlassim.Server
	conns chan net.Conn
	done  chan struct{}
	dials atomic.Int64
}

func inBubble(t *testing.T, test func(*bubble)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := &bubble{T: t, sim: atlassim.NewDemo(), conns: make(chan net.Conn), done: make(chan struct{})}
		server := &http.Server{Handler: b.sim, ReadHeaderTimeout: time.Hour}
		go func() { _ = server.Serve(b) }()
		t.Cleanup(func() { _ = server.Close() })
		test(b)
	})
}

// Accept, Addr and Close make a bubble the listener of its server.
func (b *bubble) Accept() (net.Conn, error) {
	select {
	case conn := <-b.conns:
		return conn, nil
	case <-b.done:
		return nil, net.ErrClosed
	}
}

func (b *bubble) Addr() net.Addr { return &net.UnixAddr{Name: "bubble"} }

func (b *bubble) Close() error {
	close(b.done)
	return nil
}

func (b *bubble) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	b.dials.Add(1)
	here, there := net.Pipe()
	select {
	case b.conns <- there:
		return here, nil
	case <-b.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// client is one of the bubble's Atlas, which ends with the test.
func (b *bubble) client(config atlas.Config) *atlas.Client {
	if config.Credentials == nil {
		config.Credentials = apiKey
	}
	config.BaseURL = &url.URL{Scheme: "http", Host: "atlas.example"}
	atlas.SetDial(&config, b.dial)
	client := atlas.NewClient(config)
	b.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		client.Close(ctx)
	})
	return client
}

// read reads n jobs, up to parallel at a time, and returns the errors that came.
func read(client *atlas.Client, n, parallel int) []error {
	var (
		mu      sync.Mutex
		errs    []error
		group   sync.WaitGroup
		tickets = make(chan struct{}, n)
	)
	for range n {
		tickets <- struct{}{}
	}
	close(tickets)
	for range parallel {
		group.Go(func() {
			for range tickets {
				if _, err := get(client, atlassim.FinishedJobID); err != nil {
					mu.Lock()
					errs = append(errs, err)
					mu.Unlock()
				}
			}
		})
	}
	group.Wait()
	return errs
}

// bothKinds are the credentials that the client has to work for.
var bothKinds = map[string]atlas.Credentials{"api key": apiKey, "service account": serviceAccount}
