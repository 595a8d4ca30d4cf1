package provider

import (
	"fmt"
	"net"
	"net/url"
	"strings"
)

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
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		return nil, fmt.Errorf("%s would send credentials unencrypted: plain http is allowed to a loopback address only", quoteURL(text))
	}
	// Some tools want the URL with the API's own path.
	u = &url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	u.Path, _, _ = strings.Cut(u.Path, "/api/atlas")
	u.Path = strings.TrimRight(u.Path, "/")
	return u, nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// quoteURL quotes what the user typed without the part that may be a password.
func quoteURL(text string) string {
	if at := strings.LastIndex(text, "@"); at >= 0 {
		scheme, _, found := strings.Cut(text[:at], "://")
		if !found {
			scheme = "https"
		}
		text = scheme + "://…" + text[at:]
	}
	return fmt.Sprintf("%q", text)
}
