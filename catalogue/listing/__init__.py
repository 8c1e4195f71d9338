"""The list of practices: filters, choices, bitset index, facets, cards, selection."""
