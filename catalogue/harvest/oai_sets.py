"""The sets of OAI-PMH: a network, a State, or all of either."""

NETWORK, COUNTRY = "network", "country"


def sets_of(practice):
    """Return the sets of a practice: its networks and the States that implement it."""
    networks = [f"{NETWORK}:{row.network.slug}" for row in practice.practice_networks.all()]
    return networks + [f"{COUNTRY}:{country.iso2}" for country in practice.implementing_countries]


def practices_in_set(practices, name):
    """Return those of ``practices`` that are in a set; ``None`` when there is no such set."""
    kind, _colon, code = name.partition(":")
    filters = {NETWORK: practices.in_networks, COUNTRY: practices.in_countries}
    if kind not in filters:
        return None
    return filters[kind]([code]) if code else practices
