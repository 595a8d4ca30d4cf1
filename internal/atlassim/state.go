package atlassim

import (
	"net/http"
	"slices"
)

// Role is what credentials may do in every project.
type Role int

// The roles that the endpoints tell apart.
const (
	ProjectReadOnly Role = iota
	ProjectOwner
)

// RestoreJob is the JSON of a restore job: a key that is missing is absent in the
// answer, and one that is nil is null.
type RestoreJob map[string]any

type state struct {
	projects       map[string]project
	refusedAddress string
}

type project struct {
	serverless map[string][]RestoreJob // by the instance's name
}

func newState() state { return state{projects: map[string]project{}} }

// AddServerlessInstance adds an instance, and its project if that is new.
func (s *Server) AddServerlessInstance(groupID, name string, jobs ...RestoreJob) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.state.projects[groupID]; !ok {
		s.state.projects[groupID] = project{serverless: map[string][]RestoreJob{}}
	}
	s.state.projects[groupID].serverless[name] = slices.Clone(jobs)
}

// RefuseAddress makes Atlas answer as if requests came from an IP address that is
// not on the API access list.
func (s *Server) RefuseAddress(ip string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.refusedAddress = ip
}

// api serves an endpoint of the API: who asks, from where, and then the answer.
func (s *Server) api(endpoint func(*http.Request, Role) answer) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		role, ok := s.authenticate(r)
		switch {
		case !ok:
			s.challenge(w)
			r.URL.RawQuery = "" // a challenge is no answer of the endpoint: it has no envelope
			unauthorized().write(w, r)
		case s.state.refusedAddress != "":
			apiError(http.StatusForbidden, "IP_ADDRESS_NOT_ON_ACCESS_LIST",
				"IP address "+s.state.refusedAddress+" is not allowed to access this resource.", s.state.refusedAddress).write(w, r)
		default:
			endpoint(r, role).write(w, r)
		}
	})
}
