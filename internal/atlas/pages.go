package atlas

import (
	"context"
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

// list reads the pages at path, in the API's order, the newest job first. Jobs
// that come while it reads push others to the next page: each is returned once.
func list[T any](ctx context.Context, c *Client, e endpoint, path string, options ListOptions[T], id func(*T) string) ([]T, error) {
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
			job := &p.Results[i]
			if seen[id(job)] {
				continue
			}
			seen[id(job)] = true
			if options.Match != nil && !options.Match(job) {
				continue
			}
			wanted = append(wanted, *job)
			if len(wanted) == options.MaxResults {
				return wanted, nil
			}
		}
		if !p.hasNext(perPage) {
			return wanted, nil
		}
		if len(seen) == before {
			return nil, &RepeatedPageError{Path: path, Page: number}
		}
	}
}
