"""Why a practice is classified by a term of a framework, and whether the secretariat has confirmed it.

A practice has a row for each of its terms: when either is written, the signals below update the other. Lists, facets
and files read the terms; pages of a practice also show the reason and the status.
"""

from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.choices import FRAMEWORK_FIELDS, ClassificationStatus
from catalogue.models.ordered import practice_field
from catalogue.models.practice import Practice
from catalogue.models.vocabulary import Term
from networks.records import Record


class Classification(Record):
    """An editor's judgement that a practice belongs to a term; never computed."""

    NATURAL_KEY = ("practice__code", "term__scheme", "term__code")

    practice = practice_field("classifications")
    term = models.ForeignKey(
        Term,
        models.PROTECT,
        limit_choices_to={"scheme__in": list(FRAMEWORK_FIELDS)},
        related_name="classifications",
        verbose_name=_("term"),
        help_text=_(
            "An objective or guiding principle of the Global Compact, an SDG target or a programme of the PSDHM."
        ),
    )
    reason = models.CharField(
        _("reason"), max_length=300, help_text=_("In a few words, based on what the record says.")
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=ClassificationStatus,
        default=ClassificationStatus.PROPOSED,
        help_text=_("Only the Technical Secretariat confirms classifications."),
    )
    confirmed_on = models.DateField(
        _("date of confirmation"), null=True, blank=True, help_text=_("Date on which the Secretariat confirmed it.")
    )

    class Meta:
        ordering = ["term"]
        verbose_name = _("classification")
        verbose_name_plural = _("classifications by framework")
        constraints = [
            models.UniqueConstraint(fields=["practice", "term"], name="classified_once_by_each_term"),
            models.CheckConstraint(
                condition=models.Q(status=ClassificationStatus.PROPOSED, confirmed_on=None)
                | models.Q(status=ClassificationStatus.CONFIRMED, confirmed_on__isnull=False),
                name="confirmed_classification_has_its_day",
                violation_error_message=_(
                    "Only confirmed classifications have a date of confirmation, and they must have one."
                ),
            ),
        ]

    def __str__(self):
        return str(self.term)

    def clean(self):
        """Set the day of a confirmation, by default today; a proposal has none."""
        super().clean()
        confirmed = self.status == ClassificationStatus.CONFIRMED
        self.confirmed_on = (self.confirmed_on or timezone.now().date()) if confirmed else None


def terms_of(classification):
    """Return the relation of its practice that holds the terms of its framework."""
    return getattr(classification.practice, FRAMEWORK_FIELDS[classification.term.scheme])


@receiver(post_save, sender=Classification)
def set_term(instance, **kwargs):
    """Set the terms of the practice to those of its rows, also while fixtures are loaded."""
    terms = terms_of(instance)
    terms.set(Term.objects.filter(scheme=instance.term.scheme, classifications__practice=instance.practice_id))


@receiver(post_delete, sender=Classification)
def remove_term(instance, origin, **kwargs):
    """Remove the term from the practice, unless the practice itself is deleted."""
    if getattr(origin, "model", type(origin)) is not Practice:
        terms_of(instance).remove(instance.term)


def update_classifications(instance, action, pk_set, sender, **kwargs):
    """Create a row, still without a reason, for each new term of a practice; delete those of removed terms."""
    rows = Classification.objects.filter(practice=instance)
    if action == "post_add":
        missing = pk_set - set(rows.filter(term__in=pk_set).values_list("term", flat=True))
        # past ``RecordQuerySet``: the terms send their own signal, and ``save`` would query the terms for each row
        models.QuerySet(Classification).bulk_create(Classification(practice=instance, term_id=term) for term in missing)
    elif action == "post_remove":
        rows.filter(term__in=pk_set).delete()
    elif action == "post_clear":
        rows.filter(term__scheme=SCHEME_OF[sender]).delete()


SCHEME_OF = {getattr(Practice, name).through: scheme for scheme, name in FRAMEWORK_FIELDS.items()}
for through in SCHEME_OF:
    m2m_changed.connect(update_classifications, sender=through)
