"""What somebody has typed into the form of a practice and not saved yet."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UnsavedWorkQuerySet(models.QuerySet):
    """Finds the unsaved work of an account."""

    def of(self, user):
        return self.filter(user=user)

    def on(self, practice):
        """Keep the work on a stored practice; with ``None`` that on practices which are not stored yet."""
        return self.filter(practice=practice)

    def kept_since(self, moment):
        return self.filter(kept_at__gte=moment)

    def unsettled(self):
        return self.filter(settled=False)

    def settled(self):
        return self.filter(settled=True)

    def kept_before(self, moment):
        return self.filter(kept_at__lt=moment)

    def but_the_newest_of_each(self):
        """Leave out what each person typed last."""
        newer = self.model.objects.unsettled().filter(user=models.OuterRef("user"))
        last = newer.order_by("-kept_at", "-pk").values("pk")[:1]
        return self.exclude(pk=models.Subquery(last))

    def beyond(self, number, size):
        """Return the primary keys of the oldest, without which at most so many remain, of so many bytes together."""
        found, taken = [], 0
        for place, (key, own) in enumerate(self.order_by("-kept_at", "-pk").values_list("pk", "size"), start=1):
            taken += own
            if place > number or taken > size:
                found.append(key)
        return found


class UnsavedWork(models.Model):
    """The content of one open form, as its browser last sent it. It goes with its account and with its practice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("account"), related_name="+")
    practice = models.ForeignKey(
        "Practice", models.CASCADE, verbose_name=_("practice"), null=True, related_name="unsaved_work"
    )
    key = models.UUIDField(_("form"))  # given when the form is opened, so that two open forms do not mix
    content = models.JSONField(_("content"))
    size = models.PositiveIntegerField(_("bytes"), default=0, db_default=0)  # of the content, as JSON
    kept_at = models.DateTimeField(_("date and time"), default=timezone.now)
    # Saved or discarded: the row stays without its content, so that what was sent before and comes later is refused
    settled = models.BooleanField(_("saved or discarded"), default=False, db_default=False)

    objects = UnsavedWorkQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at", "-pk"]
        verbose_name = _("unsaved work")
        verbose_name_plural = _("unsaved work")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="unsaved_work_once_per_form")]

    def __str__(self):
        return str(self.key)

    @property
    def title(self):
        """The first title that was typed, in the order of the form; empty when there is none."""
        titles = (self.content.get(f"title_{code}", [""])[-1] for code in settings.MODELTRANSLATION_LANGUAGES)
        return next(filter(None, titles), "")
