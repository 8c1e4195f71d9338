from functools import cache

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from modeltranslation import manager

_new_class = manager.multilingual_queryset_factory


class NetworksConfig(AppConfig):
    """Who is in the Conference."""

    name = "networks"
    verbose_name = _("Conference")

    def ready(self):
        manager.multilingual_queryset_factory = multilingual_queryset


def multilingual_queryset(kind, instantiate=True):
    """Return the multilingual subclass of a queryset class, or an object of it: one subclass for each class.

    modeltranslation itself builds a new class for each query, which takes twice as long as the rest of the query.
    """
    return _class_of(kind)() if instantiate else _class_of(kind)


@cache
def _class_of(kind):
    return _new_class(kind, instantiate=False)
