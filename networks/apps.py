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
    """Return the class, or an object of it, of query sets of a kind that know of languages: one class for each kind.

    modeltranslation itself makes a new class for each query that is asked, which takes twice as long as the rest of it.
    """
    return _class_of(kind)() if instantiate else _class_of(kind)


@cache
def _class_of(kind):
    return _new_class(kind, instantiate=False)
