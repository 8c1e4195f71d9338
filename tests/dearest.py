"""The dearest requests of every address, and the seconds of processor that an answer takes.

``DEAREST`` holds what is dearer than the example of ``tests.addresses``. ``benchmarks/cost.py`` makes the table of
docs/capacity.md of them, ``tests/test_cost.py`` and ``tests/faults/test_size.py`` hold them to ``LIMIT``.
"""

import re
import resource
import time
from itertools import count
from pathlib import Path
from statistics import median
from typing import NamedTuple
from unittest.mock import patch
from urllib.parse import parse_qsl, quote_plus, urlencode

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.utils import translation

from catalogue.caching.lru import clear_all
from catalogue.exports.list_files import TABLES
from catalogue.exports.results import RESULT_FORMATS as RESULT_FILES
from catalogue.exports.text_tables import TABLE_FORMATS as COVERAGE_FILES
from catalogue.forms import new_token
from catalogue.harvest.dublin_core import FORMATS as HARVESTED
from catalogue.listing.facets import FACETS
from catalogue.listing.filters import practices_for
from catalogue.models import Practice
from catalogue.models.version import bump
from catalogue.text.search_tokens import STOP_WORDS, word_spans
from catalogue.views.download import PRACTICE_WRITERS, WRITERS
from catalogue.views.meetings import FORMATS as MEETING_FILES
from tests.addresses import DESK, PAGES, examples, expected
from tests.run import yardstick

LIMIT = 0.25  # seconds of processor that an answer outside of the lane may take
USUAL = 0.12  # seconds of the fixed loop on the machine for which that is said
DOCUMENTS = ("pdf", "docx")
# What runs in the lane of costly work: the formats of these addresses
LANE = {
    "book_file": DOCUMENTS,
    "brief_file": DOCUMENTS,
    "replication_file": DOCUMENTS,
    "comparison_file": DOCUMENTS,
    "worksheet_file": DOCUMENTS,
    "country_report_file": DOCUMENTS,
    "network_report_file": DOCUMENTS,
    "edition_document": DOCUMENTS,
    "practice_list_file": {*TABLES, *WRITERS} - {"atom"},
    "result_file": RESULT_FILES,
    "coverage_file": COVERAGE_FILES,
}
LONGEST = 2_000  # characters of many filters together; an address of 4,094 is refused by the server
MARKED = 60  # practices of a selection
LETTERS = "aeiosrnmtcdplugbvfhq"
FREQUENT = ("pr", "co", "de", "re", "in", "pa", "se", "mi", "es", "p", "c", "a")  # with which many words begin

LIST, API = "/es/practicas/", "/api/v1/"
ALL_TOLD = "&shape=long&lang=all&provenance=1"
EVERYTHING = "{most}&q={beginnings}"  # what keeps all practices, by asking for each
WHOLE = "title,summary,description,organisations,results,links,sources,classifications,presentations,adaptations"


def in_formats(address, formats, query=""):
    return tuple(f"{address}.{extension}{query}" for extension in formats)


