"""Who and where: the networks, States, places and organisations of a practice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.choices import CountryRole, OrganisationRole, Scope
from catalogue.models.contact import Organisation
from catalogue.models.ordered import OrderedRow, order_once, practice_field
from networks.fields import known_choice
from networks.models import Country, Network
from networks.records import Record


class PracticeNetwork(OrderedRow):
    """A network to which a practice belongs; the first is its primary network."""

    NATURAL_KEY = ("practice__code", "network__slug")

    practice = practice_field("practice_networks")
    network = models.ForeignKey(
        Network, models.PROTECT, verbose_name=_("network"), help_text=_("The first one is the main network.")
    )

    class Meta:
        ordering = ["order"]
        verbose_name = _("network")
        verbose_name_plural = _("networks (the first is the main one)")
        constraints = [
            models.UniqueConstraint(fields=["practice", "network"], name="network_once_per_practice"),
            order_once("practice_network"),
        ]

    def __str__(self):
        return str(self.network)


class PracticeCountry(OrderedRow):
    """A State and what it has to do with a practice."""

    NATURAL_KEY = ("practice__code", "country__iso2", "role")

    practice = practice_field("practice_countries")
    country = models.ForeignKey(Country, models.PROTECT, verbose_name=_("country"), help_text=_("A member State."))
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=CountryRole,
        default=CountryRole.IMPLEMENTING,
        help_text=_("The practice is counted only for the States that implement it."),
    )
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("Why this State is named."))

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        constraints = [
            models.UniqueConstraint(fields=["practice", "country", "role"], name="country_role_once_per_practice"),
            known_choice("role", CountryRole, "country_role_known"),
        ]

    def __str__(self):
        return f"{self.country}: {self.get_role_display()}"


class PracticeScope(Record):
    """A further reach of a practice, beside its main scope."""

    NATURAL_KEY = ("practice__code", "scope")

    practice = practice_field("further_scopes")
    scope = models.CharField(_("scope"), max_length=12, choices=Scope, help_text=_("The filter also finds it."))

    class Meta:
        ordering = ["scope"]
        verbose_name = _("further scope")
        verbose_name_plural = _("further scopes")
        constraints = [
            models.UniqueConstraint(fields=["practice", "scope"], name="scope_once_per_practice"),
            known_choice("scope", Scope, "further_scope_known"),
        ]

    def __str__(self):
        return self.get_scope_display()


class Place(OrderedRow):
    """A place the source names, from a country to a border crossing."""

    practice = practice_field("places")
    name = models.CharField(_("name"), max_length=200, help_text=_("With its local name; for example, Uruguaiana."))

    class Meta:
        ordering = ["order"]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [order_once("place")]

    def __str__(self):
        return self.name or ""


class PracticeOrganisation(OrderedRow):
    """An organisation and its role in a practice."""

    NATURAL_KEY = ("practice__code", "organisation__slug", "role")

    practice = practice_field("practice_organisations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), help_text=_("Add it to the list if it is new.")
    )
    role = models.CharField(
        _("role"), max_length=20, choices=OrganisationRole, help_text=_("The entity that implements it comes first.")
    )
    detail = models.CharField(
        _("what it does"), max_length=400, blank=True, help_text=_("For example: trains the consular staff.")
    )

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "organisation", "role"], name="organisation_role_once_per_practice"
            ),
            known_choice("role", OrganisationRole, "organisation_role_known"),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.get_role_display()}"
