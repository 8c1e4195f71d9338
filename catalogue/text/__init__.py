"""Texts as values: languages, numbers, folding, tokens and queries of a search, Markdown, safe links."""