# The dearest of several counts. What stands in {} is made by ``filled_in``; {n} is another number each time, so that
# no answer is found where the one before left it.
DEAREST = {
    "practice_list": (
        f"{LIST}?{EVERYTHING}&sort=relevance&{{more}}",
        f"{LIST}?{EVERYTHING}&sort=title&page={{last}}",
        f"{LIST}?{{every}}&q={{words}}&sort=relevance",
        f"{LIST}?{{every}}&q={{misspelt}}",
        f"{LIST}?q={{short}}",
        f"{LIST}?q=programax+serviciox+z{{n}}x",
        f"{LIST}?q={{quoted}}&sort=relevance",
        f"{LIST}?updated_since=19{{n:02}}-01-01&sort=title&page={{last}}",
        f"{LIST}?{{ids}}&{{picks}}",
    ),
    "cite_list": (f"{LIST}citar/?{EVERYTHING}&sort=title", f"{LIST}citar/?updated_since=19{{n:02}}-01-01"),
    "practice_compare": (f"{LIST}comparar/?{{four}}", f"{LIST}comparar/?{{ids}}"),
    "picked": (f"{LIST}seleccion/?{{picks}}",),
    "practice_list_file": (
        *in_formats("/es/practicas", TABLES, f"?updated_since=19{{n:02}}-01-01{ALL_TOLD}"),
        *in_formats("/es/practicas", TABLES, f"?{EVERYTHING}&sort=relevance"),
        *in_formats("/es/practicas", WRITERS, f"?{EVERYTHING}&sort=relevance"),
    ),
    "practice_file": in_formats(f"{LIST}{{slug}}", PRACTICE_WRITERS),
    "codebook_file": in_formats("/es/libro-de-codigos", ("csv", "json")),
    "network_detail": ("/es/redes/gender-and-migration/", "/es/redes/human-trafficking-and-migrant-smuggling/"),
    "country_detail": ("/es/paises/pe/", "/es/paises/br/"),
    "meeting_list": ("/es/reuniones/", "/es/reuniones/?country=PE&network=gender-and-migration&forum=sacm"),
    "meeting_list_file": in_formats("/es/reuniones", MEETING_FILES),
    "adaptation_file": in_formats("/es/adaptaciones", ("csv", "json")),
    "result_list": ("/es/resultados/?order=indicator", f"/es/resultados/?{EVERYTHING}&order=-value"),
    "result_file": in_formats("/es/resultados", RESULT_FILES, f"?{EVERYTHING}&order=-value"),
    "coverage_file": (
        *in_formats("/es/cobertura/timeline", COVERAGE_FILES),
        *in_formats("/es/cobertura/gcm-countries", COVERAGE_FILES),
    ),
    "framework_term": ("/es/marcos/gcm/7/", "/es/marcos/sdg/10/"),
    "suggest": ("/es/sugerencias/?q=pr", "/es/sugerencias/?q=a%20e{n}", "/es/sugerencias/?q={words}"),
    "sitemap": ("/sitemap.xml", "/sitemap.xml?p=1"),
    "oai": (
        *(f"/oai?verb=ListRecords&metadataPrefix={prefix}&from=1{{n:03}}-01-01" for prefix in HARVESTED),
        "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc&from=1{n:03}-01-01",
        "/oai?verb=ListRecords&resumptionToken={token_of_a_list}",
    ),
    "api:practices": (
        f"{API}practices/?{EVERYTHING}&sort=relevance&page_size=200",
        f"{API}practices/?{EVERYTHING}&page_size=50&fields={WHOLE}",
    ),
    "api:results": (f"{API}results/?{EVERYTHING}&page_size=200",),
    **{f"api:{name}": (f"{API}{name}/?page_size=200",) for name in ("networks", "countries", "meetings")},
    "api:commitments": (f"{API}commitments/?page_size=200",),
    "replication_file": in_formats(f"{LIST}{{slug}}/replicar", DOCUMENTS),
    "comparison_file": in_formats("/es/practicas/comparar", DOCUMENTS, "?{four}"),
    "brief_file": in_formats(f"{LIST}{{slug}}", DOCUMENTS),
    "book_file": in_formats("/es/practicas", DOCUMENTS, "?volume=1"),
    "country_report_file": in_formats("/es/paises/pe/informe", DOCUMENTS),
    "network_report_file": in_formats("/es/redes/gender-and-migration/informe", DOCUMENTS),
    "edition_document": in_formats("/es/ediciones/2023", DOCUMENTS),
}
# Beside them what is posted, and what is refused: (name, address, status, form)
FURTHER = (
    ("ask", PAGES["ask"].address, 302, "{filled_question}"),
    ("oai", "/oai", 200, "verb=ListRecords&metadataPrefix=oai_dc&from=1{n:03}-01-01"),
    ("practice_detail", f"{LIST}{'x' * 200}/", 404, ""),
    ("api:nothing", f"{API}{'x/' * 100}", 404, ""),
    ("practice_list", f"{LIST}?{{every}}&q={{words}}&sort=x&from=x&country=x", 200, ""),
    ("practice_list_file", "/es/practicas.atom?{every}&q={words}&sort=x&from=x&country=x", 400, ""),
    ("api:practices", f"{API}practices/?{{every}}&q={{words}}&sort=x&from=x&country=x", 400, ""),
)


