package atlassim

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// A Fault answers in the place of Atlas, before it looks at credentials.
type Fault func(http.ResponseWriter, *http.Request)

type injected struct {
	fault Fault
	left  int // below zero: for ever
}

// Inject makes the next n requests meet the fault; below zero, all requests.
// Faults that are injected one after the other happen one after the other.
func (s *Server) Inject(n int, fault Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, injected{fault, n})
}

func (s *Server) nextFault() Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.faults) > 0 && s.faults[0].left == 0 {
		s.faults = s.faults[1:]
	}
	if len(s.faults) == 0 {
		return nil
	}
	s.faults[0].left--
	return s.faults[0].fault
}

// Pass answers as if there were no fault, for a fault that is one for some.
func (s *Server) Pass(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// Error is any answer in the API's form of an error: an outage (500, 503), a rate
// limit (429), a version that is gone (410).
func Error(status int, code, detail string, parameters ...any) Fault {
	return apiError(status, code, detail, parameters...).write
}

// BadRequest is the refusal of a request whose field is not valid.
func BadRequest(field, description string) Fault {
	a := apiError(http.StatusBadRequest, "VALIDATION_ERROR", "Invalid request.")
	if body, ok := a.body.(map[string]any); ok {
		body["badRequestDetail"] = map[string]any{
			"fields": []any{map[string]any{"field": field, "description": description}},
		}
	}
	return a.write
}

// Body is an answer in no form of the API's: the page of a proxy, the empty body
// of a load balancer, JSON of the wrong shape.
func Body(status int, contentType, body string) Fault {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// ProxyPage is what a proxy says when it cannot reach Atlas, and some maintenance
// pages.
func ProxyPage(status int) Fault {
	return Body(status, "text/html", fmt.Sprintf("<html>\n<head><title>%d %s</title></head>\n<body>\x07proxy.example</body></html>\n",
		status, http.StatusText(status)))
}

// Redirect is a captive portal, or a host that moved.
func Redirect(to string) Fault {
	return func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, to+r.URL.RequestURI(), http.StatusFound)
	}
}

// RetryAfter adds the header Retry-After to an answer, in seconds or as a date: a
// rate limit, an outage that somebody announced.
func RetryAfter(value string, fault Fault) Fault {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", value)
		fault(w, r)
	}
}

// Reset is a connection that a firewall, a load balancer or a restart drops.
func Reset() Fault {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // a reset, and not an orderly end
		}
		_ = conn.Close()
	}
}

// CutShort is a connection that drops inside a body.
func CutShort() Fault {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, `{"id": "6553f1a0`)
	}
}

// Large is a body of so many bytes: a download portal, or a server gone wrong.
func Large(bytes int64) Fault {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		chunk := make([]byte, 64<<10)
		for i := range chunk {
			chunk[i] = ' '
		}
		for written := int64(0); written < bytes; written += int64(len(chunk)) {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}
}

// Hang is a server or a network that takes a request and says nothing. It ends
// when the client goes away.
func Hang() Fault {
	return func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then does the server notice that the client goes
		<-r.Context().Done()
	}
}

// SetLatency makes each answer take so long: the way to Atlas and back.
func (s *Server) SetLatency(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.latency = d
}

// delay waits for the latency, or until the client goes away.
func (s *Server) delay(r *http.Request) {
	s.mu.Lock()
	latency := s.latency
	s.mu.Unlock()
	if latency == 0 {
		return
	}
	timer := time.NewTimer(latency)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.Context().Done():
	}
}
