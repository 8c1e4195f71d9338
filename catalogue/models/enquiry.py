"""A question that a reader asks the Technical Secretariat about a practice, and what was answered."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.choices import LANGUAGE_CHOICES, OrganisationKind
from catalogue.models.editorial import editor_field
from catalogue.models.practice import Practice
from catalogue.querysets.adaptations import EnquiryQuerySet
from networks.models import Country

MOST_WORDS = 4000  # characters of a question


class Enquiry(models.Model):
    """A question and its answer. Name, e-mail address and institution are emptied when they are no longer needed."""

    practice = models.ForeignKey(Practice, models.CASCADE, verbose_name=_("practice"), related_name="enquiries")
    question = models.TextField(_("question"), max_length=MOST_WORDS)
    language = models.CharField(_("language of the question"), max_length=2, choices=LANGUAGE_CHOICES)
    asked_at = models.DateTimeField(_("date of the question"), default=timezone.now, db_index=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"))  # asked for, and emptied later
    institution = models.CharField(_("institution"), max_length=200, blank=True)
    institution_kind = models.CharField(
        _("kind of institution"), max_length=15, choices=OrganisationKind, blank=True, default=""
    )
    country = models.ForeignKey(
        Country, models.PROTECT, verbose_name=_("country"), null=True, blank=True, related_name="+"
    )
    answer = models.TextField(
        _("answer"), blank=True, help_text=_("Sent once by e-mail to the person who asked, when you save.")
    )
    answered_at = models.DateTimeField(_("date of the answer"), null=True, editable=False)
    answered_by = editor_field(_("answered by"))

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("question about a practice")
        verbose_name_plural = _("questions about practices")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None) | ~models.Q(answer=""), name="enquiry_answered_with_words"
            )
        ]

    def __str__(self):
        """Name no person: histories and logs show this."""
        return f"{self.practice.code} · {self.asked_at:%Y-%m-%d}"
