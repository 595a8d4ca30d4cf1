package restorejob

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlasbackup/terraform-provider-atlasbackup/internal/atlas"
)

func waiting(interval string) Wait {
	w := Wait{WaitForCompletion: types.BoolValue(true)}
	if interval != "" {
		w.PollInterval = types.StringValue(interval)
	}
	return w
}

// statuses returns a read that gives one status after the other, the last one
// for ever, and how often it was called.
func statuses(list ...atlas.Status) (read func(context.Context) (look[atlas.Status], error), looks *int) {
	looks = new(int)
	return func(context.Context) (look[atlas.Status], error) {
		*looks++
		status := list[min(*looks, len(list))-1]
		return look[atlas.Status]{status, status != atlas.StatusInProgress, string(status)}, nil
	}, looks
}

func TestWait(t *testing.T) {
	t.Parallel()
	const running = atlas.StatusInProgress
	for _, tt := range []struct {
		name  string
		wait  Wait
		given []atlas.Status
		want  atlas.Status
		looks int
		took  time.Duration
	}{
		{"done already", waiting(""), []atlas.Status{atlas.StatusCompleted}, atlas.StatusCompleted, 1, 0},
		{"completed at the third look", waiting(""), []atlas.Status{running, running, atlas.StatusCompleted}, atlas.StatusCompleted, 3, 20 * time.Second},
		{"a bad end is an end", waiting("1s"), []atlas.Status{running, atlas.StatusFailed}, atlas.StatusFailed, 2, time.Second},
		{"cancelled", waiting("2m"), []atlas.Status{running, atlas.StatusCancelled}, atlas.StatusCancelled, 2, 2 * time.Minute},
		{"expired", waiting("1s"), []atlas.Status{running, atlas.StatusExpired}, atlas.StatusExpired, 2, time.Second},
		{"not asked to wait", Wait{}, []atlas.Status{running}, running, 1, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				read, looks := statuses(tt.given...)
				started := time.Now()
				got, err := wait(t.Context(), tt.wait, DefaultTimeout, Job{}, read)
				if err != nil || got != tt.want || *looks != tt.looks {
					t.Errorf("got %s at look %d, %v; want %s at look %d", got, *looks, err, tt.want, tt.looks)
				}
				if took := time.Since(started); took != tt.took {
					t.Errorf("took %s, want %s", took, tt.took)
				}
			})
		})
	}
}

func TestWait_timesOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		read, looks := statuses(atlas.StatusInProgress)
		started := time.Now()
		_, err := wait(t.Context(), waiting("7s"), time.Minute, Job{}, read)
		var late *TimedOutError
		if !errors.As(err, &late) || late.Limit != time.Minute || late.Last != "IN_PROGRESS" || late.Err != nil || *looks != 9 {
			t.Errorf("got %+v after %d looks", err, *looks)
		}
		if took := time.Since(started); took != time.Minute {
			t.Errorf("took %s", took)
		}
	})
}

// The limit counts also for a read that does not wait.
func TestWait_readTakesTooLong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		_, err := wait(t.Context(), Wait{}, time.Second, Job{}, hang)
		var late *TimedOutError
		if !errors.As(err, &late) || late.Last != "" || !errors.Is(late.Err, context.DeadlineExceeded) {
			t.Errorf("got %+v", err)
		}
	})
	// Atlas falls silent while the job is waited for.
	synctest.Test(t, func(t *testing.T) {
		read, looks := statuses(atlas.StatusInProgress)
		_, err := wait(t.Context(), waiting(""), time.Minute, Job{}, func(ctx context.Context) (look[atlas.Status], error) {
			if *looks == 2 {
				return hang(ctx)
			}
			return read(ctx)
		})
		var late *TimedOutError
		if !errors.As(err, &late) || late.Last != "IN_PROGRESS" || !errors.Is(late.Err, context.DeadlineExceeded) {
			t.Errorf("got %+v", err)
		}
	})
	// An answer that comes when time is up is told.
	synctest.Test(t, func(t *testing.T) {
		failure := errors.New("refused")
		_, err := wait(t.Context(), waiting(""), time.Minute, Job{}, func(ctx context.Context) (look[atlas.Status], error) {
			<-ctx.Done()
			return look[atlas.Status]{}, failure
		})
		var late *TimedOutError
		if !errors.Is(err, failure) || errors.As(err, &late) {
			t.Errorf("got %+v", err)
		}
	})
}

func TestWait_ends(t *testing.T) {
	t.Parallel()
	// Cancelled in the middle of a pause.
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(15*time.Second, cancel)
		read, _ := statuses(atlas.StatusInProgress)
		started := time.Now()
		_, err := wait(ctx, waiting(""), DefaultTimeout, Job{}, read)
		var late *TimedOutError
		if !errors.Is(err, context.Canceled) || errors.As(err, &late) {
			t.Errorf("got %v", err)
		}
		if took := time.Since(started); took != 15*time.Second {
			t.Errorf("took %s", took)
		}
	})
	// A look that fails.
	synctest.Test(t, func(t *testing.T) {
		failure := errors.New("refused")
		_, err := wait(t.Context(), waiting(""), DefaultTimeout, Job{}, func(context.Context) (look[atlas.Status], error) {
			return look[atlas.Status]{}, failure
		})
		if !errors.Is(err, failure) {
			t.Errorf("got %v", err)
		}
	})
}

func hang(ctx context.Context) (look[atlas.Status], error) {
	<-ctx.Done()
	return look[atlas.Status]{}, ctx.Err()
}
