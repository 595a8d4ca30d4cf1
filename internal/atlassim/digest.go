package atlassim

import (
	"crypto/md5" // what the challenge of Atlas asks for
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"regexp"
	"time"
)

const realm = "MMS Public API"

// digestState is what the server knows of API keys and of the nonces it issued.
type digestState struct {
	keys      map[string]apiKey // by public key
	nonces    map[string]*nonce
	maxAge    time.Duration
	maxUses   int // zero: no limit
	algorithm string
}

type apiKey struct {
	private string
	role    Role
}

type nonce struct {
	issued time.Time
	used   map[string]bool // the counts, nc, seen with it
}

func newDigestState() digestState {
	return digestState{keys: map[string]apiKey{}, nonces: map[string]*nonce{}, maxAge: time.Minute, algorithm: "MD5"}
}

// AddAPIKey adds a programmatic API key.
func (s *Server) AddAPIKey(public, private string, role Role) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.digest.keys[public] = apiKey{private, role}
}

// UseSHA256 makes the server's challenges ask for SHA-256 instead of MD5, as the
// successor of RFC 2617 recommends.
func (s *Server) UseSHA256() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.digest.algorithm = "SHA-256"
}

// LimitNonces makes nonces last for so many uses (zero: any number) and so long:
// a server that keeps few of them, or that has restarted.
func (s *Server) LimitNonces(uses int, age time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.digest.maxUses, s.digest.maxAge = uses, age
}

// challenge asks for digest authentication with a nonce of its own.
func (s *Server) challenge(w http.ResponseWriter) {
	id := rand.Text()
	s.digest.nonces[id] = &nonce{issued: s.now(), used: map[string]bool{}}
	w.Header().Set("WWW-Authenticate", fmt.Sprintf(
		`Digest realm=%q, domain="", nonce=%q, algorithm=%s, qop="auth", stale=false`, realm, id, s.digest.algorithm))
}

var digestParameter = regexp.MustCompile(`(\w+)=(?:"([^"]*)"|([^",\s]+))`)

// digestRole checks a digest response as RFC 7616 has it: the nonce is one of
// ours and young enough, its count is new, and the response is for this request.
func (s *Server) digestRole(r *http.Request, credentials string) (Role, bool) {
	p := map[string]string{}
	for _, m := range digestParameter.FindAllStringSubmatch(credentials, -1) {
		p[m[1]] = m[2] + m[3]
	}
	key, known := s.digest.keys[p["username"]]
	n, issued := s.digest.nonces[p["nonce"]]
	if !known || !issued || p["realm"] != realm || p["uri"] != r.URL.RequestURI() || p["qop"] != "auth" {
		return 0, false
	}
	if s.now().Sub(n.issued) > s.digest.maxAge || n.used[p["nc"]] {
		return 0, false
	}
	if s.digest.maxUses > 0 && len(n.used) >= s.digest.maxUses {
		return 0, false
	}
	secret := s.hash(p["username"], realm, key.private)
	request := s.hash(r.Method, p["uri"])
	if p["response"] != s.hash(secret, p["nonce"], p["nc"], p["cnonce"], p["qop"], request) {
		return 0, false
	}
	n.used[p["nc"]] = true
	return key.role, true
}

func (s *Server) hash(parts ...string) string {
	var text string
	for i, part := range parts {
		if i > 0 {
			text += ":"
		}
		text += part
	}
	if s.digest.algorithm == "SHA-256" {
		sum := sha256.Sum256([]byte(text))
		return hex.EncodeToString(sum[:])
	}
	sum := md5.Sum([]byte(text))
	return hex.EncodeToString(sum[:])
}
