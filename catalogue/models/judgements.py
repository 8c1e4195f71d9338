"""Wordings for what no source states of a practice: judgements of this catalogue, and how far they are confirmed."""

from django.utils.translation import gettext as _

from catalogue.choices import ClassificationStatus
from catalogue.models.narrative import MAY_BE_INFERRED
from catalogue.text.languages import localized


def is_inferred(practice, field):
    """Whether a text of a practice is filled, and marked as the editors' reading."""
    return field in MAY_BE_INFERRED and getattr(practice, f"{field}_inferred") and bool(localized(practice, field).text)


def inference_in_words():
    """Return the wording beside a text that its source does not state."""
    return _("reading of this catalogue; the source does not say it")


def confirmation_in_words(practice, scheme):
    """Return how far the classification of a practice by a framework is confirmed; empty where there is none.

    ``practice`` has its classifications with their terms.
    """
    rows = [row for row in practice.classifications.all() if row.term.scheme == scheme]
    confirmed = sum(row.status == ClassificationStatus.CONFIRMED for row in rows)
    if not rows:
        return ""
    if not confirmed:
        return unconfirmed_judgement_label()
    if confirmed == len(rows):
        return str(ClassificationStatus.CONFIRMED.label)
    words = {"confirmed": confirmed, "total": len(rows)}
    return _("%(confirmed)s of %(total)s confirmed by the Technical Secretariat; the others proposed") % words


def unconfirmed_judgement_label():
    """Return the wording beside a judgement that nobody has confirmed; evidence levels cannot be confirmed yet."""
    return str(ClassificationStatus.PROPOSED.label)
