"""What a link leads to, how the source prints it, and the outcome of checking it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkKind(models.TextChoices):
    """What a link leads to."""

    OFFICIAL = "official", _("official page")
    LEGAL_TEXT = "legal_text", _("legal text")
    NEWS = "news", _("news")
    SERVICE = "service", _("service")
    DATA = "data", _("data")
    HOME_PAGE = "home_page", _("home page")
    DOCUMENT = "document", _("document")
    THIRD_PARTY = "third_party", _("third party")
    VIDEO = "video", _("video")


class LinkStatus(models.TextChoices):
    """How the source gives the address."""

    PRINTED = "printed", _("printed in the source")
    COMPLETED = "completed", _("printed without https://, completed here")
    BIBLIOGRAPHY = "bibliography", _("taken from the bibliography of the source")
    LABEL_ONLY = "label_only", _("the source gives no address")
    EXTERNAL = "external", _("the source gives no address; this one was found by the editorial team")
    SUSPECT = "suspect", _("printed with an error, not published as a link")


class LinkOutcome(models.TextChoices):
    """The outcome of a visit to a URL. All but the first two are failures."""

    REACHED = "reached", _("responds")
    REFUSED = "refused", _("responds, but blocks automated checks")
    NOT_FOUND = "not_found", _("not found (4xx)")
    SERVER_ERROR = "server_error", _("server error (5xx)")
    TIMEOUT = "timeout", _("no answer in time")
    NO_SUCH_HOST = "no_host", _("host name not found (DNS)")
    TLS = "tls", _("invalid certificate or encryption (TLS)")
    UNREACHABLE = "unreachable", _("no connection")
    REDIRECTS = "redirects", _("too many redirects")
    FORBIDDEN = "forbidden", _("address not allowed")
    MALFORMED = "malformed", _("malformed address or response")
