"""The public pages and files: each view is one short function."""
