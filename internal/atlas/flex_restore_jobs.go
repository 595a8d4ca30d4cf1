package atlas

import (
	"context"
	"errors"
	"strings"
)

// FlexRestoreJob is one restore of a snapshot of a Flex cluster. An empty string
// and a nil slice mean that Atlas gave no value. Date-times are the API's own
// text, ISO 8601 in UTC.
type FlexRestoreJob struct {
	DeliveryType             string `json:"deliveryType"` // RESTORE or DOWNLOAD
	ExpirationDate           string `json:"expirationDate"`
	ID                       string `json:"id"`
	InstanceName             string `json:"instanceName"`
	Links                    []Link `json:"links"`
	ProjectID                string `json:"projectId"`
	RestoreFinishedDate      string `json:"restoreFinishedDate"`
	RestoreScheduledDate     string `json:"restoreScheduledDate"`
	SnapshotFinishedDate     string `json:"snapshotFinishedDate"`
	SnapshotID               string `json:"snapshotId"`
	SnapshotURL              string `json:"snapshotUrl"` // secret: whoever has it has the data
	Status                   string `json:"status"`      // PENDING, QUEUED, RUNNING, FAILED or COMPLETED
	TargetDeploymentItemName string `json:"targetDeploymentItemName"`
	TargetProjectID          string `json:"targetProjectId"`
}

func (j *FlexRestoreJob) id() string { return j.ID }

func (j *FlexRestoreJob) check() string {
	if j.ID == "" {
		return noID
	}
	return ""
}

func (j *FlexRestoreJob) finish(endpoint) { j.Links = dropZero(j.Links) }

// Progress is how far the job is, in the words of a serverless restore job: a
// status that is neither COMPLETED nor FAILED means that it is in progress.
func (j *FlexRestoreJob) Progress() Status {
	switch strings.ToUpper(j.Status) {
	case "COMPLETED":
		return StatusCompleted
	case "FAILED":
		return StatusFailed
	}
	return StatusInProgress
}

// GetFlexRestoreJob returns one restore job of a Flex cluster. It needs the role
// Project Read Only. Errors are those of GetServerlessRestoreJob, without a
// [*FollowError].
//
// https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/operation/operation-getflexbackuprestorejob
func (c *Client) GetFlexRestoreJob(ctx context.Context, groupID, clusterName, restoreJobID string) (*FlexRestoreJob, error) {
	job, err := get[FlexRestoreJob](ctx, c, flexRestoreJobs, flexRestoreJobs.job(groupID, clusterName, restoreJobID), nil)
	if err != nil {
		return nil, err
	}
	if job.ID != restoreJobID {
		return nil, &WrongJobError{Want: restoreJobID, Got: oneLine(job.ID)}
	}
	job.finish(flexRestoreJobs)
	c.logUnknownStatus(ctx, job)
	return job, nil
}

// ListFlexRestoreJobs returns the restore jobs of a Flex cluster, the newest
// first. It needs the role Project Read Only.
//
// https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/operation/operation-listflexbackuprestorejobs
func (c *Client) ListFlexRestoreJobs(ctx context.Context, groupID, clusterName string, options ListOptions[FlexRestoreJob]) ([]FlexRestoreJob, error) {
	jobs, err := c.listFlex(ctx, groupID, clusterName, options)
	if errors.Is(err, errEmptyList) {
		return []FlexRestoreJob{}, nil
	}
	return jobs, err
}

func (c *Client) listFlex(ctx context.Context, groupID, clusterName string, options ListOptions[FlexRestoreJob]) ([]FlexRestoreJob, error) {
	jobs, err := list(ctx, c, flexRestoreJobs, flexRestoreJobs.jobs(groupID, clusterName), options)
	for i := range jobs {
		c.logUnknownStatus(ctx, &jobs[i])
	}
	return jobs, err
}

func (c *Client) logUnknownStatus(ctx context.Context, job *FlexRestoreJob) {
	switch strings.ToUpper(job.Status) {
	case "PENDING", "QUEUED", "RUNNING", "FAILED", "COMPLETED":
		return
	}
	if c.log != nil {
		c.log(ctx, "Unknown status of a Flex restore job, taken for one in progress",
			map[string]any{"restore_job_id": job.ID, "status": oneLine(job.Status)})
	}
}

// toServerless puts a Flex job into the words of a serverless one. What Flex does
// not have stays without a value.
func (j *FlexRestoreJob) toServerless() *ServerlessRestoreJob {
	job := &ServerlessRestoreJob{
		ID:                j.ID,
		DeliveryType:      j.DeliveryType,
		ExpiresAt:         j.ExpirationDate,
		FinishedAt:        j.RestoreFinishedDate,
		Links:             j.Links,
		SnapshotID:        j.SnapshotID,
		TargetClusterName: j.TargetDeploymentItemName,
		TargetGroupID:     j.TargetProjectID,
		Timestamp:         j.SnapshotFinishedDate,
		Status:            j.Progress(),
		ServedBy:          ServedByFlex,
	}
	switch strings.ToUpper(j.DeliveryType) {
	case "RESTORE":
		job.DeliveryType = "automated"
	case "DOWNLOAD":
		job.DeliveryType = "download"
	}
	if j.SnapshotURL != "" {
		job.DeliveryURL = []string{j.SnapshotURL}
	}
	if j.Status != "" {
		failed := job.Status == StatusFailed
		job.Failed = &failed
	}
	return job
}
