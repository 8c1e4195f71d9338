"""Where States meet: forums, the organisations around them, and the documents that tell of both."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from networks.acronyms import WithAcronyms
from networks.choices import ForumKind
from networks.fields import address_field, known_choice, partial_date_field, slug_field, unconfirmed_name_field
from networks.models.members import Country
from networks.querysets import ForumQuerySet
from networks.records import Record


class Source(Record):
    """A document that describes meetings or forums."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True, help_text=_("Used in files; it never changes."))
    title = models.CharField(
        _("title"), max_length=300, help_text=_("Title; an official title stays in its own language.")
    )
    publisher = models.CharField(
        _("publisher"), max_length=200, blank=True, help_text=_("Leave it empty if it is not stated.")
    )
    date = partial_date_field(_("date"))
    url = address_field(_("address"), _("Where it can be read."))
    note = models.TextField(_("note"), blank=True, help_text=_("What the public should know about this document."))

    class Meta:
        ordering = ["slug"]
        verbose_name = _("document on meetings")
        verbose_name_plural = _("documents on meetings")

    def __str__(self):
        return self.title or self.slug


class Forum(WithAcronyms, Record):
    """A forum in which States meet on migration, or an organisation or platform that takes part in one."""

    slug = slug_field()
    order = models.PositiveSmallIntegerField(_("order"), unique=True, help_text=_("Position in lists."))
    name = models.CharField(
        _("name"), max_length=200, help_text=_("Official name; if there is none, an explanatory translation.")
    )
    acronym = models.CharField(
        _("acronyms"),
        max_length=60,
        blank=True,
        help_text=_("English / Spanish / Portuguese; of two, the second is for both: ICRC / CICR / CICV."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ForumKind, help_text=_("Kind of forum."))
    name_unconfirmed = unconfirmed_name_field()
    description = models.TextField(_("description"), blank=True, help_text=_("What the sources say about it."))
    members = models.ManyToManyField(
        Country,
        verbose_name=_("member States"),
        related_name="forums",
        blank=True,
        help_text=_("Member States of the Conference that belong to it; only if a source lists them."),
    )
    membership = models.TextField(
        _("membership in words"), blank=True, help_text=_("Who belongs to it, according to the source.")
    )
    relation = models.TextField(
        _("relation to the Conference"), blank=True, help_text=_("Why the catalogue has a record of it.")
    )
    note = models.TextField(
        _("editor’s note"), blank=True, help_text=_("A doubt about the source; shown to the public.")
    )
    url = address_field(_("address"), _("Its website; leave it empty if no source gives it."))
    sources = models.ManyToManyField(
        Source,
        verbose_name=_("sources"),
        related_name="forums",
        help_text=_("The documents that give this information."),
    )

    objects = ForumQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        verbose_name = _("forum")
        verbose_name_plural = _("forums")
        constraints = [
            known_choice("kind", ForumKind, "forum_kind_known"),
            models.CheckConstraint(condition=~models.Q(slug=""), name="forum_has_slug"),
        ]

    def __str__(self):
        return self.name or self.slug

    def get_absolute_url(self):
        return reverse("forum_detail", args=[self.slug])
