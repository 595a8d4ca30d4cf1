# Waits for the link, at plan, and keeps it out of state and plan files.
ephemeral "atlasbackup_serverless_restore_job" "download" {
  group_id            = "5f1b6c2e9ad3b7410c8e2d01"
  cluster_name        = "Orders"
  restore_job_id      = "6553f1a0c4d2e8b7a9103f02"
  wait_for_completion = true

  lifecycle {
    postcondition {
      condition     = self.status == "COMPLETED" && self.delivery_url != null
      error_message = "The restore is not completed, or has no download link." # ephemeral values cannot be told here
    }
  }
}

# Hands the link over at apply, in the environment of a script, which must not
# print it.
resource "terraform_data" "download" {
  triggers_replace = ["6553f1a0c4d2e8b7a9103f02"]

  provisioner "local-exec" {
    command = "./fetch-backup.sh"
    environment = {
      DOWNLOAD_URL = ephemeral.atlasbackup_serverless_restore_job.download.delivery_url[0]
    }
  }
}
