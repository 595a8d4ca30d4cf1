package atlassim

import (
	"net/http"
	"strings"
)

// A family is an endpoint of restore jobs: of one kind of cluster, for one role,
// in one version.
type family struct {
	path   string
	accept string // the media type that chooses the version; empty: any
	kind   Kind
	role   Role
	refuse string                              // code of the answer for another kind
	form   func(*http.Request, RestoreJob) any // what the API makes of a cluster's job
}

var families = []family{
	{
		path:   "/api/atlas/v1.0/groups/{groupId}/serverless/{clusterName}/backup/restoreJobs",
		kind:   Serverless,
		role:   ProjectOwner,
		refuse: "CANNOT_USE_CLUSTER_IN_SERVERLESS_INSTANCE_API",
		form:   func(_ *http.Request, job RestoreJob) any { return job },
	},
	{
		path:   "/api/atlas/v2/groups/{groupId}/flexClusters/{clusterName}/backup/restoreJobs",
		accept: "application/vnd.atlas.2024-11-13+json",
		kind:   Flex,
		role:   ProjectReadOnly,
		refuse: "CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API",
		form:   flexForm,
	},
	{
		path:   "/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/backup/restoreJobs",
		accept: "application/vnd.atlas.2023-01-01+json",
		kind:   Dedicated,
		role:   ProjectBackupManager,
		refuse: "CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API",
		form:   dedicatedForm,
	},
}

func (s *Server) routes() {
	for _, f := range families {
		s.mux.Handle("GET "+f.path+"/{restoreJobId}", s.api(func(w http.ResponseWriter, r *http.Request, role Role) answer {
			c, refusal := s.find(w, r, f, role)
			if c == nil {
				return refusal
			}
			id := r.PathValue("restoreJobId")
			for _, job := range c.jobs {
				if job["id"] == id {
					return answer{http.StatusOK, f.form(r, s.played(job))}
				}
			}
			return resourceNotFound("restore job", id)
		}))
		s.mux.Handle("GET "+f.path, s.api(func(w http.ResponseWriter, r *http.Request, role Role) answer {
			c, refusal := s.find(w, r, f, role)
			if c == nil {
				return refusal
			}
			return s.list(r, len(c.jobs), func(i int) any { return f.form(r, c.jobs[i]) })
		}))
	}
}

// find is the cluster of a request, or why there is none.
func (s *Server) find(w http.ResponseWriter, r *http.Request, f family, role Role) (*cluster, answer) {
	groupID, name := r.PathValue("groupId"), r.PathValue("clusterName")
	if f.accept != "" && r.Header.Get("Accept") != f.accept {
		return nil, apiError(http.StatusNotAcceptable, "INVALID_VERSION_DATE", "Invalid accept header or version date.")
	}
	if f.kind == Serverless {
		switch s.state.sunset {
		case SunsetGone:
			return nil, apiError(http.StatusGone, "VERSION_GONE", "Version 1.0 of "+r.URL.Path+" is no longer available.", "1.0", r.URL.Path)
		case SunsetNotFound:
			return nil, resourceNotFound(r.URL.Path, "")
		case SunsetAnnounced:
			w.Header().Set("Deprecation", "Wed, 5 Feb 2025 00:00:00 GMT")
			w.Header().Set("Sunset", "Thu, 1 Jul 2027 00:00:00 GMT") // a day without padding, as Atlas has it
		}
	}
	clusters, ok := s.state.projects[groupID]
	if !ok {
		return nil, groupNotFound(groupID)
	}
	if role < f.role {
		return nil, apiError(s.state.roleStatus, "USER_UNAUTHORIZED", "Current user is not authorized to perform this action.")
	}
	c, ok := clusters[name]
	if !ok {
		return nil, clusterNotFound(name, groupID)
	}
	if c.kind != f.kind {
		code := f.refuse
		if f.kind == Dedicated && c.kind == Serverless {
			code = "CANNOT_USE_SERVERLESS_INSTANCE_IN_CLUSTER_API"
		}
		return nil, apiError(http.StatusBadRequest, code, "Cannot use "+string(c.kind)+" "+name+" in this API.", name)
	}
	return c, answer{}
}

// flexForm is a job as Flex has it.
func flexForm(r *http.Request, job RestoreJob) any {
	flex := map[string]any{"instanceName": r.PathValue("clusterName"), "projectId": r.PathValue("groupId"), "status": "RUNNING"}
	for from, to := range map[string]string{
		"id":                "id",
		"expiresAt":         "expirationDate",
		"finishedAt":        "restoreFinishedDate",
		"snapshotId":        "snapshotId",
		"targetClusterName": "targetDeploymentItemName",
		"targetGroupId":     "targetProjectId",
		"timestamp":         "snapshotFinishedDate",
		"links":             "links",
		"scheduledFor":      "restoreScheduledDate", // the simulator's own: serverless jobs have no such field
	} {
		if value, ok := job[from]; ok {
			flex[to] = value
		}
	}
	deliveryType, _ := job["deliveryType"].(string)
	flex["deliveryType"] = map[string]string{"automated": "RESTORE", "download": "DOWNLOAD"}[deliveryType]
	if urls, ok := job["deliveryUrl"].([]string); ok && len(urls) > 0 && strings.EqualFold(deliveryType, "download") {
		flex["snapshotUrl"], flex["status"] = urls[0], "COMPLETED"
	}
	if job["finishedAt"] != nil {
		flex["status"] = "COMPLETED"
	}
	if job["failed"] == true {
		flex["status"] = "FAILED"
	}
	if status, ok := job["flexStatus"]; ok { // the simulator's own too, before all
		flex["status"] = status
	}
	return flex
}

// dedicatedForm is a job as a sharded dedicated cluster has it.
func dedicatedForm(_ *http.Request, job RestoreJob) any {
	dedicated := map[string]any{
		"components":                  []any{map[string]any{"downloadUrl": nil, "replicaSetName": "shard-0"}},
		"privateDownloadDeliveryUrls": []any{},
	}
	for key, value := range job {
		dedicated[key] = value
	}
	return dedicated
}
