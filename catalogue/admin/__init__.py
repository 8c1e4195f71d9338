"""Editing the catalogue: one file per kind of record."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin import practice, supporting  # noqa: F401 - they register themselves

admin.site.site_header = admin.site.site_title = _("Catalogue of practices")
admin.site.index_title = _("Editing")
