"""The parameters of a list as documentation tells them, for the page of the open data and the schema of the API."""

from django.utils.translation import gettext_lazy as _

KEEPS = {
    "q": _("that contain all the words, in any of the three languages; also “exact phrase”, -excluded, this OR that"),
    "network": _("of the given thematic network"),
    "country": _("implemented by the given State (two letters, ISO 3166-1)"),
    "scope": _("with the given scope"),
    "status": _("with the given operational status"),
    "population": _("for the given population"),
    "keyword": _("with the given keyword"),
    "gcm": _("classified under the given objective of the Global Compact (1 to 23)"),
    "sdg": _("classified under the given Sustainable Development Goal (1 to 17)"),
    "principle": _("classified under the given guiding principle of the Global Compact"),
    "sdg_target": _("classified under the given target of the Sustainable Development Goals, for example 10.7"),
    "psdhm": _("classified under the given programme of the PSDHM (letters a to h)"),
    "evidence": _("with the given evidence level"),
    "edition": _("first published in the given edition"),
    "from": _("known to have been running in the given year or later"),
    "to": _("known to have started by the end of the given year"),
    "updated_since": _("with records changed on the given date or later"),
    "id": _("with the given code; repeat the parameter to make your own selection"),
    "sort": _("all, in the given order: title, start, -start, -updated, relevance"),
    "page": _("on the given page, twenty per page; files contain the whole list"),
}
