"""The sets that a harvester may ask for: a network, a State, or all of either. Written as OAI-PMH asks."""

NETWORK, COUNTRY = "network", "country"


def network_set(slug):
    return f"{NETWORK}:{slug}"


def country_set(iso2):
    return f"{COUNTRY}:{iso2}"


def sets_of(practice):
    """Return the sets of a practice: its networks and the States that implement it."""
    networks = [network_set(row.network.slug) for row in practice.practice_networks.all()]
    return networks + [country_set(country.iso2) for country in practice.implementing_countries]


def practices_of(practices, name):
    """Keep the practices of a set; ``None`` when there is no such set."""
    kind, _colon, code = name.partition(":")
    words = {NETWORK: practices.in_networks, COUNTRY: practices.in_countries}
    if kind not in words:
        return None
    return words[kind]([code]) if code else practices
