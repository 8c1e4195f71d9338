"""Translating the contents: what is missing, what is outdated, translation files."""
