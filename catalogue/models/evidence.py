"""What supports a practice: figures, legal instruments, links, sources and the editor's doubts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.choices import InstrumentKind, LinkKind, LinkStatus, NoteField, Qualifier, ResultKind
from catalogue.models.edition import Reference
from catalogue.models.ordered import OrderedRow, order_once, practice_field
from catalogue.querysets.practice_rows import ResultQuerySet
from catalogue.text.safe_links import leads_to_the_web
from networks.fields import address_field, language_field, optional_key, partial_date_field, quoted_language_field


class LegalInstrument(OrderedRow):
    """A text on which a practice rests."""

    practice = practice_field("legal_instruments")
    title = models.CharField(_("title"), max_length=400, help_text=_("Official title; a gloss in other languages."))
    number = models.CharField(_("number"), max_length=60, blank=True, help_text=_("For example 26.842 or 476/2021."))
    date = partial_date_field(_("date"))
    kind = models.CharField(_("kind"), max_length=22, choices=InstrumentKind, help_text=_("Rank of the text."))
    url = address_field(_("address"), _("Where the text can be read; leave it empty if the source gives no address."))
    note = models.TextField(_("note"), blank=True, help_text=_("What the public should know about this text."))

    class Meta:
        ordering = ["order"]
        verbose_name = _("legal instrument")
        verbose_name_plural = _("legal instruments")
        constraints = [order_once("legal_instrument")]

    def __str__(self):
        return self.title or self.number


class Result(OrderedRow):
    """A figure: what it counts, how much, when, and exactly as printed."""

    practice = practice_field("results")
    indicator = models.CharField(
        _("indicator"), max_length=300, help_text=_("What the figure measures, for example cases.")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ResultKind, help_text=_("What the figure says."))
    qualifier = models.CharField(
        _("qualifier"), max_length=15, blank=True, choices=Qualifier, help_text=_("In the words of the source.")
    )
    value = models.DecimalField(
        _("value"),
        max_digits=16,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("Leave it empty if what the source says is not a number."),
    )
    unit = models.CharField(_("unit"), max_length=80, blank=True, help_text=_("For example persons, percent, hours."))
    period = models.CharField(
        _("period"),
        max_length=120,
        blank=True,
        help_text=_("For example summer 2022/2023: a slash joins the two years of one season or school year."),
    )
    as_of = partial_date_field(_("as of"), _("Date of the figure, if the source gives one: 2023-07-21."))
    as_printed = models.CharField(_("as printed"), max_length=200, help_text=_("Exact words of the source."))
    chartable = models.BooleanField(
        _("may be charted"),
        default=False,
        help_text=_("Untick for norms, context figures and doubtful figures: they are shown, but never charted."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("What the public should know about this figure."))

    objects = ResultQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            order_once("result"),
            models.CheckConstraint(
                condition=models.Q(chartable=False) | models.Q(value__isnull=False),
                name="result_without_value_is_not_charted",
                violation_error_message=_("A figure without a value cannot be charted."),
            ),
        ]

    def __str__(self):
        return f"{self.indicator}: {self.as_printed}"


class Link(OrderedRow):
    """A link of interest; the source prints some without their address."""

    practice = practice_field("links")
    label = models.CharField(_("label"), max_length=300, help_text=_("Says where the link leads."))
    url = address_field(_("address"), _("Leave it empty if the source gives none."))
    kind = models.CharField(
        _("kind"), max_length=12, choices=LinkKind, help_text=_("Kind of page that the link leads to.")
    )
    status = models.CharField(
        _("status of the address"),
        max_length=12,
        choices=LinkStatus,
        default=LinkStatus.PRINTED,
        help_text=_("How the source gives the address."),
    )
    language = language_field(_("language"), _("Language of the page it leads to: es, en, pt."))
    note = models.TextField(
        _("note"), blank=True, help_text=_("What the public should know before following the link.")
    )

    class Meta:
        ordering = ["order"]
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            order_once("link"),
            models.CheckConstraint(
                condition=models.Q(url="", status=LinkStatus.LABEL_ONLY)
                | models.Q(~models.Q(url=""), ~models.Q(status=LinkStatus.LABEL_ONLY)),
                name="link_without_address_says_so",
                violation_error_message=_("For a link without an address, indicate that the source gives none."),
            ),
        ]

    def __str__(self):
        return self.label or self.url

    @property
    def followable(self):
        """Whether the page may offer the address as a link."""
        return leads_to_the_web(self.url) and self.status != LinkStatus.SUSPECT


class Citation(OrderedRow):
    """A source that a practice cites: an entry of the bibliography, or information supplied by an institution."""

    practice = practice_field("citations")
    author = models.CharField(_("author"), max_length=300, help_text=_("Institution that provided the information."))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, help_text=_("As cited."))
    as_printed = models.CharField(_("as printed"), max_length=300, blank=True, help_text=_("Words of the source."))
    reference = optional_key(
        Reference,
        _("reference"),
        "citations",
        _("The entry in the bibliography; leave it empty if the source lists none."),
    )

    class Meta:
        ordering = ["order"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [order_once("citation")]

    def __str__(self):
        return f"{self.author} ({self.year})" if self.year else self.author or self.as_printed


class EditorsNote(OrderedRow):
    """A doubt about the source, shown to readers: what it prints, what the catalogue shows, and why."""

    practice = practice_field("editors_notes")
    field = models.CharField(
        _("part of the record"), max_length=20, choices=NoteField, help_text=_("Part of the record.")
    )
    source_prints = models.CharField(
        _("the source says"),
        max_length=300,
        blank=True,
        help_text=_("Verbatim and short; leave it empty if the source says nothing."),
    )
    source_language = quoted_language_field(blank=True)
    shows = models.TextField(_("the catalogue shows"), help_text=_("What the record shows instead."))
    reason = models.TextField(_("reason"), help_text=_("Why, in one or two sentences."))
    anomaly = models.CharField(
        _("number in the list of anomalies"), max_length=6, blank=True, help_text=_("For example A105.")
    )

    class Meta:
        ordering = ["order"]
        verbose_name = _("editor’s note")
        verbose_name_plural = _("editor’s notes")
        constraints = [order_once("editors_note")]

    def __str__(self):
        return f"{self.get_field_display()}: {self.shows}"
