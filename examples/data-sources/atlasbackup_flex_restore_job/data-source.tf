data "atlasbackup_flex_restore_job" "example" {
  group_id       = "5f1b6c2e9ad3b7410c8e2d01"
  cluster_name   = "Catalog"
  restore_job_id = "6553f1a0c4d2e8b7a9103f21"
}

check "restore_completed" {
  assert {
    condition     = data.atlasbackup_flex_restore_job.example.status == "COMPLETED"
    error_message = "The restore is ${data.atlasbackup_flex_restore_job.example.status}."
  }
}

output "restored_to" {
  value = data.atlasbackup_flex_restore_job.example.target_deployment_item_name
}
