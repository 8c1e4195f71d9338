"""Publications from which practices come, and their bibliographies."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.choices import LANGUAGE_CHOICES
from networks.fields import WebAddressField, address_field
from networks.records import Record

__all__ = ["Edition", "Reference", "WebAddressField", "address_field"]  # the migrations name the field here


class Edition(Record):
    """A publication in which practices were collected; the first is the Catalog of Experiences of 2023."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True, help_text=_("Used in files; never changes."))
    title = models.CharField(_("title"), max_length=300, help_text=_("Official title, in its own language only."))
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=LANGUAGE_CHOICES,
        help_text=_("Language of the publication."),
    )
    publisher = models.CharField(_("publisher"), max_length=200, help_text=_("For example IOM."))
    year = models.PositiveSmallIntegerField(_("year"), help_text=_("Year of the edition."))
    event = models.CharField(_("event"), max_length=300, blank=True, help_text=_("Where it was presented."))
    author = models.CharField(_("author"), max_length=200, blank=True, help_text=_("As printed in the imprint."))
    licence = models.CharField(_("licence"), max_length=100, help_text=_("For example CC BY-NC-ND 3.0 IGO."))
    licence_url = address_field(_("address of the licence"), _("Where the licence can be read."))
    attribution = models.TextField(_("required attribution"), blank=True, help_text=_("Verbatim, as printed."))
    citation = models.TextField(_("how to cite it"), help_text=_("The publication itself, not this catalogue."))
    url = address_field(_("address"), _("Where the publication or its publisher can be found."))

    class Meta:
        ordering = ["-year", "slug"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self):
        return f"{self.title} ({self.year})"


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
    number = models.PositiveSmallIntegerField(_("number"), help_text=_("Place in the bibliography."))
    author = models.CharField(_("author"), max_length=200, help_text=_("As printed."))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, help_text=_("Year of the document."))
    title = models.CharField(_("title"), max_length=300, help_text=_("As printed, in its own language."))
    language = models.CharField(
        _("language"),
        max_length=2,
        help_text=_("Language of the document."),
        choices=LANGUAGE_CHOICES,
    )
    url = address_field(_("address"), _("Empty when the source gives none."))
    note = models.TextField(_("note"), blank=True, help_text=_("What a reader should know about this entry."))

    class Meta:
        ordering = ["edition", "number"]
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="reference_number_once")]

    def __str__(self):
        return f"{self.author} ({self.year or '–'}). {self.title}"
