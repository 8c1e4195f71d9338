"""The practice: what a government does, where, since when, with whom, and the state of its record."""

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
    WORK_STATES,
    Evidence,
    OperationalStatus,
    Scheme,
    Scope,
    State,
    TranslationStatus,
)
from catalogue.errors import Refused
from catalogue.models.contact import Contact, Organisation
from catalogue.models.editorial import Editorial
from catalogue.models.narrative import Narrative
from catalogue.models.practice_properties import PracticeProperties
from catalogue.models.sequence import CODE_PATTERN, CodeSequence
from catalogue.models.vocabulary import Term
from catalogue.querysets.editing import STATE_NOT_BY_SAVING
from catalogue.querysets.practices import PracticeQuerySet
from catalogue.text.languages import CONTENT_LANGUAGES
from networks.fields import known_choice, language_field, optional_key, partial_date_field
from networks.models import Country, Network


def status_field(label):
    """Return the field for the translation status of the texts of one language."""
    return models.CharField(
        label,
        max_length=10,
        choices=TranslationStatus,
        default=TranslationStatus.MISSING,
        help_text=_("Shown to the public beside the language."),
    )


def terms_field(scheme, label, help_text):
    """Return the relation to the terms of one vocabulary."""
    return models.ManyToManyField(
        Term,
        blank=True,
        limit_choices_to={"scheme": scheme},
        related_name="+",
        verbose_name=label,
        help_text=help_text,
    )


def framework_field(scheme, label):
    """Return the relation to the terms of a framework; the rows of ``Classification`` write it."""
    text = _("Updated automatically from the classifications below, which give the reason for each.")
    return terms_field(scheme, label, text)


class Practice(PracticeProperties, Narrative, Editorial):
    """A practice as the catalogue records it. Its code and its slug are assigned once and never change."""

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
    start = partial_date_field(_("start"))
    end = partial_date_field(
        _("end"),
        _(
            "Written like the start; two dots (..) if the practice continues; leave it empty if the"
            " source does not state it."
        ),
        partial_dates.validate_end,
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

    populations = terms_field(Scheme.POPULATION, _("target populations"), _("For filters; the description is above."))
    keywords = terms_field(Scheme.KEYWORD, _("keywords"), _("Five to eight; use existing ones first."))
    gcm_objectives = framework_field(Scheme.GCM, _("objectives of the Global Compact for Migration"))
    guiding_principles = framework_field(Scheme.PRINCIPLE, _("guiding principles of the Global Compact for Migration"))
    sdg_targets = framework_field(Scheme.SDG_TARGET, _("targets of the Sustainable Development Goals"))
    psdhm_programmes = framework_field(Scheme.PSDHM, _("programmes of the South American plan (PSDHM)"))
    evidence = models.CharField(
        _("evidence level"),
        max_length=10,
        blank=True,
        choices=Evidence,
        help_text=_("Classification by this catalogue; leave it empty if it has not been assessed."),
    )

    contact = optional_key(Contact, _("contact"), "practices", _("The office that answers questions."))
    edition = optional_key("Edition", _("edition"), "practices", _("The publication from which the facts come."))

    state = models.CharField(
        _("editorial status"),
        max_length=17,
        choices=State,
        default=State.DRAFT,
        help_text=_("Only published practices are public."),
    )
    original_language = language_field(
        _("original language"), _("The language in which the record was first written."), default="es"
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
            # covers what the counts of the filters read, so that they read no long texts
            models.Index(fields=["state", "code", "scope", "status", "evidence"], name="practice_choices"),
        ]
        constraints = [
            known_choice("state", State, "practice_state_known"),
            known_choice("scope", Scope, "practice_scope_known"),
            known_choice("status", OperationalStatus, "practice_status_known"),
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
        self.assign_code_and_slug()
        try:
            first, last = partial_dates.bounds(self.start, self.end)
        except ValueError:
            return  # the fields themselves say what is wrong with a date
        if first and last < first:
            raise ValidationError({"end": _("The end is before the start.")})

    def save(self, *args, **kwargs):
        """Save, with a permanent code and slug for a new record and the time of the change.

        Raises ``Refused`` when the state is not the stored one: only a transition of the workflow changes it.
        """
        self.assign_code_and_slug()
        if not self._state.adding and type(self).objects.state_of(self.pk) not in (None, self.state):
            raise Refused(STATE_NOT_BY_SAVING)
        self.updated = timezone.now()
        super().save(*args, **kwargs)

    def assign_code_and_slug(self):
        """Assign the permanent code and the slug of a new record."""
        if not self.code:
            self.code = CodeSequence.next_code(timezone.now().year, type(self).objects.last_number)
        if not self.slug:
            titles = (getattr(self, f"title_{language}") for language in (self.original_language, *CONTENT_LANGUAGES))
            self.slug = f"{slugify(next(filter(None, titles), ''))[:80]}-{self.code.lower()}".strip("-")


@receiver(pre_save, sender=Practice)
def set_period_bounds(instance, **kwargs):
    """Compute the two dates that filters and orders use from the period; also while fixtures are loaded."""
    instance.runs_from, instance.runs_until = partial_dates.bounds(instance.start, instance.end)
