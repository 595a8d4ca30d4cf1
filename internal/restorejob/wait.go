package restorejob

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
)

// DefaultTimeout bounds reading a restore job, waiting or not.
const DefaultTimeout = 60 * time.Minute

const (
	defaultPollInterval = 10 * time.Second
	minPollInterval     = time.Second
)

// Wait says whether to wait until a restore job is done.
type Wait struct {
	WaitForCompletion types.Bool   `tfsdk:"wait_for_completion"`
	PollInterval      types.String `tfsdk:"poll_interval"`
}

// waitAttributes describes [Wait].
func waitAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"wait_for_completion": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: "Whether to wait until the restore job is done, however it ends, by default `false`; " +
				"`status` tells how it ended.",
		},
		"poll_interval": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "How long to wait between two looks at the restore job, a duration of at least `1s`, by default `10s`; " +
				"it counts with `wait_for_completion`.",
			Validators: []validator.String{duration{minPollInterval}},
		},
	}
}

// interval is the time between two looks. The attribute was validated.
func (w Wait) interval() time.Duration {
	interval, err := time.ParseDuration(strings.TrimSpace(w.PollInterval.ValueString()))
	if err != nil {
		return defaultPollInterval
	}
	return max(interval, minPollInterval)
}

// duration is a validator of durations of at least so much.
type duration struct {
	least time.Duration
}

func (d duration) Description(context.Context) string {
	return fmt.Sprintf("must be a duration of at least %s, with a unit, such as \"30s\" or \"1m30s\"", d.least)
}

func (d duration) MarkdownDescription(ctx context.Context) string { return d.Description(ctx) }

func (d duration) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	value, err := time.ParseDuration(strings.TrimSpace(req.ConfigValue.ValueString()))
	if err != nil || value < d.least {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Duration",
			fmt.Sprintf("%s is %q. It %s.", req.Path, req.ConfigValue.ValueString(), d.Description(ctx)))
	}
}

// A TimedOutError says that reading a restore job, or waiting for it, took too long.
type TimedOutError struct {
	Limit time.Duration
	Last  atlas.Status // empty if no look at the job came to an end
	Looks int          // how many did
	Err   error
}

func (e *TimedOutError) Error() string { return e.Err.Error() }

func (e *TimedOutError) Unwrap() error { return e.Err }

// wait reads a job until it is done, or once if w does not ask to wait. It ends
// after limit, and at once when ctx does.
func wait[T any](ctx context.Context, w Wait, limit time.Duration, read func(context.Context) (T, error), status func(T) atlas.Status) (T, error) {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var last atlas.Status
	started := time.Now()
	for looks := 0; ; looks++ {
		job, err := read(limited)
		if err == nil {
			last = status(job)
			if last != atlas.StatusInProgress || !w.WaitForCompletion.ValueBool() {
				return job, nil
			}
			tflog.Info(ctx, "Waiting for the restore job", map[string]any{
				"status":       string(last),
				"elapsed_s":    int(time.Since(started).Seconds()),
				"next_poll_in": w.interval().String(),
			})
			err = sleep(limited, w.interval())
			if err == nil {
				continue
			}
			looks++
		}
		if limited.Err() != nil && ctx.Err() == nil {
			err = &TimedOutError{Limit: limit, Last: last, Looks: looks, Err: err}
		}
		return job, err
	}
}

// sleep waits for d, or until ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
