from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworksConfig(AppConfig):
    """Who is in the Conference."""

    name = "networks"
    verbose_name = _("Conference")
