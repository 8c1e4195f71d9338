"""The middleware of the site, one file each."""
