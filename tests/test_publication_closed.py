"""The document builder opens nothing and fetches nothing, whatever an editor writes and wherever it is written."""

import shutil

import pytest

from catalogue.models import EditorsNote, LegalInstrument, Link, Result, derived
from catalogue.publication import typeset
from tests import web
from tests.factories import make_practice
from tests.surfaces import words_of

pytestmark = pytest.mark.django_db
SENTINEL = "centinela-4711"

# What would read a file or fetch a page if it were markup, a path or an address to open; `{file}`, `{url}` are filled.
REACHING = [
    '#read("{file}")',
    '#image("{file}")',
    '#image("{url}.png")',
    '#include "{file}"',
    '#import "{url}": *',
    '#import "@preview/cetz:0.3.0"',
    '#json("{file}")',
    '#csv("file://{file}")',
    '#plugin("{file}")',
    '#bibliography("{url}")',
    '#eval("read(\\"{file}\\")")',
    "![figura]({url})",
    "![figura](file://{file})",
    "[enlace](file://{file})",
    '<img src="{url}">',
    '<iframe src="file://{file}"></iframe>',
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file://{file}">]> &e;',
    "file://{file}",
    "{url}",
]


@pytest.fixture
def secret(tmp_path):
    """A file that no document may hold."""
    path = tmp_path / "secret.txt"
    path.write_text(SENTINEL)
    return path


def hostile_everywhere(text, country="PE"):
    """Return a practice that has a text in everything that an editor writes freely."""

    def in_all(model, *names):
        """Return the text for each field, cut where PostgreSQL would refuse it."""
        return {name: text[: model._meta.get_field(name).max_length] for name in names}

    practice = make_practice(
        title=text[:280], country=country, acronym=text[:30], hotline=text[:20], summary_es=text, objective_es=text,
        description_es=text, outcomes_es=text, limits_es=text, population_detail_es=text,
    )  # fmt: skip
    practice.results.create(kind="result", **in_all(Result, "indicator_es", "as_printed", "note_es"))
    link = {"url": "https://example.org/", "kind": "data", "status": "printed", "language": "es"}
    practice.links.create(**link, **in_all(Link, "label_es"))
    practice.legal_instruments.create(kind="act", **in_all(LegalInstrument, "title_es", "number", "note_es"))
    practice.editors_notes.create(field="title", **in_all(EditorsNote, "shows_es", "reason_es", "source_prints"))
    return practice


@pytest.mark.parametrize("extension", ["pdf", "docx"])
def test_nothing_an_editor_writes_reads_a_file_or_fetches_a_page(client, secret, extension):
    """In a book where each text is all that a practice says, and in briefs that say five of them."""
    with web.serving({"/": 200}, address="127.0.0.1") as canary:
        address = canary.url("/", host="127.0.0.1")
        texts = [reaching.format(file=secret, url=address) for reaching in REACHING]
        with derived.deferred():
            for text in texts:
                hostile_everywhere(text, country="GY")
            five = [texts[start : start + 5] for start in range(0, len(texts), 5)]
            briefs = [hostile_everywhere("\n\n".join(some)).slug for some in five]
        for path in (f"practicas.{extension}?country=GY", *(f"practicas/{slug}.{extension}" for slug in briefs)):
            response = client.get(f"/es/{path}")
            assert response.status_code == 200
            assert canary.asked == [], path
            assert SENTINEL.encode() not in words_of(response.content), path


@pytest.mark.parametrize("path", ["{file}", "../secret.txt", "/../secret.txt"])
def test_the_typesetter_opens_nothing_outside_its_templates_even_for_its_own_template(
    secret, tmp_path, monkeypatch, path
):
    templates = tmp_path / "templates"
    shutil.copytree(typeset.TEMPLATES, templates)
    (templates / "document.typ").write_text(f'#read("{path.format(file=secret)}")')
    monkeypatch.setattr(typeset, "TEMPLATES", templates)
    with pytest.raises(typeset.typst.TypstError):
        typeset.typeset([{}])
