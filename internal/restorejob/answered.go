package restorejob

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
)

// answered explains an answer that is not the restore job.
func answered(job Job, credentials atlas.Credentials, e *atlas.APIError, cause error) diag.Diagnostic {
	switch {
	case e.RefusedAddress():
		return failure(job.unable(), fmt.Sprintf("Reading %s was refused: %s is not on the API access list of the %s. "+
			"Add it to that list in Atlas, or run from an address that is on it.", job, address(e), credentials), cause)
	case e.MissingRole():
		return roleMissing(job, credentials, cause)
	case e.UnknownProject():
		return failureOn("group_id", "Project Not Found", fmt.Sprintf("Atlas found no project with the ID %q. Check group_id, "+
			"and that the %s belongs to the organization of that project.", job.GroupID, credentials), cause)
	case e.UnknownCluster():
		return failureOn("cluster_name", "Cluster Not Found", fmt.Sprintf("Atlas found no %s named %q in project %q. Check cluster_name, "+
			"and group_id if it is in another project.", job.kinds(cause), job.ClusterName, job.GroupID), cause)
	}
	switch {
	case !e.FromAtlas():
		return failure(job.unable(), fmt.Sprintf("Reading %s was answered with status %d, and not in the form that Atlas "+
			"answers: a proxy, a load balancer or a maintenance page may have answered instead. Check base_url "+
			"(MONGODB_ATLAS_BASE_URL) and the proxy of this machine (HTTPS_PROXY), or try again later.", job, e.StatusCode), cause)
	case e.WrongKind():
		return failureOn("cluster_name", job.unable(), fmt.Sprintf("Reading %s was refused, because %q is not, or no longer, "+
			"a %s. %s", job, job.ClusterName, job.kinds(cause), job.elsewhere(cause)), cause)
	case e.StatusCode == http.StatusUnauthorized:
		return credentialsRefused(job, credentials, cause)
	case e.StatusCode == http.StatusForbidden:
		return failure(job.unable(), fmt.Sprintf("Reading %s was refused to the %s. What Atlas says is below; often it is a role that the "+
			"credentials lack in this project.", job, credentials), cause)
	case e.StatusCode == http.StatusNotFound:
		return notFound(job, cause)
	case e.StatusCode == http.StatusGone, e.StatusCode == http.StatusNotAcceptable:
		return failure(job.unable(), fmt.Sprintf("Reading %s was refused, because Atlas no longer offers this part of its API. %s",
			job, job.elsewhere(cause)), cause)
	case e.StatusCode == http.StatusBadRequest:
		return failure(job.unable(), fmt.Sprintf("Reading %s was refused as not valid. Check the arguments against "+
			"what Atlas says below.", job), cause)
	case e.StatusCode == http.StatusTooManyRequests:
		return failure(job.unable(), fmt.Sprintf("Reading %s was refused, because Atlas was asked too often. Run again in a "+
			"minute, or with fewer reads at a time (terraform plan -parallelism=2).", job), cause)
	case e.StatusCode >= http.StatusInternalServerError:
		return failure(job.unable(), fmt.Sprintf("Reading %s failed inside Atlas. Nothing in the configuration causes this: "+
			"try again later, and look at the status page of MongoDB Cloud if it stays.", job), cause)
	}
	return failure(job.unable(), fmt.Sprintf("Reading %s was answered with status %d.", job, e.StatusCode), cause)
}

// notFound explains that an endpoint does not know the job, or is not there.
func notFound(job Job, cause error) diag.Diagnostic {
	if job.RestoreJobID == "" {
		return failure(job.unable(), fmt.Sprintf("Atlas did not find %s. Check group_id, cluster_name, and base_url "+
			"(MONGODB_ATLAS_BASE_URL) if it is set. The same answer can mean that this part of the API is gone.%s", job, job.auto(cause)), cause)
	}
	detail := fmt.Sprintf("Atlas found no %s. Check restore_job_id, cluster_name, and base_url (MONGODB_ATLAS_BASE_URL) if it is set. "+
		"The same answer can mean that this part of the API is gone.%s", job, job.auto(cause))
	var follow *atlas.FollowError
	if errors.As(cause, &follow) && slices.ContainsFunc(follow.Answers, func(a atlas.Answer) bool { return unknownCluster(a.Err) }) {
		return failure("Restore Job Not Found", detail, cause) // or it is the name of the cluster
	}
	return failureOn("restore_job_id", "Restore Job Not Found", detail, cause)
}

func unknownCluster(err error) bool {
	var e *atlas.APIError
	return errors.As(err, &e) && e.UnknownCluster()
}

// roleMissing names the roles that the endpoints need which refused.
func roleMissing(job Job, credentials atlas.Credentials, cause error) diag.Diagnostic {
	needs := map[atlas.ServedBy]string{
		atlas.ServedByServerless: "The serverless endpoint needs the Project Owner role in this project.",
		atlas.ServedByFlex:       "The Flex endpoint needs the Project Read Only role in this project.",
		atlas.ServedByCluster:    "The endpoint of dedicated clusters needs the Project Backup Manager role in this project.",
	}
	var follow *atlas.FollowError
	roles := needs[atlas.ServedByFlex] // that of the Flex data sources, which ask no other
	if errors.As(cause, &follow) {
		roles = ""
		for _, answer := range follow.Answers {
			var e *atlas.APIError
			if errors.As(answer.Err, &e) && e.MissingRole() {
				roles += " " + needs[answer.At]
			}
		}
		if slices.ContainsFunc(follow.Answers, func(a atlas.Answer) bool { return unknownCluster(a.Err) }) {
			roles += " Where the others do not know the cluster, check cluster_name too."
		}
		roles = strings.TrimSpace(roles)
	}
	return failure(job.unable(), fmt.Sprintf("Reading %s was refused. %s Give the role to the %s, or use credentials that have it.",
		job, roles, credentials), cause)
}

