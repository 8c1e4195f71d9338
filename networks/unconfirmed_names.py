"""Names that the institution has not confirmed; editors see it, the public does not.

It is stored in two ways: terms and organisations say of each language where its name comes from, ``unverified`` being
one of the origins; networks, forums and contacts have one flag for the name in every language.
"""

from networks.languages import LANGUAGE_NAMES

UNVERIFIED = "unverified"


def unconfirmed_name_languages(record):
    """Return the languages, of ``es``, ``en`` and ``pt``, in which the name of a record is not confirmed."""
    if hasattr(record, "name_unconfirmed"):
        return list(LANGUAGE_NAMES) if record.name_unconfirmed else []
    return [code for code in LANGUAGE_NAMES if getattr(record, f"origin_{code}") == UNVERIFIED]


def with_unconfirmed_name(records, language):
    """Keep the records of a queryset whose name is not confirmed in a language."""
    if hasattr(records.model, "name_unconfirmed"):
        return records.filter(name_unconfirmed=True)
    return records.filter(**{f"origin_{language}": UNVERIFIED})
