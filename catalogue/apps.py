from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    """The catalogue of practices."""

    name = "catalogue"
    default = True
    verbose_name = _("Catalogue")

    def ready(self):
        from catalogue.caching import version_signals  # inside, because models exist only now
        from catalogue.editorial.privacy import audit_signals
        from catalogue.harvest import withdrawal_signals as harvest
        from catalogue.search import signals as search

        version_signals.connect()
        search.connect()
        harvest.connect()
        audit_signals.connect_audit_signals()


class CatalogueAdminConfig(admin_apps.AdminConfig):
    """Django's admin, with the admin site of the catalogue."""

    default = False
    default_site = "catalogue.admin_site.site.CatalogueAdminSite"
