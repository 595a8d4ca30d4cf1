package atlas

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
)

// mostPerPage is the largest page that the API gives.
const mostPerPage = 500

// ListOptions say which restore jobs of a list are wanted. The zero value wants all.
type ListOptions[T any] struct {
	// MaxResults is how many are wanted at most. Zero means all.
	MaxResults int

	// Match, if there is one, tells whether a job is wanted.
	Match func(*T) bool
}

type page[T any] struct {
	Links   []Link `json:"links"`
	Results []T    `json:"results"`
}

// hasNext tells whether there is another page: by the links, or, where a server
// sends none, by a page that is full. The API's totalCount is an estimate.
func (p *page[T]) hasNext(perPage int) bool {
	for _, link := range p.Links {
		if link.Rel == "next" {
			return true
		}
	}
	return len(p.Links) == 0 && len(p.Results) >= perPage
}

// A RepeatedPageError says that a list went on without anything new in it.
type RepeatedPageError struct {
	Path string
	Page int
}

func (e *RepeatedPageError) Error() string {
	return fmt.Sprintf("GET %s: page %d has nothing new, and says there is another", e.Path, e.Page)
}

func (p *page[T]) check() string {
	if p.Results == nil {
		return "the answer has no results"
	}
	return ""
}

// item is a restore job of a list.
type item[T any] interface {
	*T
	checked
	id() string
	finish(endpoint)
}

// list reads the pages at path, in the API's order, the newest job first. Jobs
// that come while it reads push others to the next page: each is returned once.
// An error that is errEmptyList says that the endpoint has none.
func list[T any, P item[T]](ctx context.Context, c *Client, e endpoint, path string, options ListOptions[T]) ([]T, error) {
	perPage := mostPerPage
	if options.Match == nil && options.MaxResults > 0 {
		perPage = min(perPage, options.MaxResults)
	}
	wanted := []T{}
	seen := map[string]bool{}
	for number := 1; ; number++ {
		p, err := get[page[T]](ctx, c, e, path, url.Values{
			"includeCount": {"false"},
			"itemsPerPage": {strconv.Itoa(perPage)},
			"pageNum":      {strconv.Itoa(number)},
		})
		if err != nil {
			return nil, err
		}
		before := len(seen)
		for i := range p.Results {
			job := P(&p.Results[i])
			if problem := job.check(); problem != "" {
				return nil, &DecodeError{Method: "GET", Path: path, Problem: fmt.Sprintf("results[%d]: %s", i, problem)}
			}
			if seen[job.id()] {
				continue
			}
			seen[job.id()] = true
			job.finish(e)
			if options.Match != nil && !options.Match(job) {
				continue
			}
			wanted = append(wanted, *job)
			if len(wanted) == options.MaxResults {
				return wanted, nil
			}
		}
		switch {
		case !p.hasNext(perPage) && len(seen) == 0:
			return wanted, errEmptyList
		case !p.hasNext(perPage):
			return wanted, nil
		case len(seen) == before:
			return nil, &RepeatedPageError{Path: path, Page: number}
		}
	}
}

// errEmptyList says that a cluster has no restore jobs, as far as one endpoint
// knows. The serverless one may know a cluster that has become another kind, and
// whose jobs another endpoint knows.
var errEmptyList = errors.New("there are no restore jobs")
