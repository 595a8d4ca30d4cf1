package atlas

import "testing"

func TestServerlessRestoreJob_status(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	link := []string{"https://restore.example.com/x"}
	for _, tt := range []struct {
		name string
		job  ServerlessRestoreJob
		want Status
	}{
		{"nothing yet", ServerlessRestoreJob{}, StatusInProgress},
		{"all false", ServerlessRestoreJob{Failed: &no, Cancelled: &no, Expired: &no}, StatusInProgress},
		{"failed", ServerlessRestoreJob{Failed: &yes}, StatusFailed},
		{"cancelled", ServerlessRestoreJob{Cancelled: &yes}, StatusCancelled},
		{"expired", ServerlessRestoreJob{Expired: &yes}, StatusExpired},
		{"finished", ServerlessRestoreJob{FinishedAt: "2025-11-14T22:17:52Z"}, StatusCompleted},
		{"download with a link", ServerlessRestoreJob{DeliveryType: "download", DeliveryURL: link}, StatusCompleted},
		{"download in the words of Flex", ServerlessRestoreJob{DeliveryType: "DOWNLOAD", DeliveryURL: link}, StatusCompleted},
		{"download without a link", ServerlessRestoreJob{DeliveryType: "download"}, StatusInProgress},
		// Only a download is done when it has a link.
		{"link of another type", ServerlessRestoreJob{DeliveryType: "automated", DeliveryURL: link}, StatusInProgress},
		{"failed before all", ServerlessRestoreJob{Failed: &yes, Cancelled: &yes, Expired: &yes, FinishedAt: "x"}, StatusFailed},
		{"cancelled before expired", ServerlessRestoreJob{Cancelled: &yes, Expired: &yes, FinishedAt: "x"}, StatusCancelled},
		// Its link is no good any more.
		{"expired before finished", ServerlessRestoreJob{Expired: &yes, FinishedAt: "x", DeliveryType: "download", DeliveryURL: link}, StatusExpired},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := tt.job.status(); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
