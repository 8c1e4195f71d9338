"""An organisation that a file names and nobody knows yet: told in the dry run, made with the import, undone with it."""

import io

import pytest
from django.core.management import call_command

from catalogue.choices import OrganisationKind, Outcome, Stage
from catalogue.imports import runs
from catalogue.models import Organisation, Practice
from tests.spreadsheets import FIRST, Book, checked, imported, new_practice, planned, sentences, undone, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "in_english")]

NEW = {
    "organisation": "red-de-prueba",
    "organisation_name_es": "Red de Prueba de Mujeres",
    "organisation_name_pt": "Rede de Prova de Mulheres",
    "kind": "civil_society",
    "acronym": "RPM",
    "role": "partner",
}


@pytest.fixture
def book(db):
    book = Book(whole())
    new_practice(book)
    return book


@pytest.mark.engines
def test_it_is_told_before_and_made_with_the_import_and_undone_with_it(book, secretariat):
    book.add("Organisations", code="new-1", **NEW)
    book.add("Organisations", code="new-1", organisation="red-de-prueba", role="funder")
    run = checked(book.content(), secretariat)
    assert [offered["slug"] for offered in run.organisations] == ["red-de-prueba"]
    assert not Organisation.objects.filter(slug="red-de-prueba").exists(), "a dry run writes nothing"
    runs.begin(run, "apply")
    runs.run_step(run, "apply")
    assert run.stage == Stage.APPLIED, run.refusal
    made = Organisation.objects.get(slug="red-de-prueba")
    assert (made.name_es, made.name_pt, made.acronym) == (
        "Red de Prueba de Mujeres",
        "Rede de Prova de Mulheres",
        "RPM",
    )
    assert made.kind == OrganisationKind.CIVIL_SOCIETY
    practice = Practice.objects.get(title_es="Práctica nueva")
    assert {row.role for row in practice.practice_organisations.filter(organisation=made)} == {"partner", "funder"}
    undone(run, secretariat)
    assert run.stage == Stage.UNDONE, run.refusal
    assert not Organisation.objects.filter(slug="red-de-prueba").exists()


@pytest.mark.engines
def test_a_published_practice_can_name_it_and_its_revision_goes_with_it(book, secretariat):
    book.add("Organisations", code=FIRST, **NEW)
    run = imported(book.content(), secretariat)
    assert run.stage == Stage.APPLIED, run.refusal
    revision = Practice.objects.get(code=FIRST).open_revision
    assert revision.organisations.filter(slug="red-de-prueba").exists()
    undone(run, secretariat)
    assert not Organisation.objects.filter(slug="red-de-prueba").exists()


@pytest.mark.engines
def test_one_that_somebody_works_with_by_now_stays(book, secretariat):
    book.add("Organisations", code="new-1", **NEW)
    run = imported(book.content(), secretariat)
    Organisation.objects.filter(slug="red-de-prueba").update(acronym="REDPRUEBA")
    undone(run, secretariat)
    assert run.stage == Stage.UNDONE
    assert Organisation.objects.filter(slug="red-de-prueba").exists()


@pytest.mark.engines
@pytest.mark.parametrize("name", ["Organización Internacional para las Migraciones (OIM)", "IOM"])
def test_known_ones_that_may_be_the_same_are_named(book, secretariat, client, name):
    book.add(
        "Organisations",
        code="new-1",
        organisation="oim-2",
        organisation_name_es=name,
        kind="international",
        role="lead",
    )
    run = checked(book.content(), secretariat)
    (offered,) = run.organisations
    assert any(similar.startswith("iom · ") for similar in offered["similar"])
    client.force_login(secretariat)
    page = client.get(f"/admin/catalogue/importrun/{run.pk}/").content.decode()
    assert "Organizaciones nuevas" in page
    assert name in page
    assert "iom · " in page


@pytest.mark.engines
def test_a_name_like_no_other_has_none_that_may_be_the_same(book, secretariat):
    book.add("Organisations", code="new-1", **NEW | {"organisation_name_es": "Xilófonos Unidos", "acronym": ""})
    assert checked(book.content(), secretariat).organisations[0]["similar"] == []


WRONG = [
    ({"organisation_name_es": None, "organisation_name_pt": None}, "To create it, write its name and its sector."),
    ({"kind": None}, "Write the sector"),
    ({"kind": "company"}, "is not a code of this list"),
    ({"organisation": "Red de Prueba"}, "lower-case letters, digits and hyphens"),
    ({"acronym": "R" * 31}, "at most 30"),
    ({"organisation_name_es": "N" * 301}, "at most 300"),
]


def test_one_that_cannot_be_made_is_wrong_and_said_at_its_cell(book):
    rows = {}
    for number, (row, _sentence) in enumerate(WRONG, start=2):
        new_practice(book, code=f"new-{number}")
        own = {"code": f"new-{number}", "organisation": f"red-de-prueba-{number}"}
        rows[own["code"]] = book.add("Organisations", **NEW | own | row)
    found = planned(book.content())
    for (code, row), (_given, sentence) in zip(rows.items(), WRONG, strict=True):
        assert found[code].outcome == Outcome.WRONG, sentence
        ((sheet, number, column, said),) = sentences({"": found[code]})
        assert (sheet, number, column) == ("Organisations", row, "organisation")
        assert sentence in said, (code, said)


def test_two_rows_that_say_different_things_of_it_are_wrong(book):
    book.add("Organisations", code="new-1", **NEW)
    book.add("Organisations", code=FIRST, **NEW | {"acronym": "OTRA"})
    assert "Another row has different data" in sentences(planned(book.content()))[0][3]


def test_the_terminal_tells_it_too(book, secretariat, tmp_path):
    book.add("Organisations", code="new-1", **NEW)
    file, said = tmp_path / "practices.xlsx", io.StringIO()
    file.write_bytes(book.content())
    call_command(
        "import_practices", str(file), by=secretariat.username, dry_run=True, stdout=said, stderr=io.StringIO()
    )
    assert "red-de-prueba: new organisation (Red de Prueba de Mujeres)" in said.getvalue()
    assert not Organisation.objects.filter(slug="red-de-prueba").exists()
