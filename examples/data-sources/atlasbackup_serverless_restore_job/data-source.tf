data "atlasbackup_serverless_restore_job" "example" {
  group_id       = "5f1b6c2e9ad3b7410c8e2d01"
  cluster_name   = "Orders"
  restore_job_id = "6553f1a0c4d2e8b7a9103f01"

  # Ends the plan if the restore went wrong.
  lifecycle {
    postcondition {
      condition     = !contains(["FAILED", "CANCELLED", "EXPIRED"], self.status)
      error_message = "Restore job ${self.id} is ${self.status}."
    }
  }
}

# Warns, and goes on, as long as the restore is not done.
check "restore_completed" {
  assert {
    condition     = data.atlasbackup_serverless_restore_job.example.status == "COMPLETED"
    error_message = "The restore is ${data.atlasbackup_serverless_restore_job.example.status}."
  }
}

output "restored_to" {
  value = data.atlasbackup_serverless_restore_job.example.target_cluster_name
}
