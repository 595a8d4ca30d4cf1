package atlassim

import (
	"fmt"
	"io"
	"net/http"
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

// Hang is a server or a network that takes a request and says nothing. It ends
// when the client goes away.
func Hang() Fault {
	return func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then does the server notice that the client goes
		<-r.Context().Done()
	}
}
