"""Files that `tracker init` puts into a new workspace, beside those of the site. Floor 6, data."""
