"""Organisations that take part in practices, and the offices that are their contacts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.choices import OrganisationKind
from catalogue.models.vocabulary import NamedInThreeLanguages
from networks.acronyms import WithAcronyms
from networks.fields import known_choice, language_field, optional_key, unconfirmed_name_field
from networks.models import Country
from networks.records import Record


class Organisation(WithAcronyms, NamedInThreeLanguages):
    """A body that leads, joins, funds or assists practices."""

    slug = models.SlugField(_("slug"), max_length=100, unique=True, help_text=_("Used in files; it never changes."))
    acronym = models.CharField(
        _("acronyms"),
        max_length=30,
        blank=True,
        help_text=_("English / Spanish / Portuguese; of two, the second is for both: ICRC / CICR / CICV."),
    )
    kind = models.CharField(_("sector"), max_length=15, choices=OrganisationKind, help_text=_("Sector it belongs to."))
    country = optional_key(
        Country,
        _("country"),
        "organisations",
        _("Leave it empty for international organisations and for bodies of States outside the Conference."),
    )
    official_language = language_field(
        _("language of the official name"),
        _("The name in this language is shown first; the others are explanatory translations."),
        blank=True,
    )

    class Meta:
        ordering = ["slug"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [known_choice("kind", OrganisationKind, "organisation_kind_known")]

    def __str__(self):
        return f"{self.name} ({self.shown_acronym})" if self.acronym else self.name or self.slug


class Contact(Record):
    """An office that answers questions. Offices, not persons: a personal address is never required."""

    slug = models.SlugField(_("slug"), max_length=100, unique=True, help_text=_("Used in files; it never changes."))
    office = models.TextField(_("office"), help_text=_("The office and the bodies above it; no person’s name."))
    note = models.TextField(_("note"), blank=True, help_text=_("What the public should know about this office."))
    organisation = optional_key(Organisation, _("organisation"), "contacts", _("The body to which the office belongs."))
    via = optional_key(
        "self",
        _("reached through"),
        "offices",
        _("Usually the Technical Secretariat; leave it empty if people can write to the office directly."),
    )
    email = models.EmailField(
        _("office e-mail address"),
        blank=True,
        help_text=_("A shared e-mail address of the office, never that of a person."),
    )
    consent_to_publish = models.BooleanField(
        _("consents to publication"),
        default=False,
        help_text=_("Tick only if the office has agreed that its e-mail address is shown."),
    )
    consent_date = models.DateField(
        _("date of the consent"), null=True, blank=True, help_text=_("Required if there is consent.")
    )
    consent_note = models.CharField(
        _("proof of the consent"), max_length=200, blank=True, help_text=_("Where the consent can be read.")
    )
    printed_in = models.CharField(
        _("printed by the institution in"),
        max_length=200,
        blank=True,
        help_text=_(
            "The publication or page in which the institution itself gives this address to the public. It is then shown"
            " without a consent, until the office objects."
        ),
    )
    name_unconfirmed = unconfirmed_name_field()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(consent_to_publish=False) | models.Q(consent_date__isnull=False),
                name="contact_consent_is_dated",
                violation_error_message=_("Enter the date of the consent."),
            ),
        ]

    def __str__(self):
        return self.office or self.slug

    @property
    def public_email(self):
        """The address that may be shown: that of the office it is reached through, or its own."""
        reached = self.via or self
        return reached.email if reached.email_is_public else ""

    @property
    def email_is_public(self):
        """Whether its own address may be shown: the office has consented, or its institution prints it itself."""
        return self.consent_to_publish or bool(self.printed_in)
