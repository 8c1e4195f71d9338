"""Editing forums, meetings with everything that belongs to them, and commitments."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue import models
from catalogue.admin.inlines import ReadableValueMixin, TypedDatesMixin, inline_for
from networks import models as conference
from networks.admin import LanguageTabsAdmin, LanguageTabsInline, OrderedFormSet, UnconfirmedNamesMixin

NAMES = ["name_es", "name_en", "name_pt"]


class MeetingInline(TypedDatesMixin, LanguageTabsInline):
    """Rows of a meeting that may exchange their order."""

    formset = OrderedFormSet


@admin.register(conference.Source)
class SourceAdmin(TypedDatesMixin, LanguageTabsAdmin):
    list_display = ["title", "publisher", "date"]
    search_fields = ["slug", "title_es", "title_en", "title_pt"]
    permanent_fields = ["slug"]


@admin.register(conference.Forum)
class ForumAdmin(UnconfirmedNamesMixin, LanguageTabsAdmin):
    list_display = ["order", "name", "acronym", "kind", "confirmation"]
    list_display_links = ["name"]
    list_filter = ["kind", "name_unconfirmed"]
    search_fields = ["slug", "acronym", *NAMES]
    permanent_fields = ["slug"]
    leading_fields = ["slug", "order", "acronym", "kind", "name_unconfirmed"]
    filter_horizontal = ["members", "sources"]


@admin.register(conference.Meeting)
class MeetingAdmin(TypedDatesMixin, LanguageTabsAdmin):
    list_display = ["name", "forum", "status", "start", "end", "date_derived"]
    list_filter = ["status", "level", "forum", "networks"]
    search_fields = ["slug", *NAMES]
    autocomplete_fields = ["forum", "host"]
    filter_horizontal = ["countries", "networks", "sources"]
    permanent_fields = ["slug"]
    leading_fields = ["slug", "level", "forum", "status"]
    plain_fieldsets = [
        (_("Date"), {"fields": [("start", "end"), "date_derived", ("date_as_printed", "date_language")]}),
        (_("States"), {"fields": ["host", "countries", "other_countries", "countries_count"]}),
        (_("Networks and sources"), {"fields": ["networks", "sources"]}),
    ]
    inlines = [
        inline_for(conference.MeetingBody, MeetingInline, autocomplete_fields=["forum"]),
        inline_for(conference.MeetingFigure, ReadableValueMixin, MeetingInline),
        inline_for(conference.MeetingDocument, MeetingInline),
        inline_for(conference.MeetingFeature, LanguageTabsInline),
        inline_for(models.Presentation, LanguageTabsInline, autocomplete_fields=["practice"]),
        inline_for(conference.MeetingNote, MeetingInline),
    ]


@admin.register(conference.Commitment)
class CommitmentAdmin(TypedDatesMixin, LanguageTabsAdmin):
    list_display = ["text", "meeting", "status", "deadline"]
    list_filter = ["status", "networks"]
    search_fields = ["slug", "text_es", "text_en", "text_pt"]
    autocomplete_fields = ["meeting", "fulfilled_at"]
    filter_horizontal = ["networks"]
    permanent_fields = ["slug"]
    leading_fields = ["slug", "meeting", "order", "status", "priority"]
    inlines = [inline_for(models.CommitmentAnswer, LanguageTabsInline, autocomplete_fields=["practice"])]
