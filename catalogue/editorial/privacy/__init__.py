"""Persons in the records: erasure, retention, and the audit log of who did what."""
