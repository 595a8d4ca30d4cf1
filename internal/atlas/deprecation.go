package atlas

import (
	"net/http"
	"sync"
	"time"
)

// Deprecation is what an endpoint said of its own end, while it still served.
type Deprecation struct {
	ServedBy ServedBy

	// Sunset is the day of the end, 2006-01-02, or the header's own text if that
	// is no date. Empty if only the deprecation was announced.
	Sunset string

	// Fixed means that the client asks no other endpoint.
	Fixed bool
}

// deprecations keep the first one of the process until it is taken.
type deprecations struct {
	mu    sync.Mutex
	first *Deprecation
	taken bool
}

func (d *deprecations) note(at ServedBy, header http.Header) {
	sunset := header.Get("Sunset")
	if sunset == "" && header.Get("Deprecation") == "" {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.first == nil {
		d.first = &Deprecation{ServedBy: at, Sunset: sunsetDay(sunset)}
	}
}

// TakeDeprecation returns what an endpoint that served said of its end, to the
// first caller, and nil to all others.
func (c *Client) TakeDeprecation() *Deprecation {
	d := &c.deprecations
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.taken || d.first == nil {
		return nil
	}
	d.taken = true
	d.first.Fixed = c.follower.fixed != ""
	return d.first
}

// sunsetDay reads the date of a Sunset header, RFC 8594. Atlas sends days without
// padding, which http.ParseTime refuses.
func sunsetDay(header string) string {
	for _, layout := range []string{"Mon, 2 Jan 2006 15:04:05 GMT", time.RFC3339, time.DateOnly} {
		if date, err := time.Parse(layout, header); err == nil {
			return date.UTC().Format(time.DateOnly)
		}
	}
	return oneLine(header)
}
