"""Django's admin site with the catalogue's first page: signing in, passwords, and what its URLs accept."""
