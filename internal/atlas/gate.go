package atlas

import (
	"context"
	"sync"
	"time"
)

// patience is how long requests wait for the first one to find out what all of
// them need. One that takes longer may hang, and they go on their own.
const patience = time.Second

// gate lets one go first while it is open, and the others wait for it.
type gate struct {
	patience time.Duration // at least patience

	mu    sync.Mutex
	first chan struct{} // closed when the first one is done
}

// enter returns at once for the first one, and for the others when that is done,
// whatever came of it, or when their patience ends. leave must be called.
func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	g.mu.Lock()
	first := g.first
	if first == nil {
		first = make(chan struct{})
		g.first = first
		g.mu.Unlock()
		return func() {
			g.mu.Lock()
			defer g.mu.Unlock()
			g.first = nil
			close(first)
		}, nil
	}
	g.mu.Unlock()
	timer := time.NewTimer(max(g.patience, patience))
	defer timer.Stop()
	select {
	case <-first:
	case <-timer.C:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return func() {}, nil
}
