package atlas

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

const maxBodyBytes = 16 << 20

// A BodyTooLargeError says that an answer was larger than any that the API gives.
type BodyTooLargeError struct {
	Host string
}

func (e *BodyTooLargeError) Error() string {
	return fmt.Sprintf("the answer of %s is larger than %d MiB", e.Host, maxBodyBytes>>20)
}

// memoryBody is a body that was read from the wire already.
type memoryBody struct {
	*bytes.Reader
	bytes []byte
}

func (memoryBody) Close() error { return nil }

// readBody replaces the body on the wire by the same one in memory.
func readBody(resp *http.Response) error {
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBodyBytes+1))
	if err != nil {
		return fmt.Errorf("the answer broke off: %w", err)
	}
	if len(body) > maxBodyBytes {
		return &BodyTooLargeError{Host: resp.Request.URL.Host}
	}
	setBody(resp, body)
	return nil
}

func setBody(resp *http.Response, body []byte) {
	resp.Body = memoryBody{bytes.NewReader(body), body}
	resp.ContentLength = int64(len(body))
}

// peek is the whole body of an answer that went through exchange.
func peek(resp *http.Response) []byte {
	if body, ok := resp.Body.(memoryBody); ok {
		return body.bytes
	}
	return nil
}

// openEnvelope gives resp the status and the content that its envelope holds.
// An answer without an envelope, as a proxy sends, stays what it is.
func openEnvelope(resp *http.Response) {
	var envelope struct {
		Status  int             `json:"status"`
		Content json.RawMessage `json:"content"`
	}
	if json.Unmarshal(peek(resp), &envelope) != nil || envelope.Status < 100 || envelope.Status > 599 {
		return
	}
	resp.StatusCode = envelope.Status
	if len(envelope.Content) > 0 {
		setBody(resp, envelope.Content)
	}
}

// recorded is an answer that can be given again.
type recorded struct {
	resp *http.Response
	body []byte
}

func record(resp *http.Response) *recorded { return &recorded{resp, peek(resp)} }

// response is the answer, to req.
func (r *recorded) response(req *http.Request) *http.Response {
	resp := *r.resp
	resp.Request, resp.Header = req, r.resp.Header.Clone()
	setBody(&resp, r.body)
	return &resp
}
