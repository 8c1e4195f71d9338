"""Publications from which practices come, and their bibliographies; and the calls by which new ones are filled."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.choices import EditionState
from networks.fields import WebAddressField, address_field, known_choice, language_field  # noqa: F401 - for migrations
from networks.records import Record, RecordQuerySet


class EditionQuerySet(RecordQuerySet):
    """Finds editions for pages and feeds."""

    def announced(self):
        """Keep what is public: all but what is still being prepared."""
        return self.exclude(state=EditionState.PREPARED)

    def frozen(self):
        """Keep what is a publication: its contents never change."""
        return self.filter(state=EditionState.FROZEN)

    def calling(self):
        """Keep what accepts proposals today."""
        return self.filter(state=EditionState.OPEN, deadline__gte=timezone.now().date()).order_by("deadline", "slug")

    def overdue(self):
        """Keep open calls whose last day is over."""
        return self.filter(state=EditionState.OPEN, deadline__lt=timezone.now().date())

    def known_as(self, name):
        """Return the edition with this address or this slug; ``None`` when there is none."""
        return self.filter(Q(address=name) | Q(slug=name)).first()


class Edition(Record):
    """A publication in which practices are collected; the first is the Catalog of Experiences of 2023."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True, help_text=_("Used in files; it never changes."))
    title = models.CharField(_("title"), max_length=300, help_text=_("Official title, in its own language only."))
    language = language_field(_("language"), _("Language of the publication."))
    publisher = models.CharField(_("publisher"), max_length=200, help_text=_("For example IOM."))
    year = models.PositiveSmallIntegerField(_("year"), help_text=_("Year of the edition."))
    event = models.CharField(
        _("event"), max_length=300, blank=True, help_text=_("The meeting it was presented at, or names on its cover.")
    )
    author = models.CharField(
        _("author"), max_length=200, blank=True, help_text=_("As given in the credits of the publication.")
    )
    licence = models.CharField(_("licence"), max_length=100, help_text=_("For example CC BY-NC-ND 3.0 IGO."))
    licence_url = address_field(_("address of the licence"), _("Where the licence can be read."))
    attribution = models.TextField(
        _("required attribution"), blank=True, help_text=_("Verbatim, as it appears in the publication.")
    )
    citation = models.TextField(_("how to cite it"), help_text=_("The publication itself, not this catalogue."))
    notice = models.TextField(
        _("what it says of itself"),
        blank=True,
        help_text=_("Whose opinions it holds and who approved it, as it states; in our own words."),
    )
    url = address_field(_("address"), _("Where the publication or its publisher can be found."))
    address = models.SlugField(
        _("end of the address of its page"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("For example, 2027; if left empty, the year is used. It never changes."),
    )
    call = models.TextField(
        _("call for practices"),
        blank=True,
        help_text=_(
            "What is sought and who selects the practices. Shown on the page of the call; required to open it."
        ),
    )
    deadline = models.DateField(
        _("deadline"),
        null=True,
        blank=True,
        help_text=_(
            "Last day on which focal points can propose practices (until midnight, UTC); required to open the call."
        ),
    )
    state = models.CharField(
        _("status"), max_length=8, choices=EditionState, default=EditionState.PREPARED, editable=False
    )
    opened_at = models.DateTimeField(_("opened at"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "slug"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [known_choice("state", EditionState, "edition_state_known")]

    def __str__(self):
        return f"{self.title} ({self.year})"

    def get_absolute_url(self):
        return reverse("edition_detail", args=[self.address])

    def save(self, *args, **kwargs):
        """Save, giving a new edition the address of its page: the year, or the slug where the year is taken."""
        if not self.address:
            taken = type(self).objects.filter(address=str(self.year)).exists()
            self.address = self.slug if taken else str(self.year)
        super().save(*args, **kwargs)

    @property
    def is_calling(self):
        """Whether practices may be proposed for it today."""
        return self.state == EditionState.OPEN and bool(self.deadline) and self.deadline >= timezone.now().date()

    @property
    def is_over(self):
        """Whether the last day of its call has passed."""
        return bool(self.deadline) and self.deadline < timezone.now().date()


class Reference(Record):
    """An entry of an edition's bibliography."""

    NATURAL_KEY = ("edition__slug", "number")

    edition = models.ForeignKey(
        Edition,
        models.PROTECT,
        verbose_name=_("edition"),
        related_name="references",
        help_text=_("The publication whose bibliography lists it."),
    )
    number = models.PositiveSmallIntegerField(_("number"), help_text=_("Position in the bibliography."))
    author = models.CharField(_("author"), max_length=200, help_text=_("Who wrote it, as named in this language."))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, help_text=_("Year of the document."))
    title = models.CharField(
        _("title"), max_length=300, help_text=_("As it appears in the publication, in its own language.")
    )
    language = language_field(_("language"), _("Language of the document."))
    url = address_field(_("address"), _("Leave it empty if the source gives none."))
    note = models.TextField(_("note"), blank=True, help_text=_("What the public should know about this entry."))

    class Meta:
        ordering = ["edition", "number"]
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="reference_number_once")]

    def __str__(self):
        return f"{self.author} ({self.year or '–'}). {self.title}"
