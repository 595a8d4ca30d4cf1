data "atlasbackup_flex_restore_jobs" "downloads" {
  group_id      = "5f1b6c2e9ad3b7410c8e2d01"
  cluster_name  = "Catalog"
  delivery_type = "DOWNLOAD"
  max_results   = 10
}

# The link of the newest download, which the CLI does not show.
output "newest_link" {
  value     = try(data.atlasbackup_flex_restore_jobs.downloads.snapshot_urls[data.atlasbackup_flex_restore_jobs.downloads.results[0].id], null)
  sensitive = true
}
