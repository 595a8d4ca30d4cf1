package atlas

import (
	"net/http"
	"strings"
)

// What the error codes say, in one place for the client and for messages.

// UnknownProject tells whether Atlas knows no such project.
func (e *APIError) UnknownProject() bool {
	return e.ErrorCode == "GROUP_NOT_FOUND" || e.ErrorCode == "INVALID_GROUP_ID"
}

// UnknownCluster tells whether the endpoint knows no such cluster.
func (e *APIError) UnknownCluster() bool {
	return e.ErrorCode == "CLUSTER_NOT_FOUND" || e.ErrorCode == "SERVERLESS_INSTANCE_NOT_FOUND"
}

// WrongKind tells whether the endpoint is for another kind of cluster.
func (e *APIError) WrongKind() bool {
	return strings.HasPrefix(e.ErrorCode, "CANNOT_USE_") || e.ErrorCode == "FEATURE_UNSUPPORTED"
}

// MissingRole tells whether the credentials lack a role, or the project.
func (e *APIError) MissingRole() bool {
	return e.ErrorCode == "USER_UNAUTHORIZED" || e.ErrorCode == "NOT_IN_GROUP"
}

// RefusedAddress tells whether the request came from an IP address that is not on
// the API access list. All three codes are known from users' reports.
func (e *APIError) RefusedAddress() bool {
	switch e.ErrorCode {
	case "IP_ADDRESS_NOT_ON_ACCESS_LIST", "RESOURCE_REQUIRES_ACCESS_LIST", "ORG_REQUIRES_ACCESS_LIST":
		return true
	}
	return false
}

// isRoleRefusal tells whether an answer is about what the credentials may do:
// Atlas sends it with status 403, or 401. They themselves were accepted.
func isRoleRefusal(resp *http.Response) bool {
	return newAPIError("", "", resp, peek(resp)).MissingRole()
}

// provesCredentials tells whether whoever sent an answer that is no 401 has seen
// to the credentials. A server in trouble, or in front of Atlas, may not have.
func provesCredentials(resp *http.Response) bool {
	return resp.StatusCode < http.StatusInternalServerError && resp.StatusCode != http.StatusTooManyRequests
}
