package atlas

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"golang.org/x/oauth2"
)

// tokenAnswers makes an error of a success without a token, so that it is tried
// again: a proxy's page, say.
type tokenAnswers struct {
	next http.RoundTripper
}

func (t tokenAnswers) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := t.next.RoundTrip(req)
	if err != nil || resp.StatusCode < 200 || resp.StatusCode > 299 {
		return resp, err
	}
	var answer struct {
		AccessToken string `json:"access_token"`
		TokenType   string `json:"token_type"`
		ExpiresIn   int64  `json:"expires_in"`
	}
	if err := json.Unmarshal(peek(resp), &answer); err != nil {
		return nil, newDecodeError(req.Method, req.URL.Path, resp, err)
	}
	if answer.AccessToken == "" {
		return nil, &DecodeError{Method: req.Method, Path: req.URL.Path, Problem: "the answer has no access_token"}
	}
	resp.Header.Set("Content-Type", "application/json") // package oauth2 goes by it
	return resp, nil
}

// failure turns an error of package oauth2, which quotes the whole answer, into
// one of this package.
func (s *tokenSource) failure(err error) error {
	var refused *oauth2.RetrieveError
	var malformed *DecodeError
	if errors.As(err, &malformed) {
		return malformed
	}
	if !errors.As(err, &refused) {
		return newRequestError(http.MethodPost, tokenPath, s.host, err)
	}
	e := newAPIError(http.MethodPost, tokenPath, refused.Response, refused.Body)
	if !strings.HasPrefix(e.Body, "<") {
		e.Body = "" // what is no page may hold a token
	}
	if refused.ErrorCode != "" { // OAuth's own form of an error, RFC 6749 section 5.2
		e.ErrorCode, e.Detail, e.Body = oneLine(refused.ErrorCode), oneLine(refused.ErrorDescription), ""
	}
	return e
}

// isRefusal tells whether asking for a token again would only be refused again.
func isRefusal(err error) bool {
	var e *APIError
	if !errors.As(err, &e) || !e.FromAtlas() || e.ErrorCode == "access_denied" { // too many tokens, which passes
		return false
	}
	return e.StatusCode == http.StatusBadRequest || e.StatusCode == http.StatusUnauthorized || e.StatusCode == http.StatusForbidden
}

// A TokenError says that the token endpoint gave no token. It wraps an
// [*APIError] if the endpoint answered, else a [*RequestError].
type TokenError struct {
	Err error
}

func (e *TokenError) Error() string { return fmt.Sprintf("fetching a token: %v", e.Err) }

func (e *TokenError) Unwrap() error { return e.Err }
