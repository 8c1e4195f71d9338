"""The environment of the Jinja2 templates in templates/jinja2, for the parts that Django's engine is too slow for."""

from django.utils.translation import gettext, ngettext
from jinja2 import Environment


def environment(**options):
    """Return an environment whose ``{% trans %}`` speaks the active language."""
    environment = Environment(extensions=["jinja2.ext.i18n"], **options)  # noqa: S701 - Django sets autoescape
    environment.install_gettext_callables(gettext, ngettext, newstyle=True)
    return environment
