"""Interfaces for harvesters and crawlers: feeds, sitemap, linked data, OAI-PMH."""
