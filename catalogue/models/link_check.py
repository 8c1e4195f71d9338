"""What the link checker found at the URLs that public pages show."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.choices import LinkOutcome


class LinkCheck(models.Model):
    """The last visit to a URL, and since when it fails; one row for each URL, wherever it is shown."""

    url = models.CharField(_("address"), max_length=500, unique=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=LinkOutcome)
    status_code = models.PositiveSmallIntegerField(_("HTTP status code"), null=True)
    final_url = models.CharField(_("redirects to"), max_length=2000, blank=True)
    visited_at = models.DateTimeField(_("last checked"), db_index=True)
    failing_since = models.DateTimeField(_("failing since"), null=True)
    broken = models.BooleanField(_("broken"), default=False, db_index=True)

    class Meta:
        ordering = ["url"]
        verbose_name = _("check of a link")
        verbose_name_plural = _("checks of links")

    def __str__(self):
        return self.url

    @property
    def failing(self):
        return self.failing_since is not None

    @property
    def moved_to(self):
        """Where the URL redirects to, if anywhere."""
        return self.final_url if self.outcome == LinkOutcome.REACHED and self.final_url != self.url else ""

    def note(self, outcome, status, final_url, now, another_day):
        """Store the outcome of a visit. A link is broken when it fails again ``another_day`` after it failed first."""
        failed = outcome not in (LinkOutcome.REACHED, LinkOutcome.REFUSED)
        self.outcome, self.status_code, self.final_url, self.visited_at = outcome, status, final_url[:2000], now
        self.failing_since = (self.failing_since or now) if failed else None
        self.broken = failed and (self.broken or now - self.failing_since >= another_day)
