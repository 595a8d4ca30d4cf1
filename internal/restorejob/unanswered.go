package restorejob

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
)

// unanswered explains why a request got no answer.
func unanswered(job Job, e *atlas.RequestError) diag.Diagnostic {
	var (
		expired  *atlas.TimeoutError
		redirect *atlas.RedirectError
		large    *atlas.BodyTooLargeError
		dns      *net.DNSError
		op       *net.OpError
		netErr   net.Error
	)
	switch {
	case errors.As(e, &expired):
		return failure("Request Timed Out", fmt.Sprintf("Reading %s got no answer from %s within %s. Check the network and the proxy "+
			"of this machine (HTTPS_PROXY), or raise request_timeout in the provider block.", job, e.Host, expired.Timeout), e)
	case errors.As(e, &redirect):
		return failure(unableToRead, fmt.Sprintf("Reading %s was redirected to %s, and the provider does not follow: it sends "+
			"credentials only to the configured host. Check base_url (MONGODB_ATLAS_BASE_URL), and whether the network "+
			"asks for a login.", job, redirect.To), e)
	case errors.As(e, &large):
		return failure(unableToRead, fmt.Sprintf("Reading %s gave an answer that is far too large to be a restore job. Check base_url "+
			"(MONGODB_ATLAS_BASE_URL) and the proxy of this machine (HTTPS_PROXY).", job), e)
	case errors.As(e, &dns):
		return failure("Unknown Host", fmt.Sprintf("Reading %s failed, because the host %q has no known address. Check base_url "+
			"(MONGODB_ATLAS_BASE_URL), and the name service and the proxy of this machine (HTTPS_PROXY).", job, dns.Name), e)
	case isTLS(e):
		return failure("Untrusted Connection", fmt.Sprintf("Reading %s failed, because no trusted TLS connection to %s came about. "+
			"If a proxy of yours opens TLS connections, add its certificate authority to those this machine trusts (on Linux "+
			"also through SSL_CERT_FILE). Otherwise check base_url (MONGODB_ATLAS_BASE_URL) and the clock of this machine.",
			job, e.Host), e)
	case errors.As(e, &netErr) && netErr.Timeout():
		return failure("Request Timed Out", fmt.Sprintf("Reading %s failed, because %s could not be reached in time. Check the "+
			"network, the firewall and the proxy of this machine (HTTPS_PROXY).", job, e.Host), e)
	case errors.As(e, &op) && op.Op == "dial":
		return failure(unableToRead, fmt.Sprintf("Reading %s failed, because %s does not accept connections. Check base_url "+
			"(MONGODB_ATLAS_BASE_URL), the network and the proxy of this machine (HTTPS_PROXY).", job, e.Host), e)
	}
	return failure(unableToRead, fmt.Sprintf("Reading %s failed, because the connection to %s did not hold. Try again; if it stays, "+
		"check the network and the proxy of this machine (HTTPS_PROXY).", job, e.Host), e)
}

func isTLS(err error) bool {
	var (
		certificate *tls.CertificateVerificationError
		invalid     x509.CertificateInvalidError
		authority   x509.UnknownAuthorityError
		hostname    x509.HostnameError
		record      tls.RecordHeaderError
		alert       tls.AlertError
	)
	return errors.Is(err, http.ErrSchemeMismatch) || errors.As(err, &certificate) || errors.As(err, &invalid) || errors.As(err, &authority) ||
		errors.As(err, &hostname) || errors.As(err, &record) || errors.As(err, &alert)
}
