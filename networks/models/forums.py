"""Where States meet: forums, the organisations around them, and the documents that tell of both."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from networks import partial_dates
from networks.choices import ForumKind
from networks.fields import address_field
from networks.models.members import Country
from networks.querysets import ForumQuerySet
from networks.records import Record


class Source(Record):
    """A document in which meetings and forums are told of."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True, help_text=_("Used in files; it never changes."))
    title = models.CharField(
        _("title"), max_length=300, help_text=_("What it is; an official title stays in its own language.")
    )
    publisher = models.CharField(_("publisher"), max_length=200, blank=True, help_text=_("Empty when not stated."))
    date = models.CharField(
        _("date"),
        max_length=10,
        blank=True,
        validators=[partial_dates.validate_partial_date],
        help_text=_("Write 2015, 2023-04 or 2022-09-15; leave it empty if the source does not state it."),
    )
    url = address_field(_("address"), _("Where it can be read."))
    note = models.TextField(_("note"), blank=True, help_text=_("What a reader should know about this document."))

    class Meta:
        ordering = ["slug"]
        verbose_name = _("document on meetings")
        verbose_name_plural = _("documents on meetings")

    def __str__(self):
        return self.title or self.slug


class Forum(Record):
    """A forum in which States meet on migration, or an organisation or platform that takes part in one."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True, help_text=_("Part of the address; never changes."))
    order = models.PositiveSmallIntegerField(_("order"), unique=True, help_text=_("Place in lists."))
    name = models.CharField(_("name"), max_length=200, help_text=_("Official name; a gloss where there is none."))
    acronym = models.CharField(
        _("acronyms"), max_length=60, blank=True, help_text=_("Those of all languages: SACM / CSM.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ForumKind, help_text=_("What it is."))
    description = models.TextField(_("description"), blank=True, help_text=_("What the sources say of it."))
    members = models.ManyToManyField(
        Country,
        verbose_name=_("member States of the Conference in it"),
        related_name="forums",
        blank=True,
        help_text=_("Only where a source lists them."),
    )
    membership = models.TextField(_("membership in words"), blank=True, help_text=_("Who belongs to it; or who said."))
    relation = models.TextField(
        _("relation to the Conference"), blank=True, help_text=_("Why the catalogue has a record of it.")
    )
    note = models.TextField(_("editor’s note"), blank=True, help_text=_("A doubt about the source, told to readers."))
    url = address_field(_("address"), _("Its site; empty when no source gives it."))
    sources = models.ManyToManyField(
        Source, verbose_name=_("sources"), related_name="forums", help_text=_("The documents that tell of it.")
    )

    objects = ForumQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        verbose_name = _("forum")
        verbose_name_plural = _("forums")
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=ForumKind.values), name="forum_kind_known"),
            models.CheckConstraint(condition=~models.Q(slug=""), name="forum_has_slug"),
        ]

    def __str__(self):
        return self.name or self.slug

    def get_absolute_url(self):
        return reverse("forum_detail", args=[self.slug])
