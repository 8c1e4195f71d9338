"""What a file is: which practices, when, of which version, under which licence, and how to ask for it again."""

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.citations import cite_list
from catalogue.exports.codebook import LICENCE, LICENCE_URL
from catalogue.exports.tables import LONG, PRACTICES, RECORDS, RELATED
from catalogue.models import Edition
from catalogue.server.absolute_urls import list_url
from catalogue.text.languages import LANGUAGE_NAMES


def file_url(selection, extension):
    """Return the full URL at which the file can be downloaded again."""
    query = selection.filterset.known_query().urlencode()
    form = urlencode(selection.options.as_parameters())
    address = f"{settings.SITE_URL}{reverse('practice_list_file', args=[extension])}"
    return f"{address}?{'&'.join(filter(None, (query, form)))}".rstrip("?")


def manifest(selection, extension, counts, files=()):
    """Return what is said of a file, in the active language.

    ``counts`` are the rows of each table; ``files`` what is said of each file of a package: name, bytes, SHA-256.
    """
    address = file_url(selection, extension)
    filterset = selection.filterset
    return {
        "title": str(settings.SITE_NAME),
        "publisher": _("South American Conference on Migration, Technical Secretariat"),
        "filters_in_words": filterset.in_words(),
        "filters": filters_of(filterset),
        "order": filterset.order or "code",
        "list": list_url(filterset.known_query()),
        "address": address,
        **_form_of(selection.options),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        **_version_in(selection),
        "rows": counts,
        "licence": LICENCE,
        "licence_address": LICENCE_URL,
        "attribution": attribution(),
        "citation": cite_list(filterset, selection.version, url=address),
        "files": list(files),
    }


def _form_of(options):
    shape = "long" if options.long else "wide"
    return {"language": options.language, "shape": shape, "provenance": options.provenance}


def _version_in(selection):
    number, changed = selection.version.number, selection.version.changed_at.isoformat(timespec="seconds")
    return {"catalogue_version": number, "catalogue_changed": changed}


def filters_of(filterset):
    """Return the chosen filters for JSON."""
    return [{"parameter": item.parameter, "value": item.value} for item in filterset.chosen()]


def list_meta(count, language, filters, **more):
    """Return what the JSON of a list says of itself."""
    facts = {"count": count, "language": language, "filters": filters, **more}
    return {**facts, "generated": datetime.now(UTC).isoformat(timespec="seconds"), "licence": LICENCE}


def attribution():
    """Return whom to name when the data are used: this catalogue, and the publications from which the facts come."""
    ours = _("%(catalogue)s, South American Conference on Migration, Technical Secretariat, %(licence)s") % {
        "catalogue": settings.SITE_NAME,
        "licence": LICENCE,
    }
    return [
        ours,
        *(f"{edition.title}: {edition.attribution}" for edition in Edition.objects.all() if edition.attribution),
    ]


def read_me(facts):
    """Return a manifest as rows of texts for people, the header first."""
    rows = [
        (_("Catalogue"), facts["title"]),
        (_("Publisher"), facts["publisher"]),
        (_("Filters applied"), facts["filters_in_words"]),
        (_("This list on the website"), facts["list"]),
        (_("Address to download this file again"), facts["address"]),
        (_("Language of the texts"), _languages(facts["language"])),
        (_("Created (UTC)"), facts["made"]),
        (_("Version of the catalogue"), f"{facts['catalogue_version']} ({facts['catalogue_changed']})"),
        *(
            (_("Rows in the table %(table)s") % {"table": f"{_label_of(name)} [{name}]"}, str(count))
            for name, count in facts["rows"].items()
        ),
        (_("Licence"), f"{facts['licence']} {facts['licence_address']}"),
        *((_("Required attribution"), name) for name in facts["attribution"]),
        (_("How to cite"), facts["citation"]),
        *_conventions(),
    ]
    return [[_("Item"), _("Value")], *map(list, rows)]


def _conventions():
    """Return what holds in every file."""
    return [
        (
            _("Empty cells"),
            _(
                "An empty cell means that the source does not say. It never means “no” or zero: those are"
                " written as false and 0."
            ),
        ),
        (
            _("Column headings"),
            _(
                "A heading gives the title of the column and, in square brackets, its name, which never changes."
                " The first five columns have only their name (code, slug, url, language, title), in every"
                " language: programs rely on it."
            ),
        ),
        (_("Codes"), _("Codes are the same in every language and in every file; the codebook explains them.")),
    ]


def _languages(code):
    """Return the name of a language, or of all of them for ``all``."""
    return ", ".join(str(name) for known, name in LANGUAGE_NAMES.items() if code in (known, "all"))


def _label_of(name):
    """Return the label of a table in the active language."""
    return next(table.label for table in (PRACTICES, *RELATED.values(), LONG, RECORDS) if table.name == name)
