"""Django's admin, with the catalogue's own door and first page."""

from django.contrib.admin.apps import AdminConfig


class DoorConfig(AdminConfig):
    """Takes the place of ``django.contrib.admin`` among the installed apps."""

    default_site = "catalogue.admin_site.site.DeskSite"