// auto is the advice to look everywhere, for whoever looks at one place.
func (j Job) auto(cause error) string {
	var follow *atlas.FollowError
	if j.Flex || !errors.As(cause, &follow) || len(follow.Answers) > 1 {
		return ""
	}
	return " " + j.elsewhere(cause)
}

// kinds is what the cluster may be, where the provider looked.
func (j Job) kinds(cause error) string {
	names := map[atlas.ServedBy]string{
		atlas.ServedByServerless: "serverless instance",
		atlas.ServedByFlex:       "Flex cluster",
		atlas.ServedByCluster:    "dedicated cluster",
	}
	var follow *atlas.FollowError
	switch {
	case j.Flex:
		return names[atlas.ServedByFlex]
	case errors.As(cause, &follow) && len(follow.Answers) == 1:
		return names[follow.Answers[0].At]
	}
	return "serverless instance, Flex cluster or dedicated cluster"
}

// elsewhere is where the user can look for a job that is not where he looked.
func (j Job) elsewhere(cause error) string {
	var follow *atlas.FollowError
	switch {
	case j.Flex:
		return "The data sources atlasbackup_serverless_restore_job and atlasbackup_serverless_restore_jobs find out what the cluster is."
	case errors.As(cause, &follow) && len(follow.Answers) == 1:
		return "Serverless instances have become Flex or dedicated clusters. Set serverless_api (ATLASBACKUP_SERVERLESS_API) to \"auto\", " +
			"which looks in all places."
	}
	return "No endpoint serves it: what each answered is below."
}

// address is the IP address that Atlas saw, the first parameter of its error.
func address(e *atlas.APIError) string {
	if len(e.Parameters) > 0 {
		if text, ok := e.Parameters[0].(string); ok && net.ParseIP(text) != nil {
			return "the IP address " + text
		}
	}
	return "the IP address of this machine"
}

const invalidCredentials = "Invalid Atlas Credentials"

func credentialsRefused(job Job, credentials atlas.Credentials, cause error) diag.Diagnostic {
	advice := "Check that it is still good, and that it is one of the Atlas that base_url (MONGODB_ATLAS_BASE_URL) names."
	switch credentials.(type) {
	case atlas.APIKey:
		advice = "Check that the key still exists, that public_key (MONGODB_ATLAS_PUBLIC_API_KEY) and private_key " +
			"(MONGODB_ATLAS_PRIVATE_API_KEY) belong together and are complete, and that the key is one of the Atlas that " +
			"base_url (MONGODB_ATLAS_BASE_URL) names."
	case atlas.AccessToken:
		advice = "A token is good for an hour at the most: put a new one into access_token (MONGODB_ATLAS_ACCESS_TOKEN), or use " +
			"client_id and client_secret, which renew it."
	}
	return failure(invalidCredentials, fmt.Sprintf("Reading %s was refused: Atlas does not accept the %s. %s",
		job, credentials, advice), cause)
}

// tokenRefused explains an answer of the token endpoint that is not a token.
func tokenRefused(job Job, credentials atlas.Credentials, e *atlas.APIError, cause error) diag.Diagnostic {
	switch {
	case e.ErrorCode == "invalid_client", e.FromAtlas() && e.StatusCode == http.StatusUnauthorized:
		return failure(invalidCredentials, fmt.Sprintf("Reading %s needs a token, and Atlas gives none for the %s. Check that the "+
			"service account still exists, that client_id (MONGODB_ATLAS_CLIENT_ID) is its ID, and that client_secret "+
			"(MONGODB_ATLAS_CLIENT_SECRET) is complete and has not expired.", job, credentials), cause)
	case e.ErrorCode == "access_denied":
		return failure(job.unable(), fmt.Sprintf("Reading %s needs a token, and Atlas gives no more to the %s. An account can have 100 "+
			"tokens at a time, and each ends after an hour: wait, run less at a time, or make one token for all runs and set "+
			"access_token (MONGODB_ATLAS_ACCESS_TOKEN).", job, credentials), cause)
	case e.StatusCode == http.StatusTooManyRequests:
		return failure(job.unable(), fmt.Sprintf("Reading %s needs a token, and Atlas was asked for tokens too often: it takes 50 such "+
			"requests a minute. Run again in a minute, or make one token for all runs and set access_token "+
			"(MONGODB_ATLAS_ACCESS_TOKEN).", job), cause)
	case e.FromAtlas() && e.StatusCode < http.StatusInternalServerError && !e.RefusedAddress():
		return failure(job.unable(), fmt.Sprintf("Reading %s needs a token, and the token endpoint answered with status %d. Check "+
			"base_url (MONGODB_ATLAS_BASE_URL), and that the %s is one of that Atlas.", job, e.StatusCode, credentials), cause)
	}
	return answered(job, credentials, e, cause)
}
