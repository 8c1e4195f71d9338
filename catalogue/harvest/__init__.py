"""What machines that collect take: feeds, the map of the site, linked data, OAI-PMH."""
