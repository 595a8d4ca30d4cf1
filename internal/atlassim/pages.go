package atlassim

import (
	"fmt"
	"net/http"
	"strconv"
)

const (
	defaultPerPage = 100
	mostPerPage    = 500
)

// list is a page of a list of length, newest first, as the request asks for it.
func (s *Server) list(r *http.Request, length int, item func(int) any) answer {
	query := r.URL.Query()
	perPage, number := defaultPerPage, 1
	for parameter, value := range map[string]*int{"itemsPerPage": &perPage, "pageNum": &number} {
		text := query.Get(parameter)
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || parameter == "itemsPerPage" && n > mostPerPage {
			return apiError(http.StatusBadRequest, "INVALID_ATTRIBUTE", fmt.Sprintf("Invalid value for %s: %s.", parameter, text), parameter)
		}
		*value = n
	}
	if s.state.repeatPages {
		number = 1
	}
	first := min((number-1)*perPage, length)
	last := min(first+perPage, length)
	results := make([]any, 0, last-first)
	for i := first; i < last; i++ {
		results = append(results, item(i))
	}
	body := map[string]any{"results": results}
	if query.Get("includeCount") != "false" {
		body["totalCount"] = length + 7 // an estimate
	}
	if !s.state.noPageLinks {
		links := []any{pageLink(r, "self", number)}
		if last < length || s.state.repeatPages {
			links = append(links, pageLink(r, "next", number+1))
		}
		body["links"] = links
	}
	return answer{http.StatusOK, body}
}

func pageLink(r *http.Request, rel string, number int) any {
	query := r.URL.Query()
	query.Set("pageNum", strconv.Itoa(number))
	return map[string]any{"rel": rel, "href": "https://cloud.mongodb.com" + r.URL.Path + "?" + query.Encode()}
}

// OmitPageLinks makes lists come without links, as some endpoints send them.
func (s *Server) OmitPageLinks() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.noPageLinks = true
}

// RepeatPages makes each page of a list the first one again, with a link to
// another: a server that ignores pageNum.
func (s *Server) RepeatPages() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.repeatPages = true
}
