"""Django's admin site with the catalogue's first page, and what its addresses accept."""
