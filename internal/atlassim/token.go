package atlassim

import (
	"crypto/rand"
	"net/http"
	"strings"
	"time"
)

const tokenPath = "/api/oauth/token"

// tokenState is what the server knows of service accounts and of their tokens.
type tokenState struct {
	accounts map[string]serviceAccount // by client ID
	tokens   map[string]token
	life     time.Duration
}

type serviceAccount struct {
	secret string
	role   Role
}

type token struct {
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

// authenticate finds out what whoever asks may do.
func (s *Server) authenticate(r *http.Request) (Role, bool) {
	scheme, credentials, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	switch scheme {
	case "Digest":
		return s.digestRole(r, credentials)
	case "Bearer":
		t, ok := s.tokens.tokens[credentials]
		return t.role, ok && (t.expires.IsZero() || s.now().Before(t.expires))
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
	clientID, secret, ok := r.BasicAuth()
	account, known := s.tokens.accounts[clientID]
	if !ok || !known || account.secret != secret {
		oauthError(http.StatusUnauthorized, "invalid_client", "The client credentials are invalid.").write(w, r)
		return
	}
	text := "simulated." + rand.Text()
	s.tokens.tokens[text] = token{account.role, s.now().Add(s.tokens.life)}
	answer{http.StatusOK, map[string]any{
		"access_token": text, "token_type": "Bearer", "expires_in": int(s.tokens.life.Seconds()),
	}}.write(w, r)
}

func oauthError(status int, code, description string) answer {
	return answer{status, map[string]any{"error": code, "error_description": description}}
}
