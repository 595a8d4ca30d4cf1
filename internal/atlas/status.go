package atlas

import "strings"

// Status is how far a restore job is.
type Status string

// The statuses, the first of which that holds is the job's.
const (
	StatusFailed     Status = "FAILED"
	StatusCancelled  Status = "CANCELLED"
	StatusExpired    Status = "EXPIRED"
	StatusCompleted  Status = "COMPLETED"
	StatusInProgress Status = "IN_PROGRESS"
)

// status derives the status, which the serverless API does not have.
func (j *ServerlessRestoreJob) status() Status {
	// A download is done when its link is there: finishedAt may never appear.
	downloadable := strings.EqualFold(j.DeliveryType, "download") && len(j.DeliveryURL) > 0
	switch {
	case isTrue(j.Failed):
		return StatusFailed
	case isTrue(j.Cancelled):
		return StatusCancelled
	case isTrue(j.Expired):
		return StatusExpired
	case j.FinishedAt != "", downloadable:
		return StatusCompleted
	}
	return StatusInProgress
}

func isTrue(b *bool) bool { return b != nil && *b }
