package restorejob_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/restorejob"
)

const (
	group = "5f1b6c2e9ad3b7410c8e2d01"
	jobID = "6553f1a0c4d2e8b7a9103f01"
	job   = `restore job "6553f1a0c4d2e8b7a9103f01" of "Orders" in project "5f1b6c2e9ad3b7410c8e2d01"`

	unable = "Unable to Read Serverless Restore Job"
)

var (
	key     = atlas.APIKey{Origin: "public_key and private_key in the provider block"}
	account = atlas.ServiceAccount{Origin: "the environment variables MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET"}
	token   = atlas.AccessToken{Origin: "the environment variable MONGODB_ATLAS_ACCESS_TOKEN"}
)

func apiError(status int, code, detail string, parameters ...any) *atlas.APIError {
	return &atlas.APIError{Method: "GET", Path: "/p", StatusCode: status, ErrorCode: code, Detail: detail, Parameters: parameters}
}

func requestError(err error) error {
	return &atlas.RequestError{Method: "GET", Path: "/p", Host: "cloud.mongodb.com", Err: err}
}

func TestDiagnostic(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name        string
		credentials atlas.Credentials
		err         error
		attribute   string
		summary     string
		detail      string
	}{
		{
			name: "no credentials", err: requestError(atlas.Unusable{Summary: "Missing Atlas Credentials", Detail: "Set them."}),
			summary: "Missing Atlas Credentials", detail: "Set them.",
		},
		{
			name: "401 with an API key", credentials: key, err: apiError(401, "UNEXPECTED_ERROR", "You are not authorized for this resource."),
			summary: "Invalid Atlas Credentials",
			detail: "Reading " + job + " was refused: Atlas does not accept the API key from public_key and private_key in the provider block. " +
				"Check that the key still exists, that public_key (MONGODB_ATLAS_PUBLIC_API_KEY) and private_key (MONGODB_ATLAS_PRIVATE_API_KEY) " +
				"belong together and are complete, and that the key is one of the Atlas that base_url (MONGODB_ATLAS_BASE_URL) names." +
				"\n\nAtlas error: GET /p: 401 UNEXPECTED_ERROR: You are not authorized for this resource.",
		},
		{
			name: "401 with a service account's token", credentials: account, err: apiError(401, "UNEXPECTED_ERROR", "No."),
			summary: "Invalid Atlas Credentials",
			detail: "Reading " + job + " was refused: Atlas does not accept the service account from the environment variables " +
				"MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET. Check that it is still good, and that it is one of the Atlas that base_url " +
				"(MONGODB_ATLAS_BASE_URL) names.\n\nAtlas error: GET /p: 401 UNEXPECTED_ERROR: No.",
		},
		{
			name: "401 with an access token", credentials: token, err: apiError(401, "UNEXPECTED_ERROR", "No."),
			summary: "Invalid Atlas Credentials",
			detail: "Reading " + job + " was refused: Atlas does not accept the access token from the environment variable " +
				"MONGODB_ATLAS_ACCESS_TOKEN. A token is good for an hour at the most: put a new one into access_token " +
				"(MONGODB_ATLAS_ACCESS_TOKEN), or use client_id and client_secret, which renew it." +
				"\n\nAtlas error: GET /p: 401 UNEXPECTED_ERROR: No.",
		},
		{
			name: "wrong client secret", credentials: account,
			err: requestError(&atlas.TokenError{Err: &atlas.APIError{
				Method: "POST", Path: "/api/oauth/token", StatusCode: 401, ErrorCode: "invalid_client", Detail: "Invalid.",
			}}),
			summary: "Invalid Atlas Credentials",
			detail: "Reading " + job + " needs a token, and Atlas gives none for the service account from the environment variables " +
				"MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET. Check that the service account still exists, that client_id " +
				"(MONGODB_ATLAS_CLIENT_ID) is its ID, and that client_secret (MONGODB_ATLAS_CLIENT_SECRET) is complete and has not expired." +
				"\n\nAtlas error: POST /api/oauth/token: 401 invalid_client: Invalid.",
		},
		{
			name: "token endpoint broken", credentials: account,
			err:     requestError(&atlas.TokenError{Err: &atlas.APIError{Method: "POST", Path: "/api/oauth/token", StatusCode: 502}}),
			summary: unable,
			detail: "Reading " + job + " was answered with status 502, and not in the form that Atlas answers: a proxy, a load balancer or a " +
				"maintenance page may have answered instead. Check base_url (MONGODB_ATLAS_BASE_URL) and the proxy of this machine " +
				"(HTTPS_PROXY), or try again later.\n\nCause: POST /api/oauth/token: 502: Bad Gateway",
		},
		{
			name: "403 role", credentials: key, err: alone(apiError(403, "USER_UNAUTHORIZED", "Current user is not authorized.")),
			summary: unable,
			detail: "Reading " + job + " was refused. The serverless endpoint needs the Project Owner role in this project. Give the role to " +
				"the API key from public_key and private_key in the provider block, or use credentials that have it." +
				"\n\nAtlas error: GET /p: 403 USER_UNAUTHORIZED: Current user is not authorized.",
		},
		{
			name: "401 that means the role", credentials: token, err: alone(apiError(401, "NOT_IN_GROUP", "No.")),
			summary: unable,
			detail: "Reading " + job + " was refused. The serverless endpoint needs the Project Owner role in this project. Give the role to " +
				"the access token from the environment variable MONGODB_ATLAS_ACCESS_TOKEN, or use credentials that have it." +
				"\n\nAtlas error: GET /p: 401 NOT_IN_GROUP: No.",
		},
		{
			name: "403 address", credentials: key, err: apiError(403, "IP_ADDRESS_NOT_ON_ACCESS_LIST", "No.", "192.0.2.7"),
			summary: unable,
			detail: "Reading " + job + " was refused: the IP address 192.0.2.7 is not on the API access list of the API key from public_key " +
				"and private_key in the provider block. Add it to that list in Atlas, or run from an address that is on it." +
				"\n\nAtlas error: GET /p: 403 IP_ADDRESS_NOT_ON_ACCESS_LIST: No.",
		},
		{
			name: "403 address that Atlas does not say", credentials: key, err: apiError(403, "IP_ADDRESS_NOT_ON_ACCESS_LIST", "No.", 5),
			summary: unable,
			detail: "Reading " + job + " was refused: the IP address of this machine is not on the API access list of the API key from " +
				"public_key and private_key in the provider block. Add it to that list in Atlas, or run from an address that is on it." +
				"\n\nAtlas error: GET /p: 403 IP_ADDRESS_NOT_ON_ACCESS_LIST: No.",
		},
		{
			name: "unknown project", credentials: key, err: apiError(404, "GROUP_NOT_FOUND", "No group."), attribute: "group_id",
			summary: "Project Not Found",
			detail: `Atlas found no project with the ID "5f1b6c2e9ad3b7410c8e2d01". Check group_id, and that the API key from public_key and ` +
				"private_key in the provider block belongs to the organization of that project.\n\nAtlas error: GET /p: 404 GROUP_NOT_FOUND: No group.",
		},
		{
			name: "unknown cluster", credentials: key, err: alone(apiError(404, "SERVERLESS_INSTANCE_NOT_FOUND", "No.")), attribute: "cluster_name",
			summary: "Cluster Not Found",
			detail: `Atlas found no serverless instance named "Orders" in project "5f1b6c2e9ad3b7410c8e2d01". Check cluster_name, and group_id ` +
				"if it is in another project.\n\nAtlas error: GET /p: 404 SERVERLESS_INSTANCE_NOT_FOUND: No.",
		},
		{
			name: "unknown job", credentials: key, err: alone(apiError(404, "RESOURCE_NOT_FOUND", "No.")), attribute: "restore_job_id",
			summary: "Restore Job Not Found",
			detail: "Atlas found no " + job + ". Check restore_job_id, cluster_name, and base_url (MONGODB_ATLAS_BASE_URL) if it is set. The " +
				"same answer can mean that this part of the API is gone. " + setAuto +
				"\n\nAtlas error: GET /p: 404 RESOURCE_NOT_FOUND: No.",
		},
		{
			name: "another kind of cluster", credentials: key, err: alone(apiError(400, "CANNOT_USE_CLUSTER_IN_SERVERLESS_INSTANCE_API", "No.")),
			attribute: "cluster_name", summary: unable,
			detail: "Reading " + job + ` was refused, because "Orders" is not, or no longer, a serverless instance. ` + setAuto + "\n\nAtlas error: GET /p: 400 CANNOT_USE_CLUSTER_IN_SERVERLESS_INSTANCE_API: No.",
		},
		{
			name: "400 with fields", credentials: key, err: &atlas.APIError{
				Method: "GET", Path: "/p", StatusCode: 400, ErrorCode: "VALIDATION_ERROR", Detail: "Invalid.",
				BadRequestFields: []atlas.FieldViolation{{Field: "groupId", Description: "is bad"}, {Field: "x", Description: "is worse"}},
			},
			summary: unable,
			detail: "Reading " + job + " was refused as not valid. Check the arguments against what Atlas says " +
				"below.\n\nAtlas error: GET /p: 400 VALIDATION_ERROR: Invalid.; groupId: is bad; x: is worse",
		},
		{
			name: "410", credentials: key, err: alone(apiError(410, "VERSION_GONE", "Version is no longer available.")), summary: unable,
			detail: "Reading " + job + " was refused, because Atlas no longer offers this part of its API. " + setAuto + "\n\nAtlas error: GET /p: 410 VERSION_GONE: Version is no longer available.",
		},
		{
			name: "429", credentials: key, err: apiError(429, "RATE_LIMITED", "Slow down."), summary: unable,
			detail: "Reading " + job + " was refused, because Atlas was asked too often. Run again in a minute, or with fewer reads at a time " +
				"(terraform plan -parallelism=2).\n\nAtlas error: GET /p: 429 RATE_LIMITED: Slow down.",
		},
		{
			name: "500", credentials: key, err: apiError(500, "UNEXPECTED_ERROR", "Oops."), summary: unable,
			detail: "Reading " + job + " failed inside Atlas. Nothing in the configuration causes this: try again later, and look at the " +
				"status page of MongoDB Cloud if it stays.\n\nAtlas error: GET /p: 500 UNEXPECTED_ERROR: Oops.",
		},
		{
			name: "409", credentials: key, err: apiError(409, "CONFLICT", "No."), summary: unable,
			detail: "Reading " + job + " was answered with status 409.\n\nAtlas error: GET /p: 409 CONFLICT: No.",
		},
		{
			name: "a 404 that is not Atlas's", credentials: key, err: &atlas.APIError{Method: "GET", Path: "/p", StatusCode: 404, Body: "<html>"}, summary: unable,
			detail: "Reading " + job + " was answered with status 404, and not in the form that Atlas answers: a proxy, a load balancer or a " +
				"maintenance page may have answered instead. Check base_url (MONGODB_ATLAS_BASE_URL) and the proxy of this machine " +
				"(HTTPS_PROXY), or try again later.\n\nCause: GET /p: 404: <html>",
		},
		{
			name: "malformed", err: &atlas.DecodeError{Method: "GET", Path: "/p", Problem: "the answer is empty"}, summary: unable,
			detail: "Reading " + job + " gave an answer that the API does not promise. If base_url (MONGODB_ATLAS_BASE_URL) is right and no " +
				"proxy changed the answer, please report this.\n\nCause: GET /p: 200: the answer is empty",
		},
		{
			name: "another job", err: &atlas.WrongJobError{Want: jobID, Got: "x"}, summary: unable,
			detail: "Reading " + job + ` gave another restore job, "x", so nothing of the answer is used. Try again; if it stays, a proxy or ` +
				`cache between here and Atlas mixes up answers.` + "\n\nCause: asked for restore job \"" + jobID + `", got "x"`,
		},
		{
			name: "waited too long", err: &restorejob.TimedOutError{Limit: time.Hour, Last: "IN_PROGRESS"},
			summary: "Restore Job Timed Out",
			detail: "Waiting for " + job + " ended after 1h0m0s: its last status was IN_PROGRESS. Raise the limit in timeouts, or set " +
				"wait_for_completion to false to go on without waiting. The restore itself goes on in Atlas.",
		},
		{
			name:    "waited, and Atlas fell silent",
			err:     &restorejob.TimedOutError{Limit: time.Hour, Last: "RUNNING", Err: requestError(context.DeadlineExceeded)},
			summary: "Restore Job Timed Out",
			detail: "Waiting for " + job + " ended after 1h0m0s, while Atlas did not answer: the last status it told was RUNNING. Check the network " +
				"and try again, or raise the limit in timeouts.\n\nCause: GET /p: context deadline exceeded",
		},
		{
			name: "read too long", err: &restorejob.TimedOutError{Limit: time.Second, Err: requestError(context.DeadlineExceeded)},
			summary: "Restore Job Timed Out",
			detail: "Reading " + job + " did not come to an end within 1s. Raise the limit in timeouts, or lower max_retries (see the provider " +
				"block) to hear earlier of what goes wrong.\n\nCause: GET /p: context deadline exceeded",
		},
		{
			name: "cancelled", err: requestError(context.Canceled), summary: unable,
			detail: "Reading " + job + " was cancelled.\n\nCause: GET /p: context canceled",
		},
		{
			name: "no answer in time", err: requestError(&atlas.TimeoutError{Host: "cloud.mongodb.com", Timeout: 30 * time.Second}),
			summary: "Request Timed Out",
			detail: "Reading " + job + " got no answer from cloud.mongodb.com within 30s. Check the network and the proxy of this machine " +
				"(HTTPS_PROXY), or raise request_timeout in the provider block.\n\nCause: GET /p: no answer from cloud.mongodb.com within 30s",
		},
		{
			name: "no connection in time", err: requestError(&net.OpError{Op: "dial", Net: "tcp", Err: os.ErrDeadlineExceeded}),
			summary: "Request Timed Out",
			detail: "Reading " + job + " failed, because cloud.mongodb.com could not be reached in time. Check the network, the firewall and " +
				"the proxy of this machine (HTTPS_PROXY).\n\nCause: GET /p: dial tcp: i/o timeout",
		},
		{
			name: "refused connection", err: requestError(&net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}),
			summary: unable,
			detail: "Reading " + job + " failed, because no connection to cloud.mongodb.com came about. Check base_url " +
				"(MONGODB_ATLAS_BASE_URL), the network and the proxy of this machine (HTTPS_PROXY).\n\nCause: GET /p: dial tcp: connection refused",
		},
		{
			name: "unknown host", err: requestError(&net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: "cloud.mongodb.com", IsNotFound: true}}),
			summary: "Unknown Host",
			detail: "Reading " + job + ` failed, because the host "cloud.mongodb.com" has no known address. Check base_url ` +
				"(MONGODB_ATLAS_BASE_URL), and the name service and the proxy of this machine (HTTPS_PROXY)." +
				"\n\nCause: GET /p: dial tcp: lookup cloud.mongodb.com: no such host",
		},
		{
			name: "no word of the name service", err: requestError(&net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "i/o timeout", Name: "cloud.mongodb.com", IsTimeout: true}}),
			summary: unable,
			detail: "Reading " + job + ` failed, because the name service did not say where the host "cloud.mongodb.com" is. Check the name ` +
				"service and the network of this machine, or try again.\n\nCause: GET /p: dial tcp: lookup cloud.mongodb.com: i/o timeout",
		},
		{
			name: "unknown proxy", err: requestError(&net.OpError{Op: "proxyconnect", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: "proxy", IsNotFound: true}}),
			summary: unable,
			detail:  "Reading " + job + proxyFailed + "proxyconnect tcp: lookup proxy: no such host",
		},
		{
			name: "proxy that refuses", err: requestError(&atlas.ProxyError{Problem: "proxy:3128 answered with status 407"}),
			summary: unable,
			detail:  "Reading " + job + proxyFailed + "proxy: proxy:3128 answered with status 407",
		},
		{
			name: "token endpoint that gives no token", credentials: account,
			err:     requestError(&atlas.TokenError{Err: &atlas.DecodeError{Method: "POST", Path: "/t", Problem: "the answer has no access_token"}}),
			summary: unable,
			detail: "Reading " + job + " needs a token, and the token endpoint of Atlas gave something else. Check base_url " +
				"(MONGODB_ATLAS_BASE_URL) and the proxy of this machine (HTTPS_PROXY).\n\nCause: POST /t: 200: the answer has no access_token",
		},
		{
			name: "token endpoint that is not there", credentials: account,
			err:     requestError(&atlas.TokenError{Err: &atlas.APIError{Method: "POST", Path: "/t", StatusCode: 404, ErrorCode: "RESOURCE_NOT_FOUND"}}),
			summary: unable,
			detail: "Reading " + job + " needs a token, and the token endpoint answered with status 404. Check base_url (MONGODB_ATLAS_BASE_URL), " +
				"and that the service account from the environment variables MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET is one of " +
				"that Atlas.\n\nAtlas error: POST /t: 404 RESOURCE_NOT_FOUND: Not Found",
		},
		{
			name: "too many tokens", credentials: account,
			err:     requestError(&atlas.TokenError{Err: &atlas.APIError{Method: "POST", Path: "/t", StatusCode: 403, ErrorCode: "access_denied"}}),
			summary: unable,
			detail: "Reading " + job + " needs a token, and Atlas gives no more to the service account from the environment variables " +
				"MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET. An account can have 100 tokens at a time, and each ends after an hour: " +
				"wait, run less at a time, or make one token for all runs and set access_token (MONGODB_ATLAS_ACCESS_TOKEN)." +
				"\n\nAtlas error: POST /t: 403 access_denied: Forbidden",
		},
		{
			name: "too many requests for tokens, through retries", credentials: account,
			err: requestError(&atlas.TokenError{Err: &atlas.RetryError{Attempts: 5, Elapsed: 15*time.Second + 49*time.Millisecond, Err: &atlas.APIError{
				Method: "POST", Path: "/t", StatusCode: 429, ErrorCode: "RATE_LIMITED",
			}}}),
			summary: unable,
			detail: "Reading " + job + " needs a token, and Atlas was asked for tokens too often: it takes 50 such requests a minute. Run again in " +
				"a minute, or make one token for all runs and set access_token (MONGODB_ATLAS_ACCESS_TOKEN)." +
				"\n\nAtlas error: POST /t: 429 RATE_LIMITED: Too Many Requests (tried 5 times in 15s)",
		},
		{
			name: "500 through retries", credentials: key,
			err:     &atlas.RetryError{Attempts: 3, Elapsed: 2040 * time.Millisecond, Err: apiError(500, "UNEXPECTED_ERROR", "Oops.")},
			summary: unable,
			detail: "Reading " + job + " failed inside Atlas. Nothing in the configuration causes this: try again later, and look at the " +
				"status page of MongoDB Cloud if it stays.\n\nAtlas error: GET /p: 500 UNEXPECTED_ERROR: Oops. (tried 3 times in 2s)",
		},
		{
			name: "401 that is not Atlas's", credentials: key, err: &atlas.APIError{Method: "GET", Path: "/p", StatusCode: 401, Body: "<html>"}, summary: unable,
			detail: "Reading " + job + " was answered with status 401, and not in the form that Atlas answers: a proxy, a load balancer or a " +
				"maintenance page may have answered instead. Check base_url (MONGODB_ATLAS_BASE_URL) and the proxy of this machine " +
				"(HTTPS_PROXY), or try again later.\n\nCause: GET /p: 401: <html>",
		},
		{
			name: "certificate", err: requestError(&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}),
			summary: "Untrusted Connection",
			detail:  "Reading " + job + untrusted + "tls: failed to verify certificate: x509: certificate signed by unknown authority",
		},
		{
			name: "plain http", err: requestError(http.ErrSchemeMismatch),
			summary: "Untrusted Connection",
			detail:  "Reading " + job + untrusted + "http: server gave HTTP response to HTTPS client",
		},
		{
			name: "redirect", err: requestError(&atlas.RedirectError{From: "cloud.mongodb.com", To: "https://login.example.com/x"}),
			summary: unable,
			detail: "Reading " + job + " was redirected to https://login.example.com/x, and the provider does not follow: it sends credentials only to " +
				"the configured address. Check base_url (MONGODB_ATLAS_BASE_URL), and whether the network asks for a login." +
				"\n\nCause: GET /p: cloud.mongodb.com answered with a redirect to https://login.example.com/x, which is not followed",
		},
		{
			name: "large", err: requestError(&atlas.BodyTooLargeError{Host: "cloud.mongodb.com"}), summary: unable,
			detail: "Reading " + job + " gave an answer that is far too large to be a restore job. Check base_url (MONGODB_ATLAS_BASE_URL) and " +
				"the proxy of this machine (HTTPS_PROXY).\n\nCause: GET /p: the answer of cloud.mongodb.com is larger than 16 MiB",
		},
		{
			name: "broken off", err: requestError(fmt.Errorf("the answer broke off: %w", io.ErrUnexpectedEOF)), summary: unable,
			detail: "Reading " + job + " failed, because the connection to cloud.mongodb.com did not hold. Try again; if it stays, check the " +
				"network and the proxy of this machine (HTTPS_PROXY).\n\nCause: GET /p: the answer broke off: unexpected EOF",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			want := diag.Diagnostic(diag.NewErrorDiagnostic(tt.summary, tt.detail))
			if tt.attribute != "" {
				want = diag.NewAttributeErrorDiagnostic(path.Root(tt.attribute), tt.summary, tt.detail)
			}
			got := restorejob.Diagnostic(restorejob.Job{GroupID: group, ClusterName: "Orders", RestoreJobID: jobID}, tt.credentials, tt.err)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

const setAuto = "Serverless instances have become Flex or dedicated clusters. Set serverless_api (ATLASBACKUP_SERVERLESS_API) to \"auto\", " +
	"which looks in all places."

// alone is the error of a configuration that asks the serverless endpoint alone.
func alone(err error) error {
	return &atlas.FollowError{Answers: []atlas.Answer{{At: atlas.ServedByServerless, Err: err}}}
}

// everywhere is the error when nobody serves a job, the most telling answer first.
func everywhere(answers ...error) error {
	follow := &atlas.FollowError{}
	for i, err := range answers {
		follow.Answers = append(follow.Answers, atlas.Answer{
			At: []atlas.ServedBy{atlas.ServedByFlex, atlas.ServedByCluster, atlas.ServedByServerless}[i], Err: err,
		})
	}
	return follow
}

// What only the data sources of Flex clusters say, and what lists say.
func TestDiagnostic_kinds(t *testing.T) {
	t.Parallel()
	flex := restorejob.Job{GroupID: group, ClusterName: "Catalog", RestoreJobID: jobID, Flex: true}
	list := restorejob.Job{GroupID: group, ClusterName: "Orders"}
	flexList := restorejob.Job{GroupID: group, ClusterName: "Catalog", Flex: true}
	for _, tt := range []struct {
		name, attribute, summary, detail string
		job                              restorejob.Job
		err                              error
	}{
		{
			name: "role for Flex", job: flex, err: apiError(403, "USER_UNAUTHORIZED", "No."), summary: "Unable to Read Flex Restore Job",
			detail: "Reading " + flex.String() + " was refused. The Flex endpoint needs the Project Read Only role in this project. Give the role to " +
				"the API key from public_key and private_key in the provider block, or use credentials that have it." +
				"\n\nAtlas error: GET /p: 403 USER_UNAUTHORIZED: No.",
		},
		{
			name: "not Flex", job: flex, err: apiError(400, "CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API", "No."),
			attribute: "cluster_name", summary: "Unable to Read Flex Restore Job",
			detail: "Reading " + flex.String() + ` was refused, because "Catalog" is not, or no longer, a Flex cluster. The data sources ` +
				"atlasbackup_serverless_restore_job and atlasbackup_serverless_restore_jobs find out what the cluster is." +
				"\n\nAtlas error: GET /p: 400 CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API: No.",
		},
		{
			name: "unknown Flex cluster", job: flexList, err: apiError(404, "CLUSTER_NOT_FOUND", "No."),
			attribute: "cluster_name", summary: "Cluster Not Found",
			detail: `Atlas found no Flex cluster named "Catalog" in project "5f1b6c2e9ad3b7410c8e2d01". Check cluster_name, and group_id if it is ` +
				"in another project.\n\nAtlas error: GET /p: 404 CLUSTER_NOT_FOUND: No.",
		},
		{
			name: "list that is not there", job: list, err: alone(apiError(404, "RESOURCE_NOT_FOUND", "No.")),
			summary: "Unable to Read Serverless Restore Jobs",
			detail: `Atlas did not find the restore jobs of "Orders" in project "5f1b6c2e9ad3b7410c8e2d01". Check group_id, cluster_name, and ` +
				"base_url (MONGODB_ATLAS_BASE_URL) if it is set. The same answer can mean that this part of the API is gone. " + setAuto +
				"\n\nAtlas error: GET /p: 404 RESOURCE_NOT_FOUND: No.",
		},
		{
			name: "a role here, and no cluster there", job: list,
			err:     everywhere(apiError(403, "USER_UNAUTHORIZED", "A."), apiError(404, "CLUSTER_NOT_FOUND", "B."), apiError(403, "USER_UNAUTHORIZED", "C.")),
			summary: "Unable to Read Serverless Restore Jobs",
			detail: "Reading " + list.String() + " was refused. The Flex endpoint needs the Project Read Only role in this project. The serverless " +
				"endpoint needs the Project Owner role in this project. Where the others do not know the cluster, check cluster_name too. Give the " +
				"role to the API key from public_key and private_key in the provider block, or use credentials that have it." +
				"\n\nAtlas error, by endpoint:\n  flex: GET /p: 403 USER_UNAUTHORIZED: A.\n  cluster: GET /p: 404 CLUSTER_NOT_FOUND: B." +
				"\n  serverless: GET /p: 403 USER_UNAUTHORIZED: C.",
		},
		{
			// Where the serverless API has ended with a 404, this is a wrong name.
			name: "no job here, and no cluster there", job: restorejob.Job{GroupID: group, ClusterName: "Orders", RestoreJobID: jobID},
			err:     everywhere(apiError(404, "RESOURCE_NOT_FOUND", "A."), apiError(404, "CLUSTER_NOT_FOUND", "B.")),
			summary: "Restore Job Not Found",
			detail: "Atlas found no " + job + ". Check restore_job_id, cluster_name, and base_url (MONGODB_ATLAS_BASE_URL) if it is set. The same " +
				"answer can mean that this part of the API is gone.\n\nAtlas error, by endpoint:\n  flex: GET /p: 404 RESOURCE_NOT_FOUND: A." +
				"\n  cluster: GET /p: 404 CLUSTER_NOT_FOUND: B.",
		},
		{
			name: "another 403", job: flex, err: apiError(403, "SOMETHING", "No."), summary: "Unable to Read Flex Restore Job",
			detail: "Reading " + flex.String() + " was refused to the API key from public_key and private_key in the provider block. What Atlas says " +
				"is below; often it is a role that the credentials lack in this project.\n\nAtlas error: GET /p: 403 SOMETHING: No.",
		},
		{
			name: "list without an end", job: flexList, err: &atlas.RepeatedPageError{Path: "/p", Page: 3}, summary: "Unable to Read Flex Restore Jobs",
			detail: `Reading the restore jobs of "Catalog" in project "5f1b6c2e9ad3b7410c8e2d01" did not come to an end: Atlas repeats itself. Set ` +
				"max_results to read the newest ones only, and report this.\n\nCause: GET /p: page 3 has nothing new, and says there is another",
		},
		{
			name: "nobody knows the cluster", job: list,
			err:       everywhere(apiError(404, "CLUSTER_NOT_FOUND", "A."), apiError(404, "CLUSTER_NOT_FOUND", "B."), apiError(410, "VERSION_GONE", "C.")),
			attribute: "cluster_name", summary: "Cluster Not Found",
			detail: `Atlas found no serverless instance, Flex cluster or dedicated cluster named "Orders" in project "5f1b6c2e9ad3b7410c8e2d01". ` +
				"Check cluster_name, and group_id if it is in another project.\n\nAtlas error, by endpoint:" +
				"\n  flex: GET /p: 404 CLUSTER_NOT_FOUND: A.\n  cluster: GET /p: 404 CLUSTER_NOT_FOUND: B.\n  serverless: GET /p: 410 VERSION_GONE: C.",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			want := diag.Diagnostic(diag.NewErrorDiagnostic(tt.summary, tt.detail))
			if tt.attribute != "" {
				want = diag.NewAttributeErrorDiagnostic(path.Root(tt.attribute), tt.summary, tt.detail)
			}
			if diff := cmp.Diff(want, restorejob.Diagnostic(tt.job, key, tt.err)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

const proxyFailed = " failed, because the proxy of this machine did not connect to cloud.mongodb.com. Check HTTPS_PROXY and the user and " +
	"password in it, or exempt the host by NO_PROXY.\n\nCause: GET /p: "

const untrusted = " failed, because no trusted TLS connection to cloud.mongodb.com came about. If a proxy of yours opens TLS connections, add its " +
	"certificate authority to those this machine trusts (on Linux also through SSL_CERT_FILE). Otherwise check base_url " +
	"(MONGODB_ATLAS_BASE_URL) and the clock of this machine.\n\nCause: GET /p: "
