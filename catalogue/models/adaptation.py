"""A practice that travels: which State considers, pilots or has adopted a practice of another."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue import partial_dates
from catalogue.choices import AdaptationStage, CountryRole, State, TransitionKind
from catalogue.errors import Refused
from catalogue.models.contact import Contact
from catalogue.models.editorial import editor_field
from catalogue.models.practice import Practice
from catalogue.querysets.adaptations import AdaptationQuerySet
from catalogue.querysets.editing import STATE_NOT_BY_SAVING
from networks.fields import address_field, known_choice, optional_key, partial_date_field
from networks.models import Country
from networks.records import Record


class Adaptation(Record):
    """What a State does with a practice of another; of whom it is, the practice says.

    A change of a published adaptation is a new one: publishing it archives the one before.
    """

    NATURAL_KEY = ("practice__code", "country__iso2", "created")
    is_revision = False  # there are none

    practice = models.ForeignKey(
        Practice,
        models.PROTECT,
        verbose_name=_("practice"),
        related_name="adaptations",
        limit_choices_to={"revision_of": None},
        help_text=_("The practice of another State that is adapted."),
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        verbose_name=_("adapting country"),
        related_name="adaptations",
        help_text=_("The State that is considering, piloting or has adopted it."),
    )
    stage = models.CharField(
        _("stage"),
        max_length=11,
        choices=AdaptationStage,
        help_text=_("How far the State has come, as the source says."),
    )
    since = partial_date_field(_("since"))
    changes = models.TextField(
        _("changes made"), blank=True, help_text=_("How it differs from the practice; empty when nobody has said.")
    )
    contact = optional_key(
        Contact, _("contact"), "adaptations", _("The office of the adapting State that answers questions.")
    )
    evidence = models.CharField(
        _("evidence"), max_length=400, blank=True, help_text=_("The source that shows it, as it should be cited.")
    )
    evidence_url = address_field(_("web address of the evidence"), _("Where the source can be read."))
    state = models.CharField(
        _("editorial status"),
        max_length=17,
        choices=State,
        default=State.DRAFT,
        editable=False,
        help_text=_("Only published adaptations are public."),
    )
    state_since = models.DateTimeField(_("in this status since"), default=timezone.now, editable=False)
    created_by = editor_field(_("created by"))
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    updated = models.DateTimeField(_("updated"), default=timezone.now, editable=False)

    objects = AdaptationQuerySet.as_manager()

    class Meta:
        ordering = ["practice__code", "country__order", "pk"]
        verbose_name = _("adaptation")
        verbose_name_plural = _("adaptations")
        indexes = [models.Index(fields=["state", "country"])]
        constraints = [
            known_choice("state", State, "adaptation_state_known"),
            known_choice("stage", AdaptationStage, "adaptation_stage_known"),
            models.UniqueConstraint(
                fields=["practice", "country"],
                condition=models.Q(state=State.PUBLISHED),
                name="adaptation_published_once",
            ),
        ]

    def __str__(self):
        return f"{self.practice.code} → {self.country.iso2}"

    def clean(self):
        """Refuse a State that adapts its own practice."""
        super().clean()
        if self.practice_id and self.country_id and self.is_of_its_own:
            raise ValidationError(
                {"country": _("This State implements the practice: it cannot also be the one that adapts it.")}
            )

    def save(self, *args, **kwargs):
        """Save with the time of the change. Raises ``Refused`` when the state is not the stored one."""
        if not self._state.adding and type(self).objects.state_of(self.pk) not in (None, self.state):
            raise Refused(STATE_NOT_BY_SAVING)
        self.updated = timezone.now()
        super().save(*args, **kwargs)

    @property
    def may_be_deleted(self):
        """Whether it was never public; what was is archived."""
        return not self.steps.filter(to_state=State.PUBLISHED).exists()

    @property
    def is_of_its_own(self):
        """Whether the adapting State is one of those whose practice it is."""
        rows = self.practice.practice_countries.filter(country=self.country_id, role=CountryRole.IMPLEMENTING)
        return rows.exists()

    @property
    def origins(self):
        """The States whose practice it is."""
        return self.practice.implementing_countries

    @property
    def since_in_words(self):
        return partial_dates.period_in_words(self.since, partial_dates.OPEN) if self.since else ""


class AdaptationStep(models.Model):
    """A transition of an adaptation from one state to the next: who, when, why."""

    adaptation = models.ForeignKey(Adaptation, models.CASCADE, verbose_name=_("adaptation"), related_name="steps")
    move = models.CharField(_("step"), max_length=17, choices=TransitionKind)
    from_state = models.CharField(_("previous status"), max_length=17, choices=State)
    to_state = models.CharField(_("new status"), max_length=17, choices=State)
    note = models.TextField(_("note"), blank=True)
    by = editor_field(_("person responsible"))
    at = models.DateTimeField(_("date and time"), default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("step of an adaptation")
        verbose_name_plural = _("steps of adaptations")

    def __str__(self):
        return f"{self.adaptation}: {self.get_move_display()}"
