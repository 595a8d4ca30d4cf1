package atlas

import (
	"fmt"
	"net/url"
)

// ServedBy names the endpoint that served a restore job.
type ServedBy string

// The endpoints that know restore jobs, in the order in which they are asked.
const (
	ServedByServerless ServedBy = "serverless"
	ServedByFlex       ServedBy = "flex"
	ServedByCluster    ServedBy = "cluster" // dedicated clusters
)

// An endpoint is where the API keeps the restore jobs of one kind of cluster.
type endpoint struct {
	servedBy ServedBy
	accept   string // the media type, which chooses the version
	path     string // of the jobs; with the project and the cluster to fill in
}

var (
	serverlessRestoreJobs = endpoint{ServedByServerless, "application/json", "/api/atlas/v1.0/groups/%s/serverless/%s/backup/restoreJobs"}
	flexRestoreJobs       = endpoint{ServedByFlex, "application/vnd.atlas.2024-11-13+json", "/api/atlas/v2/groups/%s/flexClusters/%s/backup/restoreJobs"}
	clusterRestoreJobs    = endpoint{ServedByCluster, "application/vnd.atlas.2023-01-01+json", "/api/atlas/v2/groups/%s/clusters/%s/backup/restoreJobs"}
)

// jobs is the path of a cluster's restore jobs.
func (e endpoint) jobs(groupID, clusterName string) string {
	return fmt.Sprintf(e.path, url.PathEscape(groupID), url.PathEscape(clusterName))
}

// job is the path of one of them.
func (e endpoint) job(groupID, clusterName, restoreJobID string) string {
	return e.jobs(groupID, clusterName) + "/" + url.PathEscape(restoreJobID)
}
