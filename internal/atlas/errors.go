package atlas

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode"
)

// An APIError is an answer of Atlas, or of something between here and Atlas,
// that is not the resource asked for.
type APIError struct {
	Method     string
	Path       string
	StatusCode int

	// The API's error body; each is empty where the answer did not have it.
	Status           int    // its "error", the HTTP status again
	ErrorCode        string // what to decide on; from the header X-Error-Code if the body has none
	Reason           string
	Detail           string
	Parameters       []any
	BadRequestFields []FieldViolation

	// Body is the start of a body that is no JSON, at most 200 bytes, on one line.
	Body string
}

// A FieldViolation says what is wrong with one field of a request.
type FieldViolation struct {
	Field       string `json:"field"`
	Description string `json:"description"`
}

// Error is `METHOD path: status code: message`, without what the answer lacked.
func (e *APIError) Error() string {
	text := fmt.Sprintf("%s %s: %d", e.Method, e.Path, e.StatusCode)
	if e.ErrorCode != "" {
		text += " " + e.ErrorCode
	}
	if message := e.message(); message != "" {
		text += ": " + message
	}
	for _, v := range e.BadRequestFields {
		text += fmt.Sprintf("; %s: %s", v.Field, v.Description)
	}
	return text
}

func (e *APIError) message() string {
	for _, s := range []string{e.Detail, e.Reason, e.Body} {
		if s != "" {
			return s
		}
	}
	return http.StatusText(e.StatusCode)
}

// FromAtlas tells whether the answer has the form of the API's errors. One that
// has not may come from a proxy, a load balancer or a maintenance page.
func (e *APIError) FromAtlas() bool {
	return e.ErrorCode != "" || e.Detail != "" || e.Reason != ""
}

func newAPIError(method, path string, resp *http.Response, body []byte) *APIError {
	e := &APIError{Method: method, Path: path, StatusCode: resp.StatusCode}
	var answer struct {
		Error            int    `json:"error"`
		ErrorCode        string `json:"errorCode"`
		Reason           string `json:"reason"`
		Detail           string `json:"detail"`
		Parameters       []any  `json:"parameters"`
		BadRequestDetail struct {
			Fields []FieldViolation `json:"fields"`
		} `json:"badRequestDetail"`
	}
	err := json.Unmarshal(body, &answer)
	// A field of another type loses itself, not the rest of the explanation.
	var wrongType *json.UnmarshalTypeError
	if err == nil || errors.As(err, &wrongType) {
		e.Status = answer.Error
		e.ErrorCode = oneLine(answer.ErrorCode)
		e.Reason = oneLine(answer.Reason)
		e.Detail = oneLine(answer.Detail)
		e.Parameters = answer.Parameters
		for _, v := range answer.BadRequestDetail.Fields {
			e.BadRequestFields = append(e.BadRequestFields, FieldViolation{oneLine(v.Field), oneLine(v.Description)})
		}
	}
	if e.ErrorCode == "" {
		e.ErrorCode = oneLine(resp.Header.Get("X-Error-Code"))
	}
	if e.Detail == "" && e.Reason == "" {
		e.Body = quote(resp.StatusCode, body)
	}
	return e
}

// A RequestError says that a request got no answer, and why.
type RequestError struct {
	Method string
	Path   string
	Host   string
	Err    error
}

func (e *RequestError) Error() string { return fmt.Sprintf("%s %s: %v", e.Method, e.Path, e.Err) }

func (e *RequestError) Unwrap() error { return e.Err }

func newRequestError(method, path, host string, err error) *RequestError {
	var urlErr *url.Error // repeats the whole URL
	if errors.As(err, &urlErr) {
		err = urlErr.Err
	}
	return &RequestError{Method: method, Path: path, Host: host, Err: err}
}

// A DecodeError says that an answer with status 200 is not what the API
// promises.
type DecodeError struct {
	Method  string
	Path    string
	Problem string
	Body    string // as in [APIError], and only of a page
}

func (e *DecodeError) Error() string {
	text := fmt.Sprintf("%s %s: 200: %s", e.Method, e.Path, e.Problem)
	if e.Body != "" {
		text += ": " + e.Body
	}
	return text
}

func newDecodeError(method, path string, resp *http.Response, err error) *DecodeError {
	body := peek(resp)
	e := &DecodeError{Method: method, Path: path, Problem: "the answer is not valid JSON"}
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrongType):
		key := wrongType.Field
		if key == "" {
			key = "the answer itself"
		}
		value, _, _ := strings.Cut(wrongType.Value, " ") // "number 1.5": the type alone
		e.Problem = fmt.Sprintf("%s is a JSON %s, where the API promises %s", key, value, jsonType(wrongType.Type.String()))
	case len(bytes.TrimSpace(body)) == 0:
		e.Problem = "the answer is empty"
	default:
		e.Body = quote(resp.StatusCode, body)
	}
	return e
}

// jsonType is the JSON word for a Go type of the answer's structs.
func jsonType(goType string) string {
	switch goType {
	case "string", "bool":
		return goType
	case "int64":
		return "whole number"
	}
	if strings.HasPrefix(goType, "[]") {
		return "array"
	}
	return "object"
}

// quote is the start of a body, fit for an error message. JSON is not quoted, and
// of a success only a page is: there may be a download link or a token in it.
func quote(status int, body []byte) string {
	const quoted = 200
	text := strings.TrimSpace(strings.TrimPrefix(string(body[:min(len(body), quoted)]), "\ufeff"))
	isPage := strings.HasPrefix(text, "<")
	if !isPage && (status < http.StatusMultipleChoices || strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[")) {
		return ""
	}
	return oneLine(text)
}

// oneLine drops control characters and broken UTF-8, folds white space, and cuts
// what is too long for a message.
func oneLine(s string) string {
	const longest = 1000
	s = s[:min(len(s), longest)]
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
