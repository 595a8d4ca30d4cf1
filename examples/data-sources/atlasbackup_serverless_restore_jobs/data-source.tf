# The newest restore that has finished.
data "atlasbackup_serverless_restore_jobs" "finished" {
  group_id     = "5f1b6c2e9ad3b7410c8e2d01"
  cluster_name = "Orders"
  status       = "COMPLETED"
  max_results  = 1
}

output "last_restore" {
  value = one(data.atlasbackup_serverless_restore_jobs.finished.results)
}

# All that failed of the newest 500, which cost one page.
data "atlasbackup_serverless_restore_jobs" "newest" {
  group_id     = "5f1b6c2e9ad3b7410c8e2d01"
  cluster_name = "Orders"
  max_results  = 500
}

locals {
  failed = [for job in data.atlasbackup_serverless_restore_jobs.newest.results : job.id if job.status == "FAILED"]
}

# Warns at each plan, and goes on.
check "no_restore_failed" {
  assert {
    condition     = length(local.failed) == 0
    error_message = "These restores failed: ${join(", ", local.failed)}."
  }
}
