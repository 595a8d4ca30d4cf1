package restorejob

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
)

// Job names a restore job as the user did. Without a RestoreJobID it means all
// jobs of the cluster.
type Job struct {
	GroupID, ClusterName, RestoreJobID string

	// Flex means that the user asked for a Flex cluster, and not for whatever a
	// serverless instance has become.
	Flex bool
}

func (j Job) String() string {
	if j.RestoreJobID == "" {
		return fmt.Sprintf("the restore jobs of %q in project %q", j.ClusterName, j.GroupID)
	}
	return fmt.Sprintf("restore job %q of %q in project %q", j.RestoreJobID, j.ClusterName, j.GroupID)
}

// unable is the summary of most errors.
func (j Job) unable() string {
	kind, plural := "Serverless", ""
	if j.Flex {
		kind = "Flex"
	}
	if j.RestoreJobID == "" {
		plural = "s"
	}
	return fmt.Sprintf("Unable to Read %s Restore Job%s", kind, plural)
}

// Diagnostic is what a user is told when reading job with credentials failed
// with err. It decides on types, status and error code, never on a text.
func Diagnostic(job Job, credentials atlas.Credentials, err error) diag.Diagnostic {
	var (
		unusable  atlas.Unusable
		late      *TimedOutError
		token     *atlas.TokenError
		api       *atlas.APIError
		request   *atlas.RequestError
		malformed *atlas.DecodeError
		wrong     *atlas.WrongJobError
		repeated  *atlas.RepeatedPageError
	)
	switch {
	case errors.As(err, &unusable):
		return diag.NewErrorDiagnostic(unusable.Summary, unusable.Detail)
	case errors.As(err, &late):
		return timedOut(job, late)
	case errors.Is(err, context.Canceled):
		return failure(job.unable(), fmt.Sprintf("Reading %s was cancelled.", job), err)
	case errors.As(err, &token) && errors.As(err, &api):
		return tokenRefused(job, credentials, api, token.Err)
	case errors.As(err, &token) && errors.As(err, &malformed):
		return failure(job.unable(), fmt.Sprintf("Reading %s needs a token, and the token endpoint of Atlas gave something else. Check "+
			"base_url (MONGODB_ATLAS_BASE_URL) and the proxy of this machine (HTTPS_PROXY).", job), token.Err)
	case errors.As(err, &token):
		return unanswered(job, token.Err)
	case errors.As(err, &api):
		return answered(job, credentials, api, err)
	case errors.As(err, &request):
		return unanswered(job, err)
	case errors.As(err, &malformed):
		return failure(job.unable(), fmt.Sprintf("Reading %s gave an answer that the API does not promise. "+
			"If base_url (MONGODB_ATLAS_BASE_URL) is right and no proxy changed the answer, please report this.", job), err)
	case errors.As(err, &wrong):
		return failure(job.unable(), fmt.Sprintf("Reading %s gave another restore job, %q, so nothing of the answer is used. Try "+
			"again; if it stays, a proxy or cache between here and Atlas mixes up answers.", job, wrong.Got), err)
	case errors.As(err, &repeated):
		return failure(job.unable(), fmt.Sprintf("Reading %s did not come to an end: Atlas repeats itself. Set max_results to read the "+
			"newest ones only, and report this.", job), err)
	}
	return failure(job.unable(), fmt.Sprintf("Reading %s failed.", job), err)
}

func timedOut(job Job, e *TimedOutError) diag.Diagnostic {
	const summary = "Restore Job Timed Out"
	switch {
	case e.Err == nil:
		return diag.NewErrorDiagnostic(summary, fmt.Sprintf("Waiting for %s ended after %s: its last status was %s. Raise the limit in "+
			"timeouts, or set wait_for_completion to false to go on without waiting. The restore itself goes on in Atlas.", job, e.Limit, e.Last))
	case e.Last != "":
		return failure(summary, fmt.Sprintf("Waiting for %s ended after %s, while Atlas did not answer: the last status it told was %s. Check "+
			"the network and try again, or raise the limit in timeouts.", job, e.Limit, e.Last), e)
	}
	return failure(summary, fmt.Sprintf("Reading %s did not come to an end within %s. Raise the limit in timeouts, or lower max_retries "+
		"(see the provider block) to hear earlier of what goes wrong.", job, e.Limit), e)
}

// failure and failureOn put a diagnostic together: what failed and what to do,
// then, after a blank line, the cause in its own words.
func failure(summary, detail string, cause error) diag.Diagnostic {
	return diag.NewErrorDiagnostic(summary, withCause(detail, cause))
}

func failureOn(attribute, summary, detail string, cause error) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root(attribute), summary, withCause(detail, cause))
}

func withCause(detail string, cause error) string {
	label := "Cause"
	if api := (*atlas.APIError)(nil); errors.As(cause, &api) && api.FromAtlas() {
		label = "Atlas error"
	}
	var follow *atlas.FollowError
	if !errors.As(cause, &follow) || len(follow.Answers) == 1 {
		return fmt.Sprintf("%s\n\n%s: %v", detail, label, cause)
	}
	detail += "\n\n" + label + ", by endpoint:"
	for _, answer := range follow.Answers {
		detail += fmt.Sprintf("\n  %s: %v", answer.At, answer.Err)
	}
	return detail
}
