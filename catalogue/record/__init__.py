"""One practice as its page shows it: sections, comparison, related practices, abbreviations."""
