package provider

import (
	"fmt"
	"strings"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
)

// What each ID and each secret of a service account begins with.
const (
	serviceAccountPrefix = "mdb_sa_id_"
	clientSecretPrefix   = "mdb_sa_sk_"
)

// unfit tells what makes a value unfit to be sent, or nil. It shows no value:
// what was put into the wrong place may be a secret.
func unfit(s setting, v value) *atlas.Unusable {
	switch {
	case strings.ContainsFunc(v.text, func(r rune) bool { return r <= ' ' || r > '~' }):
		return &atlas.Unusable{
			Summary: "Invalid Credentials",
			Detail: fmt.Sprintf("The value of %s has white space or other characters inside that no such credential has; "+
				"it is not shown here. Set %s to the credential alone, without a word like \"Bearer\" and without line breaks.", origin(v), s),
		}
	case s.attribute == publicKey.attribute && strings.HasPrefix(v.text, serviceAccountPrefix):
		return &atlas.Unusable{
			Summary: "Invalid Public Key",
			Detail: fmt.Sprintf("The public key, %s, begins with %q like the client ID of a service account. Set %s and %s instead.",
				origin(v), serviceAccountPrefix, clientID, clientSecret),
		}
	case (s.attribute == publicKey.attribute || s.attribute == clientID.attribute) && strings.HasPrefix(v.text, clientSecretPrefix):
		return &atlas.Unusable{
			Summary: "Invalid Credentials",
			Detail: fmt.Sprintf("The value of %s begins with %q like the client secret of a service account, which must not be sent in its "+
				"place. Set %s to the secret and %s to the ID, which begins with %q.", origin(v), clientSecretPrefix, clientSecret, clientID, serviceAccountPrefix),
		}
	}
	return nil
}
