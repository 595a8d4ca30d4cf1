package atlassim

// The data that NewDemo and Start serve. The keys, secrets and links are made up,
// and open nothing.
const (
	GroupID = "5f1b6c2e9ad3b7410c8e2d01"

	// ServerlessInstance has the jobs below.
	ServerlessInstance = "Orders"

	FinishedJobID    = "6553f1a0c4d2e8b7a9103f01" // automated, finished; missing fields are absent
	DownloadJobID    = "6553f1a0c4d2e8b7a9103f02" // a download with its link; missing fields are null or empty shells
	PointInTimeJobID = "6553f1a0c4d2e8b7a9103f03" // every field has a value
	RunningJobID     = "6553f1a0c4d2e8b7a9103f04"
	FailedJobID      = "6553f1a0c4d2e8b7a9103f05"

	// FlexCluster has the jobs below.
	FlexCluster = "Catalog"

	FlexRestoreJobID  = "6553f1a0c4d2e8b7a9103f21" // finished; every field but the link has a value
	FlexDownloadJobID = "6553f1a0c4d2e8b7a9103f22" // with its link
	FlexRunningJobID  = "6553f1a0c4d2e8b7a9103f23"

	DownloadURL = "https://restore-6553f1a0.example.com:27017/made-up-download-token/restore-6553f1a0.tar.gz"

	PublicKey  = "abcdefgh"
	PrivateKey = "made-up-private-key-0b7d5b1e"

	ReadOnlyPublicKey  = "hgfedcba"
	ReadOnlyPrivateKey = "made-up-read-only-private-key-93c1"

	ClientID     = "mdb_sa_id_6553f1a0c4d2e8b7a9103f10"
	ClientSecret = "mdb_sa_sk_made-up-client-secret-51fe"

	AccessToken = "made-up-access-token-7c2a"
)

// NewDemo returns a server with a project, a serverless instance and a Flex
// cluster with restore jobs of each sort, and credentials of each kind.
func NewDemo() *Server {
	s := New()
	s.AddAPIKey(PublicKey, PrivateKey, ProjectOwner)
	s.AddAPIKey(ReadOnlyPublicKey, ReadOnlyPrivateKey, ProjectReadOnly)
	s.AddServiceAccount(ClientID, ClientSecret, ProjectOwner)
	s.AddAccessToken(AccessToken, ProjectOwner)
	s.AddCluster(GroupID, ServerlessInstance, Serverless,
		RestoreJob{
			"id":                FinishedJobID,
			"cancelled":         false,
			"deliveryType":      "automated",
			"expired":           false,
			"failed":            false,
			"finishedAt":        "2025-11-14T22:17:52Z",
			"links":             links(FinishedJobID),
			"snapshotId":        "65537d20c4d2e8b7a9103e77",
			"targetClusterName": "Orders-restored",
			"targetGroupId":     GroupID,
			"timestamp":         "2025-11-14T14:00:32Z",
		},
		RestoreJob{
			"id":                       DownloadJobID,
			"cancelled":                false,
			"deliveryType":             "download",
			"deliveryUrl":              []string{DownloadURL},
			"desiredTimestamp":         map[string]any{"increment": nil, "time": nil, "date": nil},
			"expired":                  false,
			"expiresAt":                "2025-11-15T10:04:00Z",
			"failed":                   false,
			"finishedAt":               nil,
			"links":                    []any{},
			"oplogInc":                 nil,
			"oplogTs":                  nil,
			"pointInTimeUTCSeconds":    nil,
			"snapshotId":               "65537d20c4d2e8b7a9103e77",
			"targetDeploymentItemName": "", // undocumented, and seen
			"timestamp":                "2025-11-14T14:00:32Z",
		},
		RestoreJob{
			"id":                    PointInTimeJobID,
			"cancelled":             false,
			"deliveryType":          "pointInTime",
			"deliveryUrl":           []string{DownloadURL},
			"desiredTimestamp":      map[string]any{"date": "2025-11-14T13:20:00Z", "increment": 1},
			"expired":               false,
			"expiresAt":             "2025-11-16T09:00:00Z",
			"failed":                false,
			"finishedAt":            "2025-11-15T09:04:11Z",
			"links":                 links(PointInTimeJobID),
			"oplogInc":              7,
			"oplogTs":               1763126400,
			"pointInTimeUTCSeconds": 1763126400,
			"snapshotId":            "65537d20c4d2e8b7a9103e78",
			"targetClusterName":     "Orders-restored",
			"targetGroupId":         "5f1b6c2e9ad3b7410c8e2d02",
			"timestamp":             "2025-11-14T13:00:32Z",
		},
		RestoreJob{
			"id":           RunningJobID,
			"deliveryType": "download",
			"deliveryUrl":  []string{},
			"finishedAt":   nil,
			"snapshotId":   "65537d20c4d2e8b7a9103e79",
		},
		RestoreJob{
			"id":           FailedJobID,
			"deliveryType": "automated",
			"failed":       true,
			"finishedAt":   "2025-11-15T11:00:00Z",
			"snapshotId":   "65537d20c4d2e8b7a9103e79",
		},
	)
	s.AddCluster(GroupID, FlexCluster, Flex,
		RestoreJob{
			"id":                FlexRestoreJobID,
			"deliveryType":      "automated",
			"expiresAt":         "2025-11-14T18:00:00Z",
			"finishedAt":        "2025-11-14T12:01:07Z",
			"links":             links(FlexRestoreJobID),
			"scheduledFor":      "2025-11-14T12:00:00Z",
			"snapshotId":        "65537d20c4d2e8b7a9103e81",
			"targetClusterName": "Catalog-restored",
			"targetGroupId":     GroupID,
			"timestamp":         "2025-11-14T04:00:32Z",
		},
		RestoreJob{
			"id":           FlexDownloadJobID,
			"deliveryType": "download",
			"deliveryUrl":  []string{DownloadURL},
			"expiresAt":    "2025-11-14T18:00:00Z",
			"finishedAt":   nil,
			"snapshotId":   "65537d20c4d2e8b7a9103e81",
		},
		RestoreJob{
			"id":           FlexRunningJobID,
			"deliveryType": "automated",
			"snapshotId":   "65537d20c4d2e8b7a9103e82",
		},
	)
	return s
}

func links(id string) []any {
	return []any{map[string]any{
		"rel": "self",
		"href": "https://cloud.mongodb.com/api/atlas/v1.0/groups/" + GroupID + "/serverless/" + ServerlessInstance +
			"/backup/restoreJobs/" + id,
	}}
}
