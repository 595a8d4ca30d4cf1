package atlas

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
)

// openEnvelope gives resp the status and the content that its envelope holds.
// An answer without an envelope, as a proxy sends, stays what it is.
func openEnvelope(resp *http.Response) {
	body, _ := io.ReadAll(resp.Body) // from memory: it cannot fail
	setBody(resp, body)
	var envelope struct {
		Status  int             `json:"status"`
		Content json.RawMessage `json:"content"`
	}
	if json.Unmarshal(body, &envelope) != nil || envelope.Status < 100 || envelope.Status > 599 {
		return
	}
	resp.StatusCode = envelope.Status
	if len(bytes.TrimSpace(envelope.Content)) > 0 {
		setBody(resp, envelope.Content)
	}
}
