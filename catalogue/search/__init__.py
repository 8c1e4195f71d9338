"""One search in three languages, on two engines: what is indexed, how a query is read, what it matches."""
