terraform {
  required_providers {
    atlasbackup = {
      source = "registry.terraform.io/atlasbackup/atlasbackup"
    }
  }
}

variable "restore_job_id" {
  description = "ID of the restore job of the drill."
  type        = string
}

# Waits until the restore is done, and ends the run if it went wrong.
data "atlasbackup_serverless_restore_job" "drill" {
  group_id       = "5f1b6c2e9ad3b7410c8e2d01"
  cluster_name   = "Orders"
  restore_job_id = var.restore_job_id

  wait_for_completion = true
  poll_interval       = "30s"
  timeouts = {
    read = "2h"
  }

  lifecycle {
    postcondition {
      condition     = self.status == "COMPLETED"
      error_message = "Restore job ${self.id} ended as ${self.status}."
    }
  }
}

# A disaster-recovery drill: warns if the snapshot was more than a day old.
check "recovery_point" {
  assert {
    condition     = timecmp(data.atlasbackup_serverless_restore_job.drill.timestamp, timeadd(plantimestamp(), "-24h")) >= 0
    error_message = "The snapshot is of ${data.atlasbackup_serverless_restore_job.drill.timestamp}, which is more than a day ago."
  }
}

output "restored_to" {
  value = data.atlasbackup_serverless_restore_job.drill.target_cluster_name
}
