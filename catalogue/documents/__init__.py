"""A published practice as one document: written in the transaction of a change, read by everything that shows it."""
