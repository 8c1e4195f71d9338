"""Who may do what in the admin: one matrix of role, action and state.

The groups of the same names are created by a migration. A superuser is an administrator. What a role may do with other
records than practices stands in ``model_permissions``.
"""

from django.db import models
from django.utils.translation import gettext, gettext_lazy as _

from catalogue.choices import WORK_STATES, State
from catalogue.errors import Refused
from catalogue.models import EditorProfile
from catalogue.text.languages import CONTENT_LANGUAGES


class Role(models.TextChoices):
    """The name of the group, and what people call it."""

    ADMINISTRATOR = "administrator", _("Administrator")
    SECRETARIAT = "secretariat", _("Secretariat")
    REVIEWER = "reviewer", _("Reviewer")
    TRANSLATOR = "translator", _("Translator")
    FOCAL_POINT = "focal_point", _("Focal point of a country")
    READER = "reader", _("Reader of drafts")


class Action(models.TextChoices):
    """What can be done with a practice; the transitions of the workflow have the codes of ``TransitionKind``."""

    VIEW = "view"
    ADD = "add"
    EDIT = "edit"
    TRANSLATE = "translate"
    DELETE = "delete"
    VERIFY = "verify"
    SUBMIT = "submit"
    REQUEST_CHANGES = "request_changes"
    PUBLISH = "publish"
    ARCHIVE = "archive"
    REOPEN = "reopen"
    REVISE = "revise"
    DISCARD = "discard"
    IMPORT = "import"
    ASSIGN = "assign"  # a reviewer


EVERY = frozenset(State)
WORK = frozenset(WORK_STATES)
WRITING = frozenset({State.DRAFT, State.CHANGES_REQUESTED})
IN_REVIEW = frozenset({State.IN_REVIEW})
PUBLISHED = frozenset({State.PUBLISHED})

_EDITORIAL = {
    Action.VIEW: EVERY,
    Action.ADD: EVERY,
    Action.EDIT: WORK,
    Action.DELETE: frozenset({State.DRAFT}),
    Action.VERIFY: PUBLISHED,
    Action.SUBMIT: WRITING,
    Action.REQUEST_CHANGES: IN_REVIEW,
    Action.PUBLISH: IN_REVIEW,
    Action.ARCHIVE: PUBLISHED,
    Action.REOPEN: frozenset({State.ARCHIVED}),
    Action.REVISE: PUBLISHED,
    Action.DISCARD: WORK,
    Action.IMPORT: EVERY,
    Action.ASSIGN: WORK,
}
# In which states of a practice a role may do an action; what is not listed is refused. A focal point's line holds for
# practices of its own countries only, a translator writes texts of its own languages only.
MATRIX = {
    Role.ADMINISTRATOR: _EDITORIAL,
    Role.SECRETARIAT: _EDITORIAL,
    Role.REVIEWER: {Action.VIEW: EVERY, Action.REQUEST_CHANGES: IN_REVIEW, Action.PUBLISH: IN_REVIEW},
    Role.TRANSLATOR: {
        Action.VIEW: WORK | PUBLISHED,
        Action.TRANSLATE: WORK,
        Action.SUBMIT: WRITING,
        Action.REVISE: PUBLISHED,
    },
    Role.FOCAL_POINT: {
        Action.VIEW: EVERY,
        Action.ADD: EVERY,
        Action.EDIT: WRITING,
        Action.SUBMIT: WRITING,
        Action.VERIFY: PUBLISHED,
        Action.REVISE: PUBLISHED,
        Action.DISCARD: WRITING,
    },
    Role.READER: {Action.VIEW: EVERY},
}


def roles_of(user):
    """Return the roles of an account; none when it is no longer active or not of the staff."""
    if not (user.is_active and user.is_staff):
        return frozenset()
    if not hasattr(user, "_roles"):  # asked many times for one page
        names = {Role.ADMINISTRATOR} if user.is_superuser else set(user.groups.values_list("name", flat=True))
        user._roles = frozenset(role for role in Role if role in names)
    return user._roles


def may(user, action, record=None):
    """Whether an account may do ``action`` with a practice or an adaptation; without one, whether with any."""
    return any(_permits(role, user, action, record) for role in roles_of(user))


def refuse_unless(allowed):
    """Raise ``Refused`` unless what an account asks for is ``allowed``, as ``may`` says."""
    if not allowed:
        raise Refused(gettext("Your role does not allow this step."))


def _permits(role, user, action, record):
    states = MATRIX[role].get(action, ())
    if record is None or record.pk is None:
        return bool(states)
    if record.state not in states:
        return False
    if action == Action.DELETE and not record.may_be_deleted:
        return False
    if action == Action.DISCARD and not record.is_revision:
        return False
    return role != Role.FOCAL_POINT or visible_to_focal_point(user, type(record).objects).filter(pk=record.pk).exists()


def practices_for_editor(user, records):
    """Keep the practices, or adaptations, an account may see in the admin."""
    seen = records.none()
    for role in roles_of(user):
        in_states = records.in_states(MATRIX[role].get(Action.VIEW, ()))
        seen |= in_states & visible_to_focal_point(user, records) if role == Role.FOCAL_POINT else in_states
    return seen


def visible_to_focal_point(user, records):
    """Keep the records of the countries an account is focal point of, as they are stored now."""
    return records.of_focal_point([country.pk for country in own_countries(user)], user)


def own_countries(user):
    """Return the countries an account is focal point of."""
    profile = profile_of(user)
    return list(profile.countries.all()) if profile.pk else []


def bound_to_own_countries(user):
    """Whether an account adds and edits as a focal point only."""
    return not any(Action.EDIT in MATRIX[role] for role in roles_of(user) if role != Role.FOCAL_POINT)


def own_languages(user):
    """Return the languages an account translates into, ``es``, ``en`` or ``pt``."""
    profile = profile_of(user)
    return [code for code in CONTENT_LANGUAGES if getattr(profile, f"translates_{code}")]


def name_of(user):
    """Return what an account is called in an e-mail: the person's name, or else the user name."""
    return user.get_full_name() or user.get_username()


def profile_of(user):
    """Return the profile of an account, an empty one when it has none."""
    return EditorProfile.objects.filter(user=user.pk).first() or EditorProfile(user_id=user.pk)
