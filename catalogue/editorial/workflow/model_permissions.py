"""What a role may do with the records beside the practices, as the permissions that Django's admin checks."""

from django.contrib.auth.backends import BaseBackend

from catalogue.editorial.workflow.roles import Action, Role, may, roles_of

EVERYTHING = ("view", "add", "change", "delete")
LOOK = ("view",)
# the catalogue writes them, nobody edits them
CLOSED = (
    "auditentry",
    "editiondocument",
    "editionentry",
    "frozenedition",
    "importedpractice",
    "importrun",
    "recordversion",
    "transition",
    "unsavedwork",
)
PERSONAL = ("enquiry",)  # names its sender: only for the roles that answer
OUR_APPS = ("catalogue", "networks")
ACCOUNT_APPS = ("auth",)
# A focal point adds the organisation and the office its draft names, and changes none that others use.
ADDED_BY_FOCAL_POINTS = ("organisation", "contact")
PRACTICE_ACTIONS = {"view": "view", "add": "add", "change": "edit", "delete": "delete"}


class RoleBackend(BaseBackend):
    """Answers ``has_perm`` from the roles of an account; it authenticates nobody."""

    def has_perm(self, user, permission, obj=None):
        app, _, codename = permission.partition(".")
        verb, _, model = codename.partition("_")
        if (app, model) == ("catalogue", "practice"):
            action = PRACTICE_ACTIONS.get(verb)
            return bool(action) and may(user, action, obj)
        return any(verb in _verbs(role, app, model) for role in roles_of(user))

    def has_module_perms(self, user, app_label):
        roles = roles_of(user)
        return bool(roles) and (app_label in OUR_APPS or (app_label in ACCOUNT_APPS and Role.ADMINISTRATOR in roles))


def sees_all_email_addresses(user):
    """Whether an account sees the e-mail addresses of contacts without their consent: who edits practices.

    Editors write to an office for its consent or about a record; see docs/adr/0011-mailboxes-at-the-desk.md.
    """
    return may(user, Action.EDIT)


def _verbs(role, app, model):
    """Return what a role may do with the records of a model."""
    if role == Role.ADMINISTRATOR and app in (*OUR_APPS, *ACCOUNT_APPS):
        return LOOK if model in CLOSED else EVERYTHING
    if app not in OUR_APPS or model in (*CLOSED, "editorprofile"):
        return ()
    if role == Role.SECRETARIAT:
        return EVERYTHING
    if model in PERSONAL:
        return ()
    return ("view", "add") if role == Role.FOCAL_POINT and model in ADDED_BY_FOCAL_POINTS else LOOK
