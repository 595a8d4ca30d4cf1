package restorejob

import (
	"fmt"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ListArguments say which restore jobs of a cluster are wanted. Null wants all.
type ListArguments struct {
	GroupID      types.String `tfsdk:"group_id"`
	ClusterName  types.String `tfsdk:"cluster_name"`
	DeliveryType types.String `tfsdk:"delivery_type"`
	Status       types.String `tfsdk:"status"`
	SnapshotID   types.String `tfsdk:"snapshot_id"`
	MaxResults   types.Int64  `tfsdk:"max_results"`
}

// ListArgumentAttributes describes [ListArguments] for a kind of cluster, whose
// restore jobs have the delivery types and statuses given.
func ListArgumentAttributes(kind string, deliveryTypes, statuses []string) map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"delivery_type": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: fmt.Sprintf("Only restore jobs of this delivery type: %s.", alternatives(deliveryTypes)),
			Validators:          []validator.String{stringvalidator.OneOf(deliveryTypes...)},
		},
		"status": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: fmt.Sprintf("Only restore jobs of this status: %s.", alternatives(statuses)),
			Validators:          []validator.String{stringvalidator.OneOf(statuses...)},
		},
		"snapshot_id": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Only restore jobs of the snapshot with this ID: 24 characters of `0-9` and `a-f`.",
			Validators:          []validator.String{snapshotID},
		},
		"max_results": schema.Int64Attribute{
			Optional: true,
			MarkdownDescription: "How many restore jobs to return at most, the newest, at least `1`, by default all; " +
				"without filters, no more pages are read than that takes.",
			Validators: []validator.Int64{int64validator.AtLeast(1)},
		},
	}
	maps.Copy(attributes, ClusterArguments(kind))
	return attributes
}

// Jobs says whose restore jobs the arguments name.
func (a *ListArguments) Jobs() Job {
	return Job{GroupID: a.GroupID.ValueString(), ClusterName: a.ClusterName.ValueString()}
}

// HasFilter tells whether some restore jobs are not wanted.
func (a *ListArguments) HasFilter() bool {
	return !a.DeliveryType.IsNull() || !a.Status.IsNull() || !a.SnapshotID.IsNull()
}

// Matches tells whether a restore job with these fields is wanted.
func (a *ListArguments) Matches(deliveryType, status, snapshotID string) bool {
	return wants(a.DeliveryType, deliveryType) && wants(a.Status, status) && wants(a.SnapshotID, snapshotID)
}

func wants(filter types.String, value string) bool {
	return filter.IsNull() || strings.EqualFold(filter.ValueString(), value)
}

// alternatives lists values as the docs do.
func alternatives(values []string) string {
	last := len(values) - 1
	return fmt.Sprintf("`%s` or `%s`", strings.Join(values[:last], "`, `"), values[last])
}
