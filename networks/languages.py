"""The languages of the texts, by the code in which their columns end."""

from django.utils.translation import gettext_lazy as _

LANGUAGE_NAMES = {"es": _("Spanish"), "en": _("English"), "pt": _("Portuguese")}
LANGUAGE_CHOICES = list(LANGUAGE_NAMES.items())
