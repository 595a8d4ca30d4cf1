mock_provider "atlasbackup" {
  mock_data "atlasbackup_serverless_restore_job" {
    defaults = {
      status = "COMPLETED"
    }
  }
}

variables {
  restore_job_id = "6553f1a0c4d2e8b7a9103f01"
}

run "completed" {
  command = plan

  assert {
    condition     = output.restored
    error_message = "A completed restore counts as restored."
  }
}

run "failed" {
  command = plan

  override_data {
    target = data.atlasbackup_serverless_restore_job.this
    values = {
      status = "FAILED"
    }
  }

  assert {
    condition     = !output.restored
    error_message = "A failed restore does not count as restored."
  }
}
