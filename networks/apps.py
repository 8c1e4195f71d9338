from functools import cache

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from modeltranslation import manager


class NetworksConfig(AppConfig):
    """Who is in the Conference."""

    name = "networks"
    verbose_name = _("Conference")

    def ready(self):
        """Have one class for each kind of query set: modeltranslation makes a new one for each query that is asked."""
        make = manager.multilingual_queryset_factory
        class_of = cache(lambda kind: make(kind, instantiate=False))

        def kept(kind, instantiate=True):
            return class_of(kind)() if instantiate else class_of(kind)

        manager.multilingual_queryset_factory = kept
