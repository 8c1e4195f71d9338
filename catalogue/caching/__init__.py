"""All of caching: whole responses, page templates, ETags, and the signals that move the version."""
