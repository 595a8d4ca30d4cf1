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
	ProjectBackupManager
	ProjectOwner
)

// Kind is what a cluster is.
type Kind string

// The kinds of clusters that have restore jobs.
const (
	Serverless Kind = "serverless instance"
	Flex       Kind = "flex cluster"
	Dedicated  Kind = "cluster"
)

// RestoreJob is the JSON of a restore job as the serverless endpoint gives it: a
// key that is missing is absent in the answer, and one that is nil is null.
type RestoreJob map[string]any

type state struct {
	projects       map[string]map[string]*cluster // by ID of the project and name
	refusedAddress string
	sunset         Sunset
	roleStatus     int
	plays          map[string][]RestoreJob // by ID of the job, what is to come
	noPageLinks    bool
	repeatPages    bool
}

type cluster struct {
	kind Kind
	jobs []RestoreJob // the newest first
}

func newState() state {
	return state{
		projects:   map[string]map[string]*cluster{},
		roleStatus: http.StatusForbidden,
		plays:      map[string][]RestoreJob{},
	}
}

// AddCluster adds a cluster with its restore jobs, the newest first, and its
// project if that is new.
func (s *Server) AddCluster(groupID, name string, kind Kind, jobs ...RestoreJob) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state.projects[groupID] == nil {
		s.state.projects[groupID] = map[string]*cluster{}
	}
	s.state.projects[groupID][name] = &cluster{kind, slices.Clone(jobs)}
}

// Play makes a restore job look different each time that it is read: the first
// form first, and the last one from then on. Each needs the job's id.
func (s *Server) Play(restoreJobID string, forms ...RestoreJob) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.plays[restoreJobID] = slices.Clone(forms)
}

// played is how a job looks now.
func (s *Server) played(job RestoreJob) RestoreJob {
	id, _ := job["id"].(string)
	forms := s.state.plays[id]
	if len(forms) == 0 {
		return job
	}
	if len(forms) > 1 {
		s.state.plays[id] = forms[1:]
	}
	return forms[0]
}

// Migrate makes a cluster another kind, as serverless instances became Flex or
// dedicated clusters. Its restore jobs go with it.
func (s *Server) Migrate(groupID, name string, kind Kind) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.projects[groupID][name].kind = kind
}

// Sunset is how far the serverless API's end is.
type Sunset int

// What nobody knows yet is how the end looks.
const (
	SunsetNot       Sunset = iota
	SunsetAnnounced        // it serves, with the headers Deprecation and Sunset
	SunsetGone             // 410
	SunsetNotFound         // 404, as for any path that does not exist
)

// SetSunset ends the serverless API, or announces its end.
func (s *Server) SetSunset(sunset Sunset) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.sunset = sunset
}

// SetRoleStatus is the status that refuses a role: 403, or the 401 that users
// have reported.
func (s *Server) SetRoleStatus(status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.roleStatus = status
}

// RefuseAddress makes Atlas answer as if requests came from an IP address that is
// not on the API access list.
func (s *Server) RefuseAddress(ip string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.refusedAddress = ip
}

// api serves an endpoint of the API: who asks, from where, and then the answer.
func (s *Server) api(endpoint func(http.ResponseWriter, *http.Request, Role) answer) http.Handler {
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
			endpoint(w, r, role).write(w, r)
		}
	})
}
