"""How far a record, an edition or an import has come, and what may happen to it.

What else a new state needs is listed in CONTRIBUTING.md.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far a record has come. Only published ones are public."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


WORK_STATES = (State.DRAFT, State.IN_REVIEW, State.CHANGES_REQUESTED)  # in which something is being written


class TransitionKind(models.TextChoices):
    """The transitions from one editorial state to the next."""

    SUBMIT = "submit", _("Submit for review")
    REQUEST_CHANGES = "request_changes", _("Request changes")
    PUBLISH = "publish", _("Publish")
    ARCHIVE = "archive", _("Archive")
    REOPEN = "reopen", _("Reopen as a draft")
    REVISE = "revise", _("Propose a change")
    DISCARD = "discard", _("Discard the proposed change")


class AdaptationStage(models.TextChoices):
    """How far a State has come with a practice of another."""

    CONSIDERING = "considering", _("Considering")
    PILOTING = "piloting", _("Piloting")
    ADOPTED = "adopted", _("Adopted")


class EditionState(models.TextChoices):
    """How far an edition has come. All but the first are public; what a frozen one says never changes."""

    PREPARED = "prepared", _("In preparation")
    OPEN = "open", _("Open for proposals")
    CLOSED = "closed", _("Closed")
    FROZEN = "frozen", _("Frozen")


class EditionTransitionKind(models.TextChoices):
    """The transitions of an edition."""

    OPEN = "open", _("Open the call")
    CLOSE = "close", _("Close the call")
    FREEZE = "freeze", _("Freeze the edition")


class AuditEvent(models.TextChoices):
    """What the audit log records."""

    SIGN_IN = "sign_in", _("logged in")
    SIGN_IN_REFUSED = "sign_in_refused", _("login refused")
    SIGN_OUT = "sign_out", _("logged out")
    PASSWORD = "password", _("password changed")
    SECOND_FACTOR = "second_factor", _("second factor changed")
    PERMISSIONS = "permissions", _("permissions changed")
    EXPORT = "export", _("file exported by the editorial team")
    TRANSITION = "transition", _("step of the workflow")
    IMPORT = "import", _("import of a spreadsheet")
    ENQUIRY = "enquiry", _("question received: answered or erased")
    PREVIEW = "preview", _("preview link created or revoked")


class Stage(models.TextChoices):
    """How far an import has come. While it is checked, carried out or undone a process works at it."""

    UPLOADED = "uploaded", _("uploaded")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked, not applied")
    APPLYING = "applying", _("being applied")
    APPLIED = "applied", _("applied")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")
    FAILED = "failed", _("cannot be read")


class Outcome(models.TextChoices):
    """What an import means for one practice of its file."""

    WRONG = "wrong", _("with errors")
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")


class Origin(models.TextChoices):
    """Where the wording of a name in one language comes from."""

    PRINTED = "printed", _("as printed in the source")
    OFFICIAL = "official", _("official wording")
    UNVERIFIED = "unverified", _("not confirmed by the institution")
    DERIVED = "derived", _("taken from another source")
    CATALOGUE = "catalogue", _("wording of this catalogue")


class TranslationStatus(models.TextChoices):
    """How the texts of one language came to be."""

    ORIGINAL = "original", _("original")
    HUMAN = "human", _("translation by the institution")
    CATALOGUE = "catalogue", _("translation by this catalogue")
    MACHINE = "machine", _("machine translation, not reviewed")
    OUTDATED = "outdated", _("translation of an earlier version of the original")
    MISSING = "missing", _("missing")
