package atlas

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// ServerlessRestoreJob is one restore of a snapshot of a serverless instance.
// An empty string and a nil pointer or slice mean that Atlas gave no value. Date-times are the API's own text, ISO 8601 in UTC.
type ServerlessRestoreJob struct {
	ID                    string         `json:"id"`
	Cancelled             *bool          `json:"cancelled"`
	DeliveryType          string         `json:"deliveryType"` // automated, download or pointInTime
	DeliveryURL           []string       `json:"deliveryUrl"`  // secret: whoever has a link has the data
	DesiredTimestamp      *BSONTimestamp `json:"desiredTimestamp"`
	Expired               *bool          `json:"expired"`
	ExpiresAt             string         `json:"expiresAt"`
	Failed                *bool          `json:"failed"`
	FinishedAt            string         `json:"finishedAt"`
	Links                 []Link         `json:"links"`
	OplogInc              *int64         `json:"oplogInc"`
	OplogTs               *int64         `json:"oplogTs"` // seconds since the UNIX epoch
	PointInTimeUTCSeconds *int64         `json:"pointInTimeUTCSeconds"`
	SnapshotID            string         `json:"snapshotId"`
	TargetClusterName     string         `json:"targetClusterName"`
	TargetGroupID         string         `json:"targetGroupId"`
	Timestamp             string         `json:"timestamp"` // when the snapshot was taken

	// Status and ServedBy are the client's: how far the job is, and which
	// endpoint served it.
	Status   Status   `json:"-"`
	ServedBy ServedBy `json:"-"`
}

// BSONTimestamp is the entry of the oplog that a restore goes to.
type BSONTimestamp struct {
	Date      string `json:"date"`
	Increment *int64 `json:"increment"`
}

// Link is a related resource of the API, as RFC 5988 has it.
type Link struct {
	Href string `json:"href"`
	Rel  string `json:"rel"`
}

// GetServerlessRestoreJob returns one restore job of a serverless instance, or of
// what that has become: it follows [Config.ServerlessAPI]. The serverless endpoint
// needs the role Project Owner, the Flex one Project Read Only, that of dedicated
// clusters Project Backup Manager.
//
// The error is a [*FollowError] with, for each endpoint that was asked, an
// [*APIError], a [*DecodeError], a [*WrongJobError] or, where no answer came, a
// [*RequestError]; these in a [*RetryError] if they stayed through retries.
//
// https://www.mongodb.com/docs/api/doc/atlas-admin-api-v1/operation/operation-getserverlessbackuprestorejob
func (c *Client) GetServerlessRestoreJob(ctx context.Context, groupID, clusterName, restoreJobID string) (*ServerlessRestoreJob, error) {
	var job *ServerlessRestoreJob
	err := c.follower.follow(ctx, cluster{groupID, clusterName}, func(at ServedBy) (err error) {
		switch at {
		case ServedByFlex:
			var flex *FlexRestoreJob
			if flex, err = c.GetFlexRestoreJob(ctx, groupID, clusterName, restoreJobID); err == nil {
				job = flex.toServerless()
			}
		case ServedByCluster:
			job, err = c.getRestoreJob(ctx, clusterRestoreJobs, groupID, clusterName, restoreJobID)
		default:
			job, err = c.getRestoreJob(ctx, serverlessRestoreJobs, groupID, clusterName, restoreJobID)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return job, nil
}

// getRestoreJob asks an endpoint whose answer has the serverless form.
func (c *Client) getRestoreJob(ctx context.Context, e endpoint, groupID, clusterName, restoreJobID string) (*ServerlessRestoreJob, error) {
	job, err := get[ServerlessRestoreJob](ctx, c, e, e.job(groupID, clusterName, restoreJobID), nil)
	if err != nil {
		return nil, err
	}
	if job.ID != restoreJobID {
		return nil, &WrongJobError{Want: restoreJobID, Got: oneLine(job.ID)}
	}
	job.finish(e)
	return job, nil
}

// ListServerlessRestoreJobs returns the restore jobs of a serverless instance, the
// newest first, as GetServerlessRestoreJob returns one.
//
// https://www.mongodb.com/docs/api/doc/atlas-admin-api-v1/operation/operation-listserverlessbackuprestorejobs
func (c *Client) ListServerlessRestoreJobs(ctx context.Context, groupID, clusterName string, options ListOptions[ServerlessRestoreJob]) ([]ServerlessRestoreJob, error) {
	var jobs []ServerlessRestoreJob
	err := c.follower.followList(cluster{groupID, clusterName}, func(at ServedBy) (err error) {
		switch at {
		case ServedByFlex:
			jobs, err = c.listFlexAsServerless(ctx, groupID, clusterName, options)
		case ServedByCluster:
			jobs, err = list(ctx, c, clusterRestoreJobs, clusterRestoreJobs.jobs(groupID, clusterName), options)
		default:
			jobs, err = list(ctx, c, serverlessRestoreJobs, serverlessRestoreJobs.jobs(groupID, clusterName), options)
		}
		if at != ServedByServerless && errors.Is(err, errEmptyList) {
			return nil // it knows the cluster as one of its kind
		}
		return err
	})
	var follow *FollowError
	if errors.As(err, &follow) && follow.isEmptyList() {
		return []ServerlessRestoreJob{}, nil
	}
	return jobs, err
}

func (c *Client) listFlexAsServerless(ctx context.Context, groupID, clusterName string, options ListOptions[ServerlessRestoreJob]) ([]ServerlessRestoreJob, error) {
	flexOptions := ListOptions[FlexRestoreJob]{MaxResults: options.MaxResults}
	if options.Match != nil {
		flexOptions.Match = func(j *FlexRestoreJob) bool { return options.Match(j.toServerless()) }
	}
	flex, err := c.listFlex(ctx, groupID, clusterName, flexOptions)
	if err != nil {
		return []ServerlessRestoreJob{}, err
	}
	jobs := make([]ServerlessRestoreJob, len(flex))
	for i := range flex {
		jobs[i] = *flex[i].toServerless()
	}
	return jobs, nil
}

func (j *ServerlessRestoreJob) id() string { return j.ID }

func (j *ServerlessRestoreJob) check() string {
	if j.ID == "" {
		return noID
	}
	return ""
}

// finish makes a job of what was decoded.
func (j *ServerlessRestoreJob) finish(e endpoint) {
	j.dropEmpty()
	j.Status, j.ServedBy = j.status(), e.servedBy
}

// dropEmpty makes the shells that Atlas sends for a missing value, such as
// {"date": null, "increment": null}, the same as no value.
func (j *ServerlessRestoreJob) dropEmpty() {
	j.DeliveryURL = dropZero(j.DeliveryURL)
	j.Links = dropZero(j.Links)
	if t := j.DesiredTimestamp; t != nil && *t == (BSONTimestamp{}) {
		j.DesiredTimestamp = nil
	}
}

func dropZero[T comparable](s []T) []T {
	var zero T
	s = slices.DeleteFunc(s, func(v T) bool { return v == zero })
	if len(s) == 0 {
		return nil
	}
	return s
}

// A WrongJobError says that Atlas answered about another job than was asked for.
type WrongJobError struct {
	Want, Got string
}

func (e *WrongJobError) Error() string {
	return fmt.Sprintf("asked for restore job %q, got %q", e.Want, e.Got)
}
