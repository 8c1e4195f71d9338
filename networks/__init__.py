"""Who is in the Conference: networks, countries, forums, meetings. Knows nothing of the catalogue."""
