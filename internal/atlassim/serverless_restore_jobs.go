package atlassim

import "net/http"

const serverlessRestoreJobPath = "/api/atlas/v1.0/groups/{groupId}/serverless/{clusterName}/backup/restoreJobs/{restoreJobId}"

func (s *Server) serverlessRestoreJob(r *http.Request, role Role) answer {
	groupID, name, id := r.PathValue("groupId"), r.PathValue("clusterName"), r.PathValue("restoreJobId")
	project, ok := s.state.projects[groupID]
	if !ok {
		return groupNotFound(groupID)
	}
	if role < ProjectOwner {
		return apiError(http.StatusForbidden, "USER_UNAUTHORIZED", "Current user is not authorized to perform this action.")
	}
	jobs, ok := project.serverless[name]
	if !ok {
		return clusterNotFound(name, groupID)
	}
	for _, job := range jobs {
		if job["id"] == id {
			return answer{http.StatusOK, job}
		}
	}
	return resourceNotFound("restore job", id)
}
