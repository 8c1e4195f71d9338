"""Controlled vocabularies: populations, keywords, and the terms of the frameworks that practices are classified by."""

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.choices import FRAMEWORK_FIELDS, Origin, Scheme
from networks.fields import known_choice, optional_key
from networks.records import Record, RecordQuerySet


def origin_field(label):
    """Return the field for the origin of the name in one language."""
    return models.CharField(
        label,
        max_length=10,
        blank=True,
        choices=Origin,
        help_text=_("Official names are not translated freely: say where this wording comes from."),
    )


class NamedInThreeLanguages(Record):
    """A record with a name in each language, and for each the origin of that wording."""

    name = models.CharField(_("name"), max_length=300, help_text=_("Name as it is shown in this language."))
    origin_es = origin_field(_("origin of the Spanish name"))
    origin_en = origin_field(_("origin of the English name"))
    origin_pt = origin_field(_("origin of the Portuguese name"))

    class Meta:
        abstract = True

    def origin_for_readers(self, language):
        """Where the wording of a name comes from; empty while it is not confirmed."""
        origin = getattr(self, f"origin_{language}")
        return "" if origin == Origin.UNVERIFIED else origin


class TermQuerySet(RecordQuerySet):
    """Terms, by the vocabulary they belong to."""

    def of(self, scheme):
        return self.filter(scheme=scheme)

    def of_frameworks(self):
        """Keep the terms by which practices are classified, and the goals to which targets belong."""
        return self.filter(scheme__in=[*FRAMEWORK_FIELDS, Scheme.SDG])


class Term(NamedInThreeLanguages):
    """One entry of a vocabulary, stored by its code and shown by its name."""

    NATURAL_KEY = ("scheme", "code")

    scheme = models.CharField(
        _("vocabulary"), max_length=12, choices=Scheme, help_text=_("Vocabulary that the term belongs to.")
    )
    code = models.CharField(
        _("code"),
        max_length=60,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9.-]*\Z")],
        help_text=_(
            "Lower-case letters, digits and hyphens; 10.7 for a target. Used in addresses and files; it never changes."
        ),
    )
    gloss = models.TextField(
        _("explanation"),
        blank=True,
        help_text=_("What it asks for, in this catalogue’s own words; one or two sentences, never a quotation."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Position in lists; then by code."))
    parent = optional_key("self", _("broader term"), "narrower", _("The goal to which a target belongs."))

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["scheme", "order", "code"]
        verbose_name = _("vocabulary term")
        verbose_name_plural = _("vocabulary terms")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="term_once_per_scheme"),
            known_choice("scheme", Scheme, "term_scheme_known"),
            models.CheckConstraint(
                condition=models.Q(parent=None) | models.Q(scheme=Scheme.SDG_TARGET), name="term_parent_only_of_targets"
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self):
        """The name, with its number for objectives, goals and targets, with its letter for programmes."""
        if self.scheme == Scheme.PSDHM:
            return f"{self.code.upper()}. {self.name}"
        numbered = self.scheme in (Scheme.GCM, Scheme.SDG, Scheme.SDG_TARGET)
        return f"{self.code}. {self.name}" if numbered else self.name or self.code

    def get_absolute_url(self):
        if self.scheme == Scheme.ABBREVIATION:
            return f"{reverse('glossary')}#abbreviations"
        return reverse("framework_term", args=[self.scheme, self.code])
