# What `make demo` runs, against a simulated Atlas.

terraform {
  required_providers {
    atlasbackup = {
      source = "registry.terraform.io/atlasbackup/atlasbackup"
    }
  }
}

# The credentials and the URL come from the environment.
provider "atlasbackup" {}

locals {
  group_id     = "5f1b6c2e9ad3b7410c8e2d01"
  cluster_name = "Orders"
}

# A restore to another cluster that has finished.
data "atlasbackup_serverless_restore_job" "restore" {
  group_id       = local.group_id
  cluster_name   = local.cluster_name
  restore_job_id = "6553f1a0c4d2e8b7a9103f01"
}

# A download. Its link is sensitive: the CLI does not show it.
data "atlasbackup_serverless_restore_job" "download" {
  group_id       = local.group_id
  cluster_name   = local.cluster_name
  restore_job_id = "6553f1a0c4d2e8b7a9103f02"
}

check "restore_completed" {
  assert {
    condition     = data.atlasbackup_serverless_restore_job.restore.status == "COMPLETED"
    error_message = "The restore is ${data.atlasbackup_serverless_restore_job.restore.status}."
  }
}

output "restore" {
  value = {
    status              = data.atlasbackup_serverless_restore_job.restore.status
    finished_at         = data.atlasbackup_serverless_restore_job.restore.finished_at
    target_cluster_name = data.atlasbackup_serverless_restore_job.restore.target_cluster_name
  }
}

output "download" {
  value = {
    status     = data.atlasbackup_serverless_restore_job.download.status
    expires_at = data.atlasbackup_serverless_restore_job.download.expires_at
  }
}

output "download_link" {
  value     = data.atlasbackup_serverless_restore_job.download.delivery_url[0]
  sensitive = true
}
