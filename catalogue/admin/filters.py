"""What the list of practices can be narrowed to, beside the fields themselves."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.editorial import dashboard
from catalogue.editorial.workflow.completeness import REQUIREMENTS
from catalogue.link_checker.schedule import with_broken_links
from catalogue.text.languages import CONTENT_LANGUAGES, LANGUAGE_NAMES
from networks.unconfirmed_names import with_unconfirmed_name


class Completeness(admin.SimpleListFilter):
    """Which requirement of publishing a practice does not meet yet."""

    title = _("missing data")
    parameter_name = "lacks"

    def lookups(self, request, model_admin):
        return [(requirement.name, requirement.sentence) for requirement in REQUIREMENTS]

    def queryset(self, request, queryset):
        return queryset.lacking(self.value()) if self.value() in dict(self.lookup_choices) else queryset


class MissingTexts(admin.SimpleListFilter):
    """In which language the title or the summary is still to be written."""

    title = _("language without title or summary")
    parameter_name = "untranslated"

    def lookups(self, request, model_admin):
        return [(code, LANGUAGE_NAMES[code]) for code in CONTENT_LANGUAGES]

    def queryset(self, request, queryset):
        if self.value() not in CONTENT_LANGUAGES:
            return queryset
        return queryset.untranslated_into(self.value())


class Kind(admin.SimpleListFilter):
    """Practices themselves, or the revisions that propose to change one."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return [("records", _("practices")), ("revisions", _("proposed changes to published practices"))]

    def queryset(self, request, queryset):
        return getattr(queryset, self.value())() if self.value() in ("records", "revisions") else queryset


class UnconfirmedIn(admin.SimpleListFilter):
    """Names that the institution has not confirmed in a language."""

    title = _("name not confirmed in")
    parameter_name = "unconfirmed"

    def lookups(self, request, model_admin):
        return [(code, LANGUAGE_NAMES[code]) for code in CONTENT_LANGUAGES]

    def queryset(self, request, queryset):
        if self.value() not in CONTENT_LANGUAGES:
            return queryset
        return with_unconfirmed_name(queryset, self.value())


class _OneChoice(admin.SimpleListFilter):
    """A filter that is on or off; the first page of the desk links to it."""

    choice = ()

    def lookups(self, request, model_admin):
        return [self.choice]

    def queryset(self, request, queryset):
        return self.kept(request, queryset) if self.value() == self.choice[0] else queryset


class WaitingForMe(_OneChoice):
    """What waits for the next step of who looks at the list."""

    title = _("pending tasks")
    parameter_name = "waiting"
    choice = ("me", _("waiting for me"))

    def kept(self, request, queryset):
        return dashboard.waiting_for(request.user, queryset)


class DueForVerification(_OneChoice):
    """Published practices that should be verified again."""

    title = _("verification")
    parameter_name = "verification"
    choice = ("due", _("due"))

    def kept(self, request, queryset):
        return queryset.due_for_verification(timezone.now().date())


class BrokenLinks(_OneChoice):
    """Practices with a link that could not be reached on two days."""

    title = _("links")
    parameter_name = "links"
    choice = ("broken", _("with a broken link"))

    def kept(self, request, queryset):
        return with_broken_links(queryset)
