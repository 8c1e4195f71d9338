"""Who is in the Conference: its thematic networks and its member States."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from networks.fields import slug_field, unconfirmed_name_field
from networks.records import Record

ALIASES_HELP = _("One per line. Used in searches, never shown as the name.")


class ColourToken(models.TextChoices):
    """The six hues of the style sheet, named after the network that wears each."""

    INTEGRATION = "int", _("blue")
    CHILDREN = "nna", _("amber")
    GENDER = "gen", _("purple")
    BORDERS = "fro", _("green")
    TRAFFICKING = "tra", _("red")
    ENVIRONMENT = "amb", _("olive")


class Network(Record):
    """A thematic network of the Conference (“issue network” in the title of the 2023 publication)."""

    slug = slug_field()
    order = models.PositiveSmallIntegerField(
        _("order"),
        unique=True,
        help_text=_("Position in lists, in the order in which the Conference lists its networks."),
    )
    name = models.CharField(_("name"), max_length=150, help_text=_("Full name, as the Conference writes it."))
    short_name = models.CharField(
        _("short name"), max_length=40, help_text=_("For cards and tables; at most 40 characters.")
    )
    description = models.TextField(
        _("description"), blank=True, help_text=_("Two or three sentences on what the network deals with.")
    )
    aliases = models.TextField(_("other names"), blank=True, help_text=ALIASES_HELP)
    colour = models.CharField(
        _("colour"), max_length=3, choices=ColourToken, unique=True, help_text=_("Colour of its tag and its icon.")
    )
    active = models.BooleanField(
        pgettext_lazy("a network", "active"), default=True, help_text=_("Untick if the network has ended.")
    )
    name_unconfirmed = unconfirmed_name_field()

    class Meta:
        ordering = ["order"]
        verbose_name = _("network")
        verbose_name_plural = _("networks")

    def __str__(self):
        return self.name or self.slug

    def get_absolute_url(self):
        return reverse("network_detail", args=[self.slug])


def code_field(label, character, length, help_text):
    """Return the field for a code of a country: ``length`` times the character that a pattern describes."""
    pattern = RegexValidator(rf"^{character}{{{length}}}\Z")
    return models.CharField(label, max_length=length, unique=True, validators=[pattern], help_text=help_text)


class Country(Record):
    """A member State of the Conference."""

    NATURAL_KEY = ("iso2",)

    iso2 = code_field(_("two-letter code"), "[A-Z]", 2, _("ISO 3166-1 alpha-2, for example PE."))
    iso3 = code_field(_("three-letter code"), "[A-Z]", 3, _("ISO 3166-1 alpha-3, for example PER."))
    m49 = code_field(_("M49 code"), "[0-9]", 3, _("Three digits of the United Nations M49 standard, for example 604."))
    name = models.CharField(_("name"), max_length=60, help_text=_("Short name, for example Peru."))
    official_name = models.CharField(
        _("official name"), max_length=120, help_text=_("Protocol name, for example Republic of Peru.")
    )
    aliases = models.TextField(_("other names"), blank=True, help_text=ALIASES_HELP)
    member_since = models.CharField(
        _("takes part since"),
        max_length=4,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{4}\Z")],
        help_text=_("Year of the first Conference attended; leave it empty if no source states it."),
    )
    order = models.PositiveSmallIntegerField(_("order"), unique=True, help_text=_("Position in lists."))

    class Meta:
        ordering = ["order"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(iso2=Upper("iso2"), iso3=Upper("iso3")),
                name="country_codes_upper_case",
            )
        ]

    def __str__(self):
        return self.name or self.iso2

    def get_absolute_url(self):
        return reverse("country_detail", args=[self.iso2.lower()])
