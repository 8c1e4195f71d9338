from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    """The catalogue of practices."""

    name = "catalogue"
    default = True
    verbose_name = _("Catalogue")

    def ready(self):
        from catalogue.caching.version_signals import connect_version_signals  # models exist only now
        from catalogue.documents.signals import connect_document_signals
        from catalogue.editorial.privacy.audit_signals import connect_audit_signals
        from catalogue.harvest.withdrawal_signals import connect_withdrawal_signals
        from catalogue.search.signals import connect_search_signals

        connect_version_signals()
        connect_search_signals()
        connect_document_signals()
        connect_withdrawal_signals()
        connect_audit_signals()


class CatalogueAdminConfig(admin_apps.AdminConfig):
    """Django's admin, with the admin site of the catalogue."""

    default = False
    default_site = "catalogue.admin_site.site.CatalogueAdminSite"
