"""Meetings: who met, when and where, on what, and with which result, as far as a source says."""

from babel import Locale
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from networks import partial_dates
from networks.choices import MeetingLevel, MeetingStatus
from networks.fields import known_choice, optional_key, partial_date_field, quoted_language_field, slug_field
from networks.models.forums import Forum, Source
from networks.models.members import Country, Network
from networks.querysets import MeetingQuerySet
from networks.records import Record

ONE_PER_LINE = _("One per line.")


def validate_other_countries(value):
    """Refuse what is not a row of two-letter codes of countries."""
    known = Locale.parse("en").territories
    for code in value.split():
        if len(code) != 2 or not code.isalpha() or not code.isupper() or code not in known:
            raise ValidationError(
                _("“%(code)s” is not an ISO 3166-1 code, such as MX."), "invalid_country", {"code": code}
            )


class Meeting(Record):
    """A meeting of a forum, of States or of organisations; or one that was planned or proposed."""

    slug = slug_field()
    name = models.CharField(
        _("name"), max_length=300, help_text=_("Name that the source uses or, if there is none, a short description.")
    )
    level = models.CharField(
        _("organiser"),
        max_length=15,
        choices=MeetingLevel,
        help_text=_("For a meeting of a forum, also choose the forum."),
    )
    forum = optional_key(
        Forum, _("forum"), "meetings", _("The forum that met; leave it empty if it is not a meeting of a forum.")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=MeetingStatus, help_text=_("According to the source.")
    )
    start = partial_date_field(_("start"))
    end = partial_date_field(
        _("end"), _("Written like the start; the same date if it lasted one day. Leave it empty if it is not stated.")
    )
    date_derived = models.BooleanField(
        _("year derived"), default=False, help_text=_("Tick if the source does not give the year beside the date.")
    )
    date_as_printed = models.CharField(
        _("date as the source gives it"), max_length=120, blank=True, help_text=_("Exact words of the source.")
    )
    date_language = quoted_language_field(blank=True)
    date_note = models.TextField(
        _("note on the date"), blank=True, help_text=_("How the date was derived, or why it is missing.")
    )
    first_day = models.DateField(_("first possible day"), null=True, editable=False)
    last_day = models.DateField(_("last possible day"), null=True, editable=False)
    place = models.CharField(_("place"), max_length=150, blank=True, help_text=_("City and country, or “online”."))
    host = optional_key(
        Country,
        _("host"),
        "hosted_meetings",
        _("The member State in which it was held; leave it empty if it was held in another State or online."),
    )
    countries = models.ManyToManyField(
        Country,
        verbose_name=_("participating member States"),
        related_name="meetings",
        blank=True,
        help_text=_("Only those that the source names."),
    )
    other_countries = models.CharField(
        _("other participating States"),
        max_length=200,
        blank=True,
        validators=[validate_other_countries],
        help_text=_("Two-letter codes with spaces between them: BZ CA MX."),
    )
    countries_count = models.PositiveSmallIntegerField(
        _("number of States"),
        null=True,
        blank=True,
        help_text=_("As the source gives it; leave it empty if it does not."),
    )
    countries_note = models.TextField(
        _("note on the States"), blank=True, help_text=_("For example: the source does not list them.")
    )
    networks = models.ManyToManyField(
        Network,
        verbose_name=_("related networks"),
        related_name="meetings",
        blank=True,
        help_text=_("The networks that met, or whose subject was discussed."),
    )
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("One or two sentences that can be understood alone.")
    )
    description = models.TextField(
        _("content of the meeting"), blank=True, help_text=_("Further paragraphs. Lists begin with “- ”.")
    )
    topics = models.TextField(_("topics"), blank=True, help_text=ONE_PER_LINE)
    outcomes = models.TextField(_("outcomes"), blank=True, help_text=ONE_PER_LINE)
    sources = models.ManyToManyField(
        Source,
        verbose_name=_("sources"),
        related_name="meetings",
        help_text=_("The documents that give this information."),
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = [models.F("first_day").desc(nulls_last=True), "slug"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes = [models.Index(fields=["first_day", "last_day"], name="meeting_days")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(slug=""), name="meeting_has_slug"),
            known_choice("level", MeetingLevel, "meeting_level_known"),
            known_choice("status", MeetingStatus, "meeting_status_known"),
            models.CheckConstraint(
                condition=models.Q(level=MeetingLevel.FORUM, forum__isnull=False)
                | models.Q(~models.Q(level=MeetingLevel.FORUM), forum__isnull=True),
                name="meeting_of_a_forum_names_it",
                violation_error_message=_("Choose a forum for meetings of a forum only; for those, it is required."),
            ),
            models.CheckConstraint(
                condition=models.Q(date_derived=False) | ~models.Q(start=""),
                name="meeting_derived_date_is_given",
                violation_error_message=_("Enter the date before marking its year as derived."),
            ),
            models.CheckConstraint(
                condition=models.Q(date_as_printed="") | ~models.Q(date_language=""),
                name="meeting_quotes_its_date_in_a_language",
                violation_error_message=_("Indicate in which language the source gives the date."),
            ),
            models.CheckConstraint(
                condition=models.Q(first_day=None) | models.Q(last_day__gte=models.F("first_day")),
                name="meeting_ends_after_its_start",
                violation_error_message=_("The end is before the start."),
            ),
        ]

    def __str__(self):
        return self.name or self.slug

    def get_absolute_url(self):
        return reverse("meeting_detail", args=[self.slug])

    def clean(self):
        """Refuse an end without a start, or before it."""
        super().clean()
        if self.end and not self.start:
            raise ValidationError({"start": _("Enter the start date too.")})
        try:
            first, last = partial_dates.bounds(self.start, self.end)
        except ValueError:
            return  # the field itself says what is wrong
        if first and last < first:
            raise ValidationError({"end": _("The end is before the start.")})

    @property
    def date_in_words(self):
        """The date in the active language, without saying whether it was derived."""
        return partial_dates.days_in_words(self.start, self.end)

    @property
    def year(self):
        """The year of its first day; None when no date is known."""
        return self.first_day.year if self.first_day else None

    @property
    def other_country_names(self):
        """The names of the other participating States in the active language, in its order."""
        names = Locale.parse(partial_dates.active_locale()).territories
        return sorted(names[code] for code in self.other_countries.split())

    @property
    def is_held(self):
        return self.status == MeetingStatus.HELD


@receiver(pre_save, sender=Meeting)
def set_days(instance, **kwargs):
    """Compute the first and last possible day from the dates, also when a fixture is loaded."""
    instance.first_day, instance.last_day = partial_dates.bounds(instance.start, instance.end)
