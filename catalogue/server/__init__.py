"""What the site runs on: environment, databases, logs, rate limits, uploads, releases."""
