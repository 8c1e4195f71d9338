"""The querysets of practices and of what belongs to them: all SQL is written here."""
