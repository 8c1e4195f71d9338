"""From draft to published: states, transitions, roles, reviews, revisions, calls and editions."""
