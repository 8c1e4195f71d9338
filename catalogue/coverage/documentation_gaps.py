"""Which parts of their records the sources of practices leave out."""

from django.utils.translation import gettext_lazy as _

PARTS = {
    "start": _("when it began"),
    "legal_instruments": _("its legal basis"),
    "evidence": _("figures on its effects"),
    "innovation": _("what is new about it"),
    "replicability": _("what another State would need to do the same"),
    "sustainability": _("what keeps it going"),
    "limits": _("its limits and next steps"),
}
RELATIONS = ("legal_instruments",)
TEXTS = [part for part in PARTS if part not in ("start", "evidence", *RELATIONS)]


def gaps(practices, total):
    """Return ``[(part, number of practices whose source does not say it)]``, most first; full parts are left out."""
    filled = practices.counts_of_filled(TEXTS, RELATIONS)
    missing = [(label, total - filled[part]) for part, label in PARTS.items() if filled[part] < total]
    return sorted(missing, key=lambda gap: -gap[1])
