terraform {
  required_providers {
    atlasbackup = {
      source = "atlasbackup/atlasbackup"
    }
  }
}

# An API key.
provider "atlasbackup" {
  public_key  = var.atlas_public_key
  private_key = var.atlas_private_key
}

# A service account.
provider "atlasbackup" {
  alias         = "service_account"
  client_id     = var.atlas_client_id
  client_secret = var.atlas_client_secret
}

# Credentials from the environment: MONGODB_ATLAS_PUBLIC_API_KEY and
# MONGODB_ATLAS_PRIVATE_API_KEY, or MONGODB_ATLAS_CLIENT_ID and
# MONGODB_ATLAS_CLIENT_SECRET, or MONGODB_ATLAS_ACCESS_TOKEN.
provider "atlasbackup" {
  alias = "environment"
}

variable "atlas_public_key" {
  type = string
}

variable "atlas_private_key" {
  type      = string
  sensitive = true
}

variable "atlas_client_id" {
  type = string
}

variable "atlas_client_secret" {
  type      = string
  sensitive = true
}
