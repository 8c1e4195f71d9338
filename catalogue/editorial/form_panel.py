"""The panel above the form of a practice: its state, what may be done, what is missing."""

from catalogue.choices import WORK_STATES, State
from catalogue.editorial.workflow import completeness, previews, verification, workflow
from catalogue.editorial.workflow.roles import Action, may


def panel(user, practice):
    """Return the context of the panel of a stored practice, for ``user``."""
    published = practice.state == State.PUBLISHED
    return {
        "practice": practice,
        "record": practice.record,
        "revision": practice.open_revision,
        "moves": workflow.transitions_for(user, practice),
        "may_revise": published and may(user, Action.REVISE, practice),
        "may_verify": published and may(user, Action.VERIFY, practice),
        "answers": [answer for answer in verification.ANSWERS if answer != practice.status],
        "may_discard": may(user, Action.DISCARD, practice),
        "lacks": completeness.missing(practice) if practice.state in WORK_STATES else [],
        "meters": completeness.meters(practice),
        "previews": [(link, previews.addresses(link)) for link in previews.living(practice)]
        if previews.may_share(user, practice)
        else None,
        "last": practice.record.transitions.first(),
    }
