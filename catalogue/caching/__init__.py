"""All of caching: answers, page templates, ETags, and what makes them stale."""
