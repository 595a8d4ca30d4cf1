ephemeral "atlasbackup_flex_restore_job" "download" {
  group_id            = "5f1b6c2e9ad3b7410c8e2d01"
  cluster_name        = "Catalog"
  restore_job_id      = "6553f1a0c4d2e8b7a9103f22"
  wait_for_completion = true

  lifecycle {
    postcondition {
      condition     = self.status == "COMPLETED" && self.snapshot_url != null
      error_message = "The restore is not completed, or has no download link." # ephemeral values cannot be told here
    }
  }
}

resource "terraform_data" "download" {
  triggers_replace = ["6553f1a0c4d2e8b7a9103f22"]

  provisioner "local-exec" {
    command = "./fetch-backup.sh"
    environment = {
      DOWNLOAD_URL = ephemeral.atlasbackup_flex_restore_job.download.snapshot_url
    }
  }
}
