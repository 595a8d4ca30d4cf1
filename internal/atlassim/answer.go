package atlassim

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// answer is what Atlas says: a status and JSON.
type answer struct {
	status int
	body   any
}

// apiError is the API's error body.
func apiError(status int, code, detail string, parameters ...any) answer {
	return answer{status, map[string]any{
		"error":      status,
		"errorCode":  code,
		"reason":     http.StatusText(status),
		"detail":     detail,
		"parameters": parameters,
	}}
}

func unauthorized() answer {
	return apiError(http.StatusUnauthorized, "UNEXPECTED_ERROR", "You are not authorized for this resource.")
}

func groupNotFound(groupID string) answer {
	return apiError(http.StatusNotFound, "GROUP_NOT_FOUND", fmt.Sprintf("No group with ID %s exists.", groupID), groupID)
}

func clusterNotFound(name, groupID string) answer {
	return apiError(http.StatusNotFound, "CLUSTER_NOT_FOUND",
		fmt.Sprintf("No cluster named %s exists in group %s.", name, groupID), name, groupID)
}

func resourceNotFound(kind, id string) answer {
	return apiError(http.StatusNotFound, "RESOURCE_NOT_FOUND", fmt.Sprintf("Cannot find resource %s with id %s.", kind, id), id)
}

// write sends the answer as the request's envelope and pretty ask for.
func (a answer) write(w http.ResponseWriter, r *http.Request) {
	status, body := a.status, a.body
	if e, ok := body.(map[string]any); ok && e["errorCode"] != nil {
		w.Header().Set("X-Error-Code", fmt.Sprint(e["errorCode"]))
	}
	query := r.URL.Query()
	if query.Get("envelope") == "true" {
		status, body = http.StatusOK, envelope(status, body)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	if query.Get("pretty") == "true" {
		encoder.SetIndent("", "  ")
	}
	_ = encoder.Encode(body) // whoever asked has gone
}

// envelope wraps an answer; a list keeps its own shape and gains the status.
func envelope(status int, body any) any {
	if object, ok := body.(map[string]any); ok && object["results"] != nil {
		object["status"] = status
		return object
	}
	return map[string]any{"status": status, "content": body}
}
