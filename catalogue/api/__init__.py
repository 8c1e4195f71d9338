"""The open, read-only interface for programs: /api/v1/. Promises: docs/api.md."""