class Request(NamedTuple):
    """A request under the name of its pattern, and the status that it gets; with a form it is a POST."""

    name: str
    address: str
    status: int = 200
    form: str = ""
    written: str = ""  # the address as DEAREST writes it

    @property
    def format(self):
        """The format of the answer, as its path ends; empty for a page."""
        return EXTENSION.search(self.address.partition("?")[0])[1] or ""

    @property
    def in_lane(self):
        """Whether it is answered in the lane of costly work."""
        return self.format in LANE.get(self.name, ())


EXTENSION = re.compile(r"/[\w{}-]+\.([a-z.]+)$|$")


class Spent(NamedTuple):
    """Seconds of processor: of an answer of which nothing is kept, and of one after others of its kind."""

    cold: float
    warm: float


# What is asked


def public():
    """Return the requests of every public address, filled in. What the examples need is written to the database."""
    rows = [Request(name, address, expected(row.get, "anonymous")) for name, address, row in _addresses()]
    return filled([*rows, *(Request(*further) for further in FURTHER)])


def _addresses():
    return [(name, address, row) for name, row in PAGES.items() for address in DEAREST.get(name, (row.address,))]


def of_the_desk():
    """Return what somebody with every right reads at the desk, each list also searched and sorted; as ``public``."""
    rows = [Request(name, row.address, expected(row.get, "administrator")) for name, row in DESK.items()]
    lists = [row for row in rows if row.name.endswith("changelist")]
    return filled([*rows, *(row._replace(address=f"{row.address}?q=a+e+migr&o=1") for row in lists)])


def filled(rows):
    """Return requests with their values; only the number of the turn is left to be filled in by ``Reader``."""
    values = {**examples(), **queries(), "n": Turn()}
    return [
        row._replace(address=row.address.format(**values), form=row.form.format(**values), written=row.address)
        for row in rows
    ]


class Turn:
    """Stands in an address where each turn puts its number."""

    def __format__(self, form):
        return f"{{n:{form}}}"


