"""Every query about practices and what belongs to them."""
