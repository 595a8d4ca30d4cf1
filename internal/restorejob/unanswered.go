package restorejob

import (
	"errors"
	"fmt"
	"net"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
)

// unanswered explains why a request got no answer.
func unanswered(job Job, err error) diag.Diagnostic {
	var (
		request  *atlas.RequestError
		expired  *atlas.TimeoutError
		redirect *atlas.RedirectError
		proxy    *atlas.ProxyError
		large    *atlas.BodyTooLargeError
		dns      *net.DNSError
		op       *net.OpError
		netErr   net.Error
	)
	if !errors.As(err, &request) {
		return failure(job.unable(), fmt.Sprintf("Reading %s failed.", job), err)
	}
	switch {
	case errors.As(err, &expired):
		return failure("Request Timed Out", fmt.Sprintf("Reading %s got no answer from %s within %s. Check the network and the proxy "+
			"of this machine (HTTPS_PROXY), or raise request_timeout in the provider block.", job, request.Host, expired.Timeout), err)
	case errors.As(err, &redirect):
		return failure(job.unable(), fmt.Sprintf("Reading %s was redirected to %s, and the provider does not follow: it sends "+
			"credentials only to the configured address. Check base_url (MONGODB_ATLAS_BASE_URL), and whether the network "+
			"asks for a login.", job, redirect.To), err)
	case errors.As(err, &large):
		return failure(job.unable(), fmt.Sprintf("Reading %s gave an answer that is far too large to be a restore job. Check base_url "+
			"(MONGODB_ATLAS_BASE_URL) and the proxy of this machine (HTTPS_PROXY).", job), err)
	case errors.As(err, &proxy), errors.As(err, &op) && op.Op == "proxyconnect":
		return failure(job.unable(), fmt.Sprintf("Reading %s failed, because the proxy of this machine did not connect to %s. Check "+
			"HTTPS_PROXY and the user and password in it, or exempt the host by NO_PROXY.", job, request.Host), err)
	case errors.As(err, &dns) && !dns.IsNotFound:
		return failure(job.unable(), fmt.Sprintf("Reading %s failed, because the name service did not say where the host %q is. Check "+
			"the name service and the network of this machine, or try again.", job, dns.Name), err)
	case errors.As(err, &dns):
		return failure("Unknown Host", fmt.Sprintf("Reading %s failed, because the host %q has no known address. Check base_url "+
			"(MONGODB_ATLAS_BASE_URL), and the name service and the proxy of this machine (HTTPS_PROXY).", job, dns.Name), err)
	case atlas.IsTLSError(err):
		return failure("Untrusted Connection", fmt.Sprintf("Reading %s failed, because no trusted TLS connection to %s came about. "+
			"If a proxy of yours opens TLS connections, add its certificate authority to those this machine trusts (on Linux "+
			"also through SSL_CERT_FILE). Otherwise check base_url (MONGODB_ATLAS_BASE_URL) and the clock of this machine.",
			job, request.Host), err)
	case errors.As(err, &netErr) && netErr.Timeout():
		return failure("Request Timed Out", fmt.Sprintf("Reading %s failed, because %s could not be reached in time. Check the "+
			"network, the firewall and the proxy of this machine (HTTPS_PROXY).", job, request.Host), err)
	case errors.As(err, &op) && op.Op == "dial":
		return failure(job.unable(), fmt.Sprintf("Reading %s failed, because no connection to %s came about. Check base_url "+
			"(MONGODB_ATLAS_BASE_URL), the network and the proxy of this machine (HTTPS_PROXY).", job, request.Host), err)
	}
	return failure(job.unable(), fmt.Sprintf("Reading %s failed, because the connection to %s did not hold. Try again; if it stays, "+
		"check the network and the proxy of this machine (HTTPS_PROXY).", job, request.Host), err)
}
