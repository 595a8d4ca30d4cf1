package restorejob

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"
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
			Validators: []validator.String{DurationAtLeast(minPollInterval)},
		},
	}
}

// interval is the time between two looks. The attribute is validated, or null.
func (w Wait) interval() time.Duration {
	interval, err := time.ParseDuration(w.PollInterval.ValueString())
	if err != nil {
		return defaultPollInterval
	}
	return interval
}

// DurationAtLeast returns a validator of durations of at least so much.
func DurationAtLeast(least time.Duration) validator.String { return duration{least} }

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
	value, err := time.ParseDuration(req.ConfigValue.ValueString())
	if err != nil || value < d.least {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Duration",
			fmt.Sprintf("%s is %q. It %s.", req.Path, req.ConfigValue.ValueString(), d.Description(ctx)))
	}
}

// A TimedOutError says that reading a restore job, or waiting for it, took too long.
type TimedOutError struct {
	Limit time.Duration
	Last  string // the job's status at the last look that came to an end, empty if none did
	Err   error  // of a look that did not come to an end; nil if time was up between two looks
}

func (e *TimedOutError) Error() string {
	if e.Err == nil {
		return "the restore job is not done"
	}
	return e.Err.Error()
}

func (e *TimedOutError) Unwrap() error { return e.Err }

// look is one look at a restore job: the job, whether it is done, and its status
// in the words of whoever asked.
type look[T any] struct {
	job    T
	done   bool
	status string
}

// wait looks at a job until it is done, or once if w does not ask to wait. It ends
// after limit, and at once when ctx does.
func wait[T any](ctx context.Context, w Wait, limit time.Duration, job Job, read func(context.Context) (look[T], error)) (T, error) {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	late := &TimedOutError{Limit: limit}
	for started := time.Now(); ; {
		l, err := read(limited)
		switch {
		case errors.Is(err, context.DeadlineExceeded) && limited.Err() != nil && ctx.Err() == nil:
			late.Err = err
			return l.job, late
		case err != nil, l.done, !w.WaitForCompletion.ValueBool():
			return l.job, err
		}
		late.Last = l.status
		tflog.Info(ctx, "Waiting for the restore job", map[string]any{
			"group_id":       job.GroupID,
			"cluster_name":   job.ClusterName,
			"restore_job_id": job.RestoreJobID,
			"status":         l.status,
			"elapsed_s":      int(time.Since(started).Seconds()),
			"next_poll_in":   w.interval().String(),
		})
		if err := sleep(limited, w.interval()); err != nil {
			if ctx.Err() != nil {
				return l.job, ctx.Err()
			}
			return l.job, late
		}
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