def queries():
    """Return the parts of the long queries in ``DEAREST``, by their names."""
    published = Practice.objects.published()
    codes = list(published.by_code().values_list("code", flat=True)[:MARKED])
    richest = published.annotate(rows=Count("results")).order_by("-rows", "code")[:4]
    with translation.override("es"):
        options = {name: kind.options for name, kind in practices_for({}).filters.items()}
    told = [practice.description_es for practice in (published.exclude(description_es=None).by_code().last(), *richest)]
    longer = list(dict.fromkeys(word for _start, _end, word in word_spans(" ".join(told)) if len(word) > 6))
    return {
        "slug": richest[0].slug,
        "four": urlencode([("id", practice.code) for practice in richest]),
        "ids": urlencode([("id", code) for code in codes]),
        "picks": urlencode([("pick", code) for code in codes]),
        "last": -(-published.count() // settings.PRACTICES_PER_PAGE),
        "most": chosen(options, ("network", "country", "scope", "status")),
        "every": chosen(options, [name for name in FACETS if name != "keyword"])[:LONGEST].rpartition("&")[0],
        "more": urlencode([("more", name) for name in FACETS]),
        "beginnings": text_of((f"{letters}* OR" for letters in FREQUENT), last="z{n}*"),
        "words": text_of((f"{word} OR" for word in longer), last="z{n}"),
        "quoted": text_of((f'"{word}" OR' for word in sorted(STOP_WORDS, key=len)), last="z{n}"),
        "misspelt": text_of((f"{word[:-1]}x" for word in longer), last="z{n}"),
        "short": text_of((f"{one}{other}x" for one in LETTERS for other in LETTERS), last="z{n}"),
        "token_of_a_list": token_of_a_list(),
        "filled_question": question(richest[0]),
    }


def chosen(options, names):
    """Return the query that asks for every choice of some filters."""
    return urlencode([(name, code) for name in names for code, _label in options[name]])


def text_of(pieces, last):
    """Return a text for a search, as long as one may be, quoted for an address."""
    found = ""
    for piece in pieces:
        if len(found) + len(piece) + 6 > settings.QUERY_MAX_LENGTH:
            break
        found += f"{piece} "
    return f"{quote_plus(found)}{last}"


def token_of_a_list():
    """Return the token with which a harvester goes on in a list; empty where one answer holds all."""
    answer = Client().get("/oai?verb=ListRecords&metadataPrefix=oai_dc").content.decode()
    found = re.search("<resumptionToken[^>]*>([^<]+)<", answer)
    return quote_plus(found[1]) if found else ""


def question(practice):
    """Return a question about a practice as a form that was opened a minute ago."""
    with patch("django.core.signing.time.time", return_value=time.time() - 60):
        token = new_token(practice)
    text = "¿Cuánto cuesta la práctica en cada año? " * 90
    return urlencode({"question": text, "email": "a@example.org", "agreed": "on", "token": token})


# What it takes


class Reader:
    """Asks requests, each time with another number in it, and tells what the answers took."""

    def __init__(self, client=None):
        self.client, self.numbers = client or Client(), count(1)

    def spent(self, request):
        """Return the ``Spent`` of a request."""
        return Spent(self.cold(request), self.ask(request))

    def cold(self, request):
        """Return the seconds of processor of an answer after everything is forgotten."""
        forget()
        return self.ask(request)

    def ask(self, request):
        """Return the seconds of processor of one answer, read to its end.

        Raises ``AssertionError`` when it has another status: something cheaper was asked for than was meant.
        """
        turn = next(self.numbers) % 100
        address, form = (text.format(n=turn) for text in (request.address, request.form))
        before = processor()
        answer = self.client.post(address, dict(parse_qsl(form))) if form else self.client.get(address)
        answer.getvalue()
        took = processor() - before
        assert answer.status_code == request.status, f"{answer.status_code} instead of {request.status}: {address}"
        return took


def over_limit(requests, ask):
    """Return ``{request: seconds}`` of those that take more than ``LIMIT``; ``ask`` tells the seconds of one.

    What seems to is asked three times more: the median counts, as if a fixed loop took the time that it usually takes.
    """
    over = {}
    for request in requests:
        if ask(request) > LIMIT:
            took = median(ask(request) / slowness() for _turn in range(3))
            over |= {request: took} if took > LIMIT else {}
    return over


def slowness():
    """Return how many times slower than usual the machine is just now; at least 1."""
    return max(1, yardstick() / USUAL)


def forget():
    """Let nothing be kept of any answer, as after a change of the whole catalogue."""
    clear_all()
    for cache in caches.all():
        cache.clear()
    bump()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL max_parallel_workers_per_gather TO 0")


def processor():
    """Return the seconds of processor so far of this process, of its children and of its PostgreSQL."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used) + of_postgresql()


def of_postgresql():
    """Return the seconds of processor of the process of PostgreSQL that answers this one; 0 on SQLite.

    All of them: ``forget`` sees to it that no other process helps.
    """
    if connection.vendor != "postgresql" or connection.connection is None:
        return 0
    nanoseconds, *_rest = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()
    return int(nanoseconds) / 10**9
