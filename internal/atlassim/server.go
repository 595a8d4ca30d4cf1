// Package atlassim is a simulated MongoDB Atlas, for tests and the demo: the part
// of the Administration API that the provider reads, true to the wire.
//
// It models API keys with HTTP digest (nonces that it issues, ages and counts;
// MD5 or SHA-256), service accounts with OAuth 2.0 tokens that expire, are revoked
// and are limited in number, access tokens made elsewhere, the roles Project Owner,
// Project Backup Manager and Project Read Only, the API access list, the error
// bodies, the query parameters envelope and pretty, and the restore jobs of
// serverless instances (v1.0), Flex and dedicated clusters (v2, by the header
// Accept), one by one and in pages, with null and absent fields as the test gives
// them, and the end of the serverless API. It can answer as a broken network or a
// broken Atlas does, see [Fault].
//
// It does not model organizations, writes (a job changes only as a test says, see [Server.Play]),
// snapshots, the serverless endpoints of v2, or rate limits that fill up with time. Where nobody knows
// what Atlas does, such as whether an envelope changes the status on the wire,
// it takes the harder way for a client.
package atlassim

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"time"
)

// Server is a simulated Atlas. It is safe for concurrent use.
type Server struct {
	URL string // set by Start, StartTLS and Listen

	certificate *x509.Certificate // of StartTLS

	mux *http.ServeMux

	mu       sync.Mutex
	now      func() time.Time
	requests []Request
	unknown  []string
	faults   []injected
	latency  time.Duration
	state    state
	digest   digestState
	tokens   tokenState
}

// Request is a request as it reached the server, with the status of the answer.
type Request struct {
	Method string
	Path   string // escaped, as on the wire
	Query  string
	Proto  string
	Header http.Header
	Status int
}

// New returns a server with no project and no credentials, which is an
// [http.Handler] and not yet on the network.
func New() *Server {
	s := &Server{now: time.Now, state: newState(), digest: newDigestState(), tokens: newTokenState(), mux: http.NewServeMux()}
	s.mux.HandleFunc("POST "+tokenPath, s.token)
	s.mux.HandleFunc("POST "+revokePath, s.revoke)
	s.routes()
	s.mux.HandleFunc("/", s.unknownRoute)
	return s
}

// TB is the part of testing.TB that a server needs.
type TB interface {
	Helper()
	Cleanup(func())
	Errorf(format string, args ...any)
}

// Start serves the demo's data on a loopback port until the test ends, and fails
// the test if anything asks for a route that Atlas does not have.
func Start(t TB) *Server {
	t.Helper()
	return start(t, (*httptest.Server).Start)
}

// StartTLS is Start with TLS, with a certificate that nobody trusts.
func StartTLS(t TB) *Server {
	t.Helper()
	return start(t, (*httptest.Server).StartTLS)
}

func start(t TB, serve func(*httptest.Server)) *Server {
	s := NewDemo()
	listener := httptest.NewUnstartedServer(s)
	listener.Config.ErrorLog = log.New(io.Discard, "", 0) // clients that break off are what tests are about
	listener.EnableHTTP2 = true
	serve(listener)
	s.URL, s.certificate = listener.URL, listener.Certificate()
	t.Cleanup(func() {
		listener.Close()
		for _, route := range s.unknown {
			t.Errorf("Atlas has no route %s", route)
		}
	})
	return s
}

// Listen serves at a loopback address, such as "127.0.0.1:0", until ctx ends.
// The channel then gives the error, if there was one.
func (s *Server) Listen(ctx context.Context, address string) (<-chan error, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	s.URL = "http://" + listener.Addr().String()
	server := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	done := make(chan error, 1)
	go func() {
		defer stop()
		err := server.Serve(listener)
		if errors.Is(err, http.ErrServerClosed) {
			err = nil
		}
		done <- err
	}()
	return done, nil
}

// CertificatePEM is the certificate of StartTLS, for 127.0.0.1 and example.com.
func (s *Server) CertificatePEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.certificate.Raw})
}

// Requests returns what reached the server, oldest first.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// SetClock makes nonces and tokens age by now.
func (s *Server) SetClock(now func() time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = now
}

// ServeHTTP answers as Atlas does, or as a [Fault] that is due.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	recorder := &statusRecorder{ResponseWriter: w, status: http.StatusOK}
	s.mu.Lock()
	i := len(s.requests)
	s.requests = append(s.requests, Request{
		Method: r.Method, Path: r.URL.EscapedPath(), Query: r.URL.RawQuery, Proto: r.Proto, Header: r.Header.Clone(),
	})
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.requests[i].Status = recorder.status
	}()
	s.delay(r)
	if fault := s.nextFault(); fault != nil {
		fault(recorder, r)
		return
	}
	s.mux.ServeHTTP(recorder, r)
}

func (s *Server) unknownRoute(w http.ResponseWriter, r *http.Request) {
	route := fmt.Sprintf("%s %s", r.Method, r.URL.EscapedPath())
	s.mu.Lock()
	s.unknown = append(s.unknown, route)
	s.mu.Unlock()
	apiError(http.StatusNotFound, "RESOURCE_NOT_FOUND", "Cannot find resource "+r.URL.Path+".").write(w, r)
}

type statusRecorder struct {
	http.ResponseWriter
	status int
}

func (r *statusRecorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap gives http.ResponseController the writer below.
func (r *statusRecorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
