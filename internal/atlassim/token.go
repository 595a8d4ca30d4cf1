package atlassim

import (
	"crypto/rand"
	"net/http"
	"strings"
	"time"
)

const (
	tokenPath  = "/api/oauth/token"
	revokePath = "/api/oauth/revoke"

	maxTokens = 100 // of one account at a time
)

// tokenState is what the server knows of service accounts and of their tokens.
type tokenState struct {
	accounts map[string]serviceAccount // by client ID
	tokens   map[string]token
	life     time.Duration
	refuse   int // so many requests with a valid token are refused
}

type serviceAccount struct {
	secret string
	role   Role
}

type token struct {
	account string // client ID, empty for a token made elsewhere
	role    Role
	expires time.Time // zero: never
}

func newTokenState() tokenState {
	return tokenState{accounts: map[string]serviceAccount{}, tokens: map[string]token{}, life: time.Hour}
}

// AddServiceAccount adds a service account.
func (s *Server) AddServiceAccount(clientID, clientSecret string, role Role) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens.accounts[clientID] = serviceAccount{clientSecret, role}
}

// AddAccessToken adds a token that someone made by other means.
func (s *Server) AddAccessToken(text string, role Role) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens.tokens[text] = token{role: role}
}

// LimitTokens makes the tokens that the endpoint gives from now on last so long.
func (s *Server) LimitTokens(life time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens.life = life
}

// RefuseTokens makes the next n requests with a valid token fail with 401; below
// zero, all: a token that was revoked elsewhere, a server that has not heard of it.
func (s *Server) RefuseTokens(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens.refuse = n
}

// LiveTokens is how many tokens an account has that were neither revoked nor ran out.
func (s *Server) LiveTokens(clientID string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.liveTokens(clientID)
}

func (s *Server) liveTokens(clientID string) int {
	live := 0
	for _, t := range s.tokens.tokens {
		if t.account == clientID && s.now().Before(t.expires) {
			live++
		}
	}
	return live
}

// authenticate finds out what whoever asks may do.
func (s *Server) authenticate(r *http.Request) (Role, bool) {
	scheme, credentials, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	switch scheme {
	case "Digest":
		return s.digestRole(r, credentials)
	case "Bearer":
		t, ok := s.tokens.tokens[credentials]
		if !ok || !t.expires.IsZero() && !s.now().Before(t.expires) {
			return 0, false
		}
		if s.tokens.refuse != 0 {
			s.tokens.refuse--
			return 0, false
		}
		return t.role, true
	}
	return 0, false
}

// token is the token endpoint, RFC 6749 section 4.4.
func (s *Server) token(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.PostFormValue("grant_type") != "client_credentials" {
		oauthError(http.StatusBadRequest, "unsupported_grant_type", "The grant type is not supported.").write(w, r)
		return
	}
	clientID, account, ok := s.account(r)
	switch {
	case !ok:
		oauthError(http.StatusUnauthorized, "invalid_client", "The client credentials are invalid.").write(w, r)
		return
	case s.liveTokens(clientID) >= maxTokens:
		oauthError(http.StatusForbidden, "access_denied", "The service account has too many active tokens.").write(w, r)
		return
	}
	text := "simulated." + rand.Text()
	s.tokens.tokens[text] = token{clientID, account.role, s.now().Add(s.tokens.life)}
	answer{http.StatusOK, map[string]any{
		"access_token": text, "token_type": "Bearer", "expires_in": int(s.tokens.life.Seconds()),
	}}.write(w, r)
}

// revoke is the revocation endpoint, RFC 7009.
func (s *Server) revoke(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	clientID, _, ok := s.account(r)
	if !ok {
		oauthError(http.StatusUnauthorized, "invalid_client", "The client credentials are invalid.").write(w, r)
		return
	}
	if text := r.PostFormValue("token"); s.tokens.tokens[text].account == clientID {
		delete(s.tokens.tokens, text)
	}
	answer{http.StatusOK, map[string]any{}}.write(w, r)
}

// account is the service account whose credentials a request has.
func (s *Server) account(r *http.Request) (clientID string, account serviceAccount, ok bool) {
	clientID, secret, _ := r.BasicAuth()
	account, known := s.tokens.accounts[clientID]
	return clientID, account, known && account.secret == secret
}

func oauthError(status int, code, description string) answer {
	return answer{status, map[string]any{"error": code, "error_description": description}}
}
