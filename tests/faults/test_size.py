"""A catalogue of many records: pages ask what they ask of few, a long import is told cell by cell, files are streamed.

``PAGED``, ``IMPORTED`` and ``TAKEN`` are how many practices: to be lowered where filling so many takes too long.
``TAKEN`` is counted in whole copies of the ``PAGED``.
"""

import csv
import io
import json
import os
import re

import pytest
import requests

from benchmarks import cost, imports, limits, servers
from benchmarks.dataset import files_of
from tests.faults import many
from tests.faults.servers import Site
from tests.faults.test_import import checksum

FEW, PAGED = 100, int(os.environ.get("PAGED", "10000"))
IMPORTED, BAD = int(os.environ.get("IMPORTED", "10000")), 137
COPIES = max(1, int(os.environ.get("TAKEN", "50000")) // PAGED)
TAKEN = COPIES * PAGED
SECONDS, MEGABYTES = 60, 300  # in which what is wrong with an import is told
BOUND = 200  # MB above idle, of a workbook whatever its rows
CODE, SLUG = r"CSM-2090-\d+", r'"/es/practicas/([\w-]+-\d+)/"'
PARTS = (  # an address, what tells one practice from another there, and how many it holds at the most
    ("/es/practicas/", SLUG, 20),
    ("/es/practicas/?page_size=5000", SLUG, 20),
    ("/es/redes/gender-and-migration/", SLUG, 20),
    ("/es/paises/pe/", SLUG, 20),
    ("/es/marcos/gcm/7/", SLUG, 20),
    ("/es/sugerencias/?q=migr", SLUG, 20),
    ("/api/v1/practices/", CODE, 20),
    ("/api/v1/practices/?page_size=200", CODE, 200),
    ("/es/practicas.atom", CODE, 50),
    ("/oai?verb=ListIdentifiers&metadataPrefix=oai_dc", CODE, 100),
    ("/oai?verb=ListRecords&metadataPrefix=oai_dc", CODE, 100),
)


@pytest.fixture(scope="module")
def filled(cluster):
    """The name of a database of ``PAGED`` practices, to be copied; nobody may be connected to it then."""
    many.filled(cluster, "filled", PAGED)
    return "filled"


@pytest.fixture(scope="module")
def paged(cluster, filled):
    """The address of a catalogue of ``PAGED`` practices."""
    return cluster.new_database("paged", template=filled)


@pytest.fixture(scope="module")
def found(cluster, paged):
    """What each page asked and took with few records and with many; see ``benchmarks.limits.looked_at``."""
    few = many.filled(cluster, "few", FEW)
    return {size: limits.by_another(address) for size, address in ((FEW, few), (PAGED, paged))}


def test_no_kind_of_page_asks_more_of_a_hundred_times_as_many_records(found):
    for name in limits.PAGES:
        (few_at_first, _s, few, _t), (at_first, _u, many, _v) = (found[size][name] for size in (FEW, PAGED))
        assert at_first <= few_at_first, name
        assert many <= few, name


def test_no_kind_of_page_takes_three_seconds(paged, found):
    again = limits.by_another(paged)  # other work on the machine may have held one of the two up
    for name in limits.PAGES:
        for asked in (1, 3):
            assert min(found[PAGED][name][asked], again[name][asked]) < limits.SLOWEST, name


def test_the_dearest_request_of_no_address_takes_more_than_its_limit(cluster):
    """Once the process has answered others; what it takes to begin after a change is shown in docs/capacity.md."""
    address = cluster.new_database("dear", template="prepared")
    servers.load(address, files_of(PAGED)[0], PAGED, alone=False)
    assert cost.by_another(address, "over") == {}


def test_of_many_records_a_page_holds_a_few(paged, tmp_path):
    with Site(tmp_path / "log", DATABASE_URL=paged) as site:
        for address, mark, largest in PARTS:
            page = site.ask(address)
            assert page.status == 200, address
            assert 0 < len(set(re.findall(mark, page.text))) <= largest, address
        assert site.ask("/api/v1/practices/?page_size=201").status == 400
        assert site.ask("/es/practicas.pdf").status == 300  # in volumes


@pytest.fixture
def importing(postgres):
    """The address of a catalogue into which somebody may import."""
    address = postgres.new_database("tried", template="prepared")
    imports.manage("shell", "-c", imports.MAKE_BOSS, DATABASE_URL=address)
    return address


def test_every_wrong_cell_of_a_long_import_is_named_and_nothing_is_written(postgres, importing, tmp_path):
    wrong = imports.write(tmp_path / "wrong.xlsx", IMPORTED, BAD)
    assert len({row for row, _column in wrong}) == BAD
    before = checksum(postgres)
    preview, refused = (told(importing, tmp_path / "wrong.xlsx", *options) for options in (["--dry-run"], []))
    assert sorted(imports.named_in(refused.said)) == sorted(wrong)
    assert preview.said == refused.said
    assert (preview.returned, refused.returned) == (1, 1)
    assert checksum(postgres) == before
    for took in (preview, refused):
        assert took.memory < MEGABYTES
        assert took.processor < SECONDS  # which other work on the machine hardly lengthens


def test_a_long_import_writes_what_its_preview_told(postgres, importing, tmp_path):
    imports.write(tmp_path / "right.xlsx", IMPORTED)
    preview, written = (told(importing, tmp_path / "right.xlsx", *options) for options in (["--dry-run"], []))
    assert (preview.returned, written.returned) == (0, 0)
    titles = "SELECT title_es FROM catalogue_practice WHERE state = 'draft'"
    stored = sorted(title for (title,) in postgres.query(titles, "tried"))
    assert sorted(re.findall(r"^new-\d+: new \((.*)\)$", preview.said, re.MULTILINE)) == stored
    assert len(stored) == IMPORTED
    assert max(preview.memory, written.memory) < MEGABYTES


def told(address, file, *options):
    """Return what ``manage.py import_practices`` said of a file and what it took."""
    return imports.took("import_practices", str(file), "--by", imports.BOSS, *options, DATABASE_URL=address)


@pytest.fixture(scope="module")
def files(cluster, filled):
    """What it took to take all practices away as files, and the rows of two of them."""
    address = cluster.new_database("taken", template=filled)
    many.multiply(cluster, "taken", PAGED, COPIES)
    with servers.served("catalogue.wsgi", limits.LIST, kind="gthread", DATABASE_URL=address) as server:
        limits.warm_up(server)
        taken = {name: limits.taken(server, address) for name, address in limits.FILES.items()}
        return taken, {extension: rows_of(server, extension) for extension in ("csv", "jsonl")}


def rows_of(server, extension):
    """Return how many different codes of practices stand in a file."""
    address = f"http://127.0.0.1:{server.port}/es/practicas.{extension}"
    plain = {"Accept-Encoding": "identity"}
    with requests.get(address, headers=plain, stream=True, timeout=limits.PATIENCE) as answer:
        text = io.TextIOWrapper(answer.raw, encoding="utf-8-sig", newline="")
        if extension == "csv":
            return len({row["code"] for row in csv.DictReader(text)})
        return len({json.loads(line)["code"] for line in text})


def test_large_files_begin_at_once_and_end_whole(files):
    taken, rows = files
    assert rows == {"csv": TAKEN, "jsonl": TAKEN}
    assert {file.status for file in taken.values()} == {200}
    for name in ("csv", "jsonl", "bib", "ris"):  # the others are made whole before they are sent
        assert taken[name].first < limits.FIRST_BYTE, name


def test_large_files_take_little_memory(files):
    taken, _rows = files
    for name, file in taken.items():
        assert file.above < (BOUND if name == "xlsx" else limits.GROWTH), name
