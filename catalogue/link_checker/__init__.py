"""Whether the links of public pages still work."""
