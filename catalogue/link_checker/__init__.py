"""Whether the addresses that public pages show can still be reached."""
