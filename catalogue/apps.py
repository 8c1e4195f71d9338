from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    """The catalogue of practices."""

    name = "catalogue"
    verbose_name = _("Catalogue")

    def ready(self):
        from catalogue import signals  # models exist only now
        from catalogue.editorial import watch
        from catalogue.harvest import follow as harvest
        from catalogue.search import follow as search

        signals.connect()
        search.connect()
        harvest.connect()
        watch.connect()
