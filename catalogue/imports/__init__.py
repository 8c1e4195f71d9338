"""Practices from a spreadsheet: read, compared with what is stored, shown, and only then written, all or nothing."""
