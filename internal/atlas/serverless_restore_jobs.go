package atlas

import (
	"context"
	"fmt"
	"net/url"
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

// ServedBy says which endpoint served a restore job.
type ServedBy string

// ServedByServerless is the endpoint for serverless instances.
const ServedByServerless ServedBy = "serverless"

// GetServerlessRestoreJob returns one restore job of a serverless instance.
// It needs the role Project Owner. The error is an [*APIError], a [*DecodeError],
// a [*WrongJobError] or, where no answer came, a [*RequestError]; in a [*RetryError]
// if it stayed through retries.
//
// https://www.mongodb.com/docs/api/doc/atlas-admin-api-v1/operation/operation-getserverlessbackuprestorejob
func (c *Client) GetServerlessRestoreJob(ctx context.Context, groupID, clusterName, restoreJobID string) (*ServerlessRestoreJob, error) {
	path := fmt.Sprintf("/api/atlas/v1.0/groups/%s/serverless/%s/backup/restoreJobs/%s",
		url.PathEscape(groupID), url.PathEscape(clusterName), url.PathEscape(restoreJobID))
	job, err := get[ServerlessRestoreJob](ctx, c, path, acceptV1)
	if err != nil {
		return nil, err
	}
	if job.ID != restoreJobID {
		return nil, &WrongJobError{Want: restoreJobID, Got: job.ID}
	}
	job.dropEmpty()
	job.Status, job.ServedBy = job.status(), ServedByServerless
	return job, nil
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
	Want, Got string // Got is empty if the answer bears no id
}

func (e *WrongJobError) Error() string {
	return fmt.Sprintf("asked for restore job %q, got %q", e.Want, e.Got)
}
