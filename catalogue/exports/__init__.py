"""The filtered list as files."""
