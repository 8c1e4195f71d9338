"""Filters of the lists of the admin, in addition to those of single fields."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.editorial import dashboard
from catalogue.editorial.workflow.completeness import REQUIREMENTS
from catalogue.link_checker.schedule import with_broken_links
from catalogue.text.languages import CONTENT_LANGUAGES, LANGUAGE_NAMES
from networks.unconfirmed_names import with_unconfirmed_name

LANGUAGES = [(code, LANGUAGE_NAMES[code]) for code in CONTENT_LANGUAGES]


class OfferedFilter(admin.SimpleListFilter):
    """A filter with fixed choices; the list refuses any other value, see ``DeclaredList.get_filters``."""

    offered = ()  # (value, label)

    def lookups(self, request, model_admin):
        return self.offered

    def queryset(self, request, queryset):
        return queryset if self.value() is None else self.narrowed(queryset, request.user)


class Completeness(OfferedFilter):
    """Which requirement of publishing a practice does not meet yet."""

    title = _("missing data")
    parameter_name = "lacks"
    offered = [(requirement.name, requirement.sentence) for requirement in REQUIREMENTS]

    def narrowed(self, practices, user):
        return practices.lacking(self.value())


class MissingTexts(OfferedFilter):
    """In which language the title or the summary is still to be written."""

    title = _("language without title or summary")
    parameter_name = "untranslated"
    offered = LANGUAGES

    def narrowed(self, practices, user):
        return practices.untranslated_into(self.value())


class Kind(OfferedFilter):
    """Practices themselves, or the revisions that propose to change one."""

    title = _("kind")
    parameter_name = "kind"
    offered = [("records", _("practices")), ("revisions", _("proposed changes to published practices"))]

    def narrowed(self, practices, user):
        return practices.revisions() if self.value() == "revisions" else practices.records()


class UnconfirmedIn(OfferedFilter):
    """Names that the institution has not confirmed in a language."""

    title = _("name not confirmed in")
    parameter_name = "unconfirmed"
    offered = LANGUAGES

    def narrowed(self, records, user):
        return with_unconfirmed_name(records, self.value())


class WaitingForMe(OfferedFilter):
    """What waits for the next transition by the account that looks at the list."""

    title = _("pending tasks")
    parameter_name = "waiting"
    offered = [("me", _("waiting for me"))]

    def narrowed(self, practices, user):
        return dashboard.waiting_for(user, practices)


class DueForVerification(OfferedFilter):
    """Published practices that should be verified again."""

    title = _("verification")
    parameter_name = "verification"
    offered = [("due", _("due"))]

    def narrowed(self, practices, user):
        return practices.due_for_verification(timezone.now().date())


class BrokenLinks(OfferedFilter):
    """Practices with a link that could not be reached on two days."""

    title = _("links")
    parameter_name = "links"
    offered = [("broken", _("with a broken link"))]

    def narrowed(self, practices, user):
        return with_broken_links(practices)
