"""The practice: what a government does, where, since when, with whom, and how far the record has come."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from catalogue import partial_dates
from catalogue.choices import (
    LANGUAGE_CHOICES,
    ON_EFFECTS,
    SUPPORTING_ROLES,
    WORK_STATES,
    CountryRole,
    Evidence,
    OperationalStatus,
    OrganisationRole,
    Scheme,
    Scope,
    State,
    TranslationStatus,
)
from catalogue.errors import Refused
from catalogue.models.contact import Contact, Organisation
from catalogue.models.editorial import Editorial
from catalogue.models.narrative import Narrative
from catalogue.models.sequence import CODE_PATTERN, CodeSequence
from catalogue.models.vocabulary import Term
from catalogue.querysets.editing import NOT_BY_SAVING
from catalogue.querysets.practices import PracticeQuerySet
from catalogue.text.languages import CONTENT_LANGUAGES, LANGUAGE_NAMES
from networks.models import Country, Network


def status_field(label, **options):
    """Return the field that says how the texts of one language came to be."""
    return models.CharField(
        label,
        max_length=10,
        choices=TranslationStatus,
        default=TranslationStatus.MISSING,
        help_text=_("Shown to the public beside the language."),
        **options,
    )


def classified_by(scheme, label):
    """Return the relation to the terms of a framework by which a practice is classified."""
    return models.ManyToManyField(
        Term,
        blank=True,
        limit_choices_to={"scheme": scheme},
        related_name="+",
        verbose_name=label,
        help_text=_("Updated automatically from the classifications below, which give the reason for each."),
    )


class Practice(Narrative, Editorial):
    """A practice as the catalogue records it. Its code and its slug are given once and never change."""

    NATURAL_KEY = ("code",)

    code = models.CharField(
        _("code"),
        max_length=16,
        unique=True,
        blank=True,
        validators=[RegexValidator(rf"^{CODE_PATTERN}\Z", _("Write the code like this: CSM-2023-001."))],
        help_text=_("Permanent; if left empty, the catalogue assigns it."),
    )
    slug = models.SlugField(
        _("slug"),
        max_length=100,
        unique=True,
        blank=True,
        help_text=_("End of the page address; if left empty, it is created from the title. It never changes."),
    )
    acronym = models.CharField(_("acronym"), max_length=30, blank=True, help_text=_("For example REDAVIT."))

    acronym_meaning = models.CharField(
        _("what the acronym stands for"),
        max_length=200,
        blank=True,
        help_text=_("For example: Victims Assistance Register. It is not always the same as the title."),
    )

    networks = models.ManyToManyField(
        Network, through="PracticeNetwork", related_name="practices", verbose_name=_("networks")
    )
    countries = models.ManyToManyField(
        Country, through="PracticeCountry", related_name="practices", verbose_name=_("countries")
    )
    organisations = models.ManyToManyField(
        Organisation, through="PracticeOrganisation", related_name="practices", verbose_name=_("organisations")
    )

    scope = models.CharField(_("scope"), max_length=12, choices=Scope, help_text=_("The widest scope it has today."))
    start = models.CharField(
        _("start"),
        max_length=10,
        blank=True,
        validators=[partial_dates.validate_partial_date],
        help_text=_("Write 2015, 2023-04 or 2022-09-15; leave it empty if the source does not state it."),
    )
    end = models.CharField(
        _("end"),
        max_length=10,
        blank=True,
        validators=[partial_dates.validate_end],
        help_text=_(
            "Written like the start; two dots (..) if the practice continues; leave it empty if the"
            " source does not state it."
        ),
    )
    runs_from = models.DateField(_("first possible day"), null=True, editable=False)
    runs_until = models.DateField(_("last possible day"), null=True, editable=False)
    status = models.CharField(
        _("operational status"),
        max_length=10,
        choices=OperationalStatus,
        default=OperationalStatus.UNKNOWN,
        help_text=_("As the source of the edition says; the page adds the year of that source."),
    )

    hotline = models.CharField(
        _("hotline"), max_length=20, blank=True, help_text=_("Number people may call, for example 145.")
    )

    populations = models.ManyToManyField(
        Term,
        blank=True,
        limit_choices_to={"scheme": Scheme.POPULATION},
        related_name="+",
        verbose_name=_("target populations"),
        help_text=_("For filters; the description is above."),
    )
    keywords = models.ManyToManyField(
        Term,
        blank=True,
        limit_choices_to={"scheme": Scheme.KEYWORD},
        related_name="+",
        verbose_name=_("keywords"),
        help_text=_("Five to eight; use existing ones first."),
    )
    gcm_objectives = classified_by(Scheme.GCM, _("objectives of the Global Compact for Migration"))
    guiding_principles = classified_by(Scheme.PRINCIPLE, _("guiding principles of the Global Compact for Migration"))
    sdg_targets = classified_by(Scheme.SDG_TARGET, _("targets of the Sustainable Development Goals"))
    psdhm_programmes = classified_by(Scheme.PSDHM, _("programmes of the South American plan (PSDHM)"))
    evidence = models.CharField(
        _("evidence level"),
        max_length=10,
        blank=True,
        choices=Evidence,
        help_text=_("Classification by this catalogue; leave it empty if it has not been assessed."),
    )

    contact = models.ForeignKey(
        Contact,
        models.PROTECT,
        verbose_name=_("contact"),
        null=True,
        blank=True,
        related_name="practices",
        help_text=_("The office that answers questions."),
    )
    edition = models.ForeignKey(
        "Edition",
        models.PROTECT,
        verbose_name=_("edition"),
        null=True,
        blank=True,
        related_name="practices",
        help_text=_("The publication from which the facts come."),
    )

    state = models.CharField(
        _("editorial status"),
        max_length=17,
        choices=State,
        default=State.DRAFT,
        help_text=_("Only published practices are public."),
    )
    original_language = models.CharField(
        _("original language"),
        max_length=2,
        choices=LANGUAGE_CHOICES,
        default="es",
        help_text=_("The language in which the record was first written."),
    )
    translation_status_es = status_field(_("status of the Spanish texts"))
    translation_status_en = status_field(_("status of the English texts"))
    translation_status_pt = status_field(_("status of the Portuguese texts"))
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    updated = models.DateTimeField(_("updated"), default=timezone.now, editable=False)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        indexes = [
            models.Index(fields=["state", "runs_from"]),
            models.Index(fields=["state", "updated"]),
            # what the counts of the filters need of a practice: they read it here, past the long texts
            models.Index(fields=["state", "code", "scope", "status", "evidence"], name="practice_choices"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="practice_state_known"),
            models.CheckConstraint(condition=models.Q(scope__in=Scope.values), name="practice_scope_known"),
            models.CheckConstraint(
                condition=models.Q(status__in=OperationalStatus.values), name="practice_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(runs_from=None) | models.Q(runs_until__gte=models.F("runs_from")),
                name="practice_ends_after_it_starts",
                violation_error_message=_("The end is before the start."),
            ),
            models.CheckConstraint(condition=~models.Q(code="") & ~models.Q(slug=""), name="practice_has_an_address"),
            models.CheckConstraint(
                condition=models.Q(revision_of=None) | models.Q(state__in=WORK_STATES), name="revision_is_never_public"
            ),
        ]

    def __str__(self):
        return f"{self.record_code} {self.title}".strip()

    def get_absolute_url(self):
        return reverse("practice_detail", args=[self.slug])

    def clean(self):
        """Refuse a record without a title in any language, and an end before the start."""
        super().clean()
        self.give_address()
        try:
            first, last = partial_dates.bounds(self.start, self.end)
        except ValueError:
            return  # the fields themselves say what is wrong with a date
        if first and last < first:
            raise ValidationError({"end": _("The end is before the start.")})

    def save(self, *args, **kwargs):
        """Save, giving a new record its permanent code and slug and every record the time of the change.

        Raises ``Refused`` when the state is not the stored one: only the workflow moves a record.
        """
        self.give_address()
        if not self._state.adding and type(self).objects.state_of(self.pk) not in (None, self.state):
            raise Refused(NOT_BY_SAVING)
        self.updated = timezone.now()
        super().save(*args, **kwargs)

    def give_address(self):
        """Give a new record its permanent code and slug."""
        if not self.code:
            self.code = CodeSequence.next_code(timezone.now().year, type(self).objects.last_number)
        if not self.slug:
            titles = (getattr(self, f"title_{language}") for language in (self.original_language, *CONTENT_LANGUAGES))
            self.slug = f"{slugify(next(filter(None, titles), ''))[:80]}-{self.code.lower()}".strip("-")

    @property
    def primary_network(self):
        """The first of its networks; ``None`` for a draft that has none yet."""
        rows = self.practice_networks.all()
        return rows[0].network if rows else None

    @property
    def implementing_countries(self):
        """The States that implement it: the only ones that count it as theirs."""
        return [row.country for row in self.practice_countries.all() if row.role == CountryRole.IMPLEMENTING]

    @property
    def related_countries(self):
        """The other States it concerns, with their part in it."""
        return [row for row in self.practice_countries.all() if row.role != CountryRole.IMPLEMENTING]

    @property
    def lead_organisations(self):
        """The implementing entities."""
        return [row.organisation for row in self.practice_organisations.all() if row.role == OrganisationRole.LEAD]

    @property
    def supporting_organisations(self):
        """The partners, funders and those that give technical assistance, as rows with their roles."""
        return [row for row in self.practice_organisations.all() if row.role in SUPPORTING_ROLES]

    @property
    def has_figures_on_effects(self):
        """Whether its source gives figures on effects, as this catalogue classifies it; others may be in the record."""
        return self.evidence in ON_EFFECTS

    @property
    def languages(self):
        """How the texts of each language came to be, in words."""
        return [{"name": LANGUAGE_NAMES[code], "status": self.text_status_in_words(code)} for code in CONTENT_LANGUAGES]

    @property
    def is_planned(self):
        return self.status == OperationalStatus.PLANNED

    @property
    def period(self):
        """The period as an EDTF interval; an unknown side is empty, an open end is two dots."""
        return f"{self.start}/{self.end}"

    @property
    def period_in_words(self):
        return partial_dates.period_in_words(self.start, self.end, planned=self.is_planned)


@receiver(pre_save, sender=Practice)
def set_bounds(instance, **kwargs):
    """Keep the two dates that filters and sorting use in step with the period; also while fixtures are loaded."""
    instance.runs_from, instance.runs_until = partial_dates.bounds(instance.start, instance.end)
