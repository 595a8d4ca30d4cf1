package provider

import (
	"fmt"
	"net"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// apiPath is the API's own path, which some tools want at the end of the URL.
var apiPath = regexp.MustCompile(`/api(/atlas(/v[0-9.]+)?)?$`)

// parseBaseURL checks where credentials may be sent. The error is fit for a user.
func parseBaseURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil {
		// The error of package url quotes the URL, which may hold a password.
		return nil, fmt.Errorf("%s is not a URL", quoteURL(text))
	}
	switch {
	case u.User != nil:
		return nil, fmt.Errorf("%s has a user name or password in it, and credentials have attributes of their own", quoteURL(text))
	case u.Scheme != "https" && u.Scheme != "http", u.Hostname() == "":
		return nil, fmt.Errorf("%s does not begin with https:// and a host", quoteURL(text))
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return nil, fmt.Errorf("%s has a query or a fragment, which no request could carry", quoteURL(text))
	case !isPort(u.Port()):
		return nil, fmt.Errorf("%s has a port that does not exist", quoteURL(text))
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		return nil, fmt.Errorf("%s would send credentials unencrypted: plain http is allowed to a loopback address only", quoteURL(text))
	}
	base := &url.URL{Scheme: u.Scheme, Host: u.Host}
	if trimmed := apiPath.ReplaceAllString(path.Clean("/"+u.Path), ""); trimmed != "/" {
		base.Path = trimmed
	}
	return base, nil
}

func isPort(text string) bool {
	port, err := strconv.Atoi(text)
	return text == "" || err == nil && port > 0 && port < 1<<16
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// quoteURL quotes what the user typed without the parts that may be secret: what
// comes before an @, the query and the fragment.
func quoteURL(text string) string {
	if at := strings.LastIndex(text, "@"); at >= 0 {
		scheme := "https"
		if strings.HasPrefix(text, "http://") {
			scheme = "http"
		}
		text = scheme + "://…" + text[at:]
	}
	if i := strings.IndexAny(text, "?#"); i >= 0 {
		text = text[:i+1] + "…"
	}
	return fmt.Sprintf("%q", text)
}
