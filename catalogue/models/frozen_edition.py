"""What an edition said when it was frozen. Nothing here points to what may change, be withdrawn or be renamed later."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models.edition import Edition


class FrozenEdition(models.Model):
    """The contents of a frozen edition, which never change; only ``catalogue.editions.freeze`` creates them."""

    edition = models.OneToOneField(Edition, models.PROTECT, verbose_name=_("edition"), related_name="frozen")
    at = models.DateTimeField(_("frozen at"))
    facts = models.JSONField(_("facts"))  # what the edition says of itself
    checksum = models.CharField(_("SHA-256"), max_length=64)  # see editorial/workflow/editions.py
    amended_on = models.DateField(_("amended on"), null=True)  # a person was erased from it

    class Meta:
        ordering = ["-at"]
        verbose_name = _("frozen edition")
        verbose_name_plural = _("frozen editions")

    def __str__(self):
        return f"{self.edition.slug} {self.checksum[:8]}"


class EditionEntry(models.Model):
    """A practice as it was in the edition: its record in JSON, by language."""

    edition = models.ForeignKey(FrozenEdition, models.PROTECT, verbose_name=_("frozen edition"), related_name="entries")
    order = models.PositiveSmallIntegerField(_("order"))
    code = models.CharField(_("code"), max_length=16)
    version = models.PositiveIntegerField(_("published version"))
    volume = models.PositiveSmallIntegerField(_("volume"))
    records = models.JSONField(_("records"))  # {"es": {…}, "en": {…}, "pt": {…}}

    class Meta:
        ordering = ["edition", "order"]
        verbose_name = _("entry of an edition")
        verbose_name_plural = _("entries of an edition")
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="practice_once_in_an_edition")]

    def __str__(self):
        return f"{self.code} · {self.version}"


class EditionDocument(models.Model):
    """A volume of the book of the edition in one language, as data for ``catalogue.publication``."""

    edition = models.ForeignKey(
        FrozenEdition, models.PROTECT, verbose_name=_("frozen edition"), related_name="documents"
    )
    language = models.CharField(_("language"), max_length=2)
    volume = models.PositiveSmallIntegerField(_("volume"))
    content = models.JSONField(_("content"))

    class Meta:
        ordering = ["edition", "language", "volume"]
        verbose_name = _("document of an edition")
        verbose_name_plural = _("documents of an edition")
        constraints = [models.UniqueConstraint(fields=["edition", "language", "volume"], name="volume_once")]

    def __str__(self):
        return f"{self.language} {self.volume}"
