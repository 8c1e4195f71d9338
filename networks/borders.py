"""Which member States share a land border: a fact of geography, for pages that lead to the practices of neighbours."""

NEIGHBOURS = {
    "AR": ("BO", "BR", "CL", "PY", "UY"),
    "BO": ("AR", "BR", "CL", "PE", "PY"),
    "BR": ("AR", "BO", "CO", "GY", "PE", "PY", "SR", "UY", "VE"),
    "CL": ("AR", "BO", "PE"),
    "CO": ("BR", "EC", "PE", "VE"),
    "EC": ("CO", "PE"),
    "GY": ("BR", "SR", "VE"),
    "PE": ("BO", "BR", "CL", "CO", "EC"),
    "PY": ("AR", "BO", "BR"),
    "SR": ("BR", "GY"),
    "UY": ("AR", "BR"),
    "VE": ("BR", "CO", "GY"),
}


def neighbours_of(iso2: str) -> tuple[str, ...]:
    """Return the codes of the member States that border on one; none for a State the table does not know."""
    return NEIGHBOURS.get(iso2, ())
