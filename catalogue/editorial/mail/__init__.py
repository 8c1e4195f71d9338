"""E-mails about practices and adaptations to those who look after them."""
