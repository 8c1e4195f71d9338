"""Finding practices by words."""
