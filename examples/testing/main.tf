# A module that reads a restore job. tests/ shows how its author tests it without
# Atlas: `terraform test` (Terraform 1.7 or OpenTofu 1.8, and newer).

terraform {
  required_providers {
    atlasbackup = {
      source = "registry.terraform.io/atlasbackup/atlasbackup"
    }
  }
}

variable "restore_job_id" {
  type = string
}

data "atlasbackup_serverless_restore_job" "this" {
  group_id       = "5f1b6c2e9ad3b7410c8e2d01"
  cluster_name   = "Orders"
  restore_job_id = var.restore_job_id
}

output "restored" {
  value = data.atlasbackup_serverless_restore_job.this.status == "COMPLETED"
}
