package restorejob

import (
	"context"
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// pattern is a validator of arguments that the API takes in its path. Unlike
// that of the library it quotes what the user typed, so that white space shows.
type pattern struct {
	regexp  *regexp.Regexp
	summary string
	must    string // what the value must be, and where it is found
}

var objectID = regexp.MustCompile(`^[a-f0-9]{24}$`)

// The patterns that the API gives.
var (
	projectID = pattern{objectID, "Invalid Project ID",
		"must be the ID of a project, 24 characters of 0-9 and a-f: the project's settings in Atlas show it, and its name will not do"}
	clusterName = pattern{regexp.MustCompile(`^[a-zA-Z0-9][a-zA-Z0-9-]*$`), "Invalid Cluster Name",
		"must be the name of a cluster: letters, digits and hyphens, and no hyphen first"}
	restoreJobID = pattern{objectID, "Invalid Restore Job ID",
		"must be the ID of a restore job, 24 characters of 0-9 and a-f: the answer that started the restore shows it as \"id\""}
	snapshotID = pattern{objectID, "Invalid Snapshot ID", "must be the ID of a snapshot, 24 characters of 0-9 and a-f"}
)

func (p pattern) Description(context.Context) string { return p.must }

func (p pattern) MarkdownDescription(ctx context.Context) string { return p.Description(ctx) }

func (p pattern) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || p.regexp.MatchString(req.ConfigValue.ValueString()) {
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, p.summary,
		fmt.Sprintf("%s is %q. It %s.", req.Path, req.ConfigValue.ValueString(), p.must))
}
