"""What the site exports it can import; what somebody changed in the file becomes a draft or a revision, or nothing."""

import io
from datetime import date

import pytest

from catalogue.choices import AuditEvent, Outcome, Stage, State, TranslationStatus
from catalogue.editorial.workflow import diff, practice_content, revisions, workflow
from catalogue.errors import Refused
from catalogue.exports.tables import PRACTICES, RELATED
from catalogue.imports import cells, runs
from catalogue.imports.cells import WrongCell
from catalogue.models import AuditEntry, Link, Practice
from tests.desk import in_state, make_editor, make_record
from tests.spreadsheets import (
    FIRST,
    NEW,
    Book,
    exported,
    imported,
    new_practice,
    planned,
    sentences,
    small,
    undone,
    whole,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "in_english")]


@pytest.fixture
def book(db):
    return Book(whole())


def outcomes(found):
    return {row.outcome for row in found.values()}


def changes_of(row):
    stored = practice_content.read_content(Practice.objects.get(pk=row.practice))
    return {change.field for change in diff.compare(stored, row.content)}


# Round trip


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize(
    "address", [pytest.param("/es/practicas", marks=pytest.mark.engines), "/en/practices", "/pt-br/praticas"]
)
def test_what_the_site_exports_is_imported_without_a_change(client, kind, address):
    notices = []
    content = b"".join(client.get(f"{address}.{kind}?lang=all").streaming_content)
    found = planned(content, kind, notices)
    assert len(found) == 19
    assert outcomes(found) == {Outcome.UNCHANGED}
    assert notices == []


def test_a_workbook_saved_by_another_program_is_imported_without_a_change(book):
    assert outcomes(planned(book.content())) == {Outcome.UNCHANGED}


TEXTS = [
    "=1+1",
    "'=1+1",
    "''-2",
    "-3",
    "@x",
    "+5",
    "'quoted'",
    "a\tb",
    "two\nlines",
    "_x0041_",
    "e\u0301 \u202bابج\u202c 👩‍👩‍👧",
    "1,5;6",
]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_text_comes_back_as_it_is(client, kind):
    practices = {text: make_record(state=State.PUBLISHED, country="GY", summary_es=text) for text in TEXTS}
    found = planned(exported(client, kind, "&country=GY"), kind)
    for text, practice in practices.items():
        assert found[practice.code].outcome == Outcome.UNCHANGED, text


def test_every_text_list_and_relation_of_a_practice_stands_in_the_file():
    """What a version keeps has its column, but for the number in a list of ours and what follows from the texts."""
    columns = {
        (table.relation, column.target_field)
        for table in RELATED.values()
        for column in table.columns
        if column.imported_as
    }
    columns |= {("", column.target_field) for column in PRACTICES.columns if column.imported_as}
    columns |= {
        (column.imported_as.rows, column.target_field)
        for column in PRACTICES.columns
        if column.imported_as and column.imported_as.rows
    }
    kept = {("", field.name) for field in practice_content.content_fields(Practice)} | {
        ("", name) for name in practice_content.TERMS
    }
    for relation in practice_content.ROWS:
        kept |= {
            (relation, field.name) for field in practice_content.content_fields(practice_content.row_model(relation))
        }
    without_language = {
        (relation, name.removesuffix(name[-3:]) if name[-3:] in ("_es", "_en", "_pt") else name)
        for relation, name in kept
    }
    follows_from_texts = {("", "outdated_texts"), ("", "outdated_since")}
    kept_as_it_is = {("classifications", name) for name in ("term", "reason", "status", "confirmed_on")}
    assert without_language - columns == {("editors_notes", "anomaly"), *follows_from_texts, *kept_as_it_is}


def test_a_changed_original_marks_its_translations_outdated(secretariat):
    texts = {"title_en": "Title", "summary_en": "It attends.", "translation_status_en": TranslationStatus.CATALOGUE}
    draft = make_record(state=State.DRAFT, title="Antes", **texts)
    imported(small(code=draft.code, summary_es="Atiende y acompaña."), secretariat)
    assert Practice.objects.get(pk=draft.pk).translation_status_en == TranslationStatus.OUTDATED


# Changes


def test_a_changed_cell_is_told_as_a_difference_and_nothing_is_written(book):
    book.put("Practices", FIRST, summary_en="Another summary.")
    before = practice_content.read_content(Practice.objects.get(code=FIRST))
    found = planned(book.content())
    assert found[FIRST].outcome == Outcome.CHANGED
    assert changes_of(found[FIRST]) == {"summary_en"}
    assert [row.outcome for row in found.values()].count(Outcome.UNCHANGED) == 18
    assert practice_content.read_content(Practice.objects.get(code=FIRST)) == before


@pytest.mark.engines
def test_a_change_of_a_published_practice_waits_in_a_revision(book, secretariat):
    book.put("Practices", FIRST, summary_en="Another summary.", start="15 de septiembre de 2022", end="..")
    practice = Practice.objects.get(code=FIRST)
    before = practice_content.read_content(practice)
    run = imported(book.content(), secretariat)
    assert run.stage == Stage.APPLIED, run.refusal
    assert practice_content.read_content(practice) == before
    copy = practice.open_revision
    assert (copy.summary_en, copy.start, copy.state) == ("Another summary.", "2022-09-15", State.DRAFT)
    version = practice.versions.first()
    assert version.made_by == secretariat
    assert version.reason == f"Import of practices.xlsx (no. {run.pk})."


@pytest.mark.engines
def test_rows_of_other_sheets_are_added_changed_and_taken_away(book, secretariat):
    code = Link.objects.filter(order=2)[0].practice.code
    book.put("Links", code, label_en="Another label")
    book.drop("Links", code, 2)
    book.add(
        "Links", code=code, label_es="Nuevo", url="https://example.org/", kind="news", status="printed", language="es"
    )
    assert imported(book.content(), secretariat).stage == Stage.APPLIED
    practice = Practice.objects.get(code=code)
    links = list(practice.open_revision.links.all())
    assert links[0].label_en == "Another label"
    assert links[-1].url == "https://example.org/"
    assert len(links) == practice.links.count()


def test_codes_in_one_cell_make_rows_and_keep_what_the_others_say():
    practice = make_record(state=State.PUBLISHED, country="CL")
    practice.practice_countries.update(note_es="Con nota")
    found = planned(small(code=practice.code, countries="PE | CL"))[practice.code]
    rows = found.content["rows"]["practice_countries"]
    assert [(row["country"], row["order"], row["note_es"]) for row in rows] == [
        (["PE"], 1, ""),
        (["CL"], 2, "Con nota"),
    ]


def test_two_sheets_that_contradict_each_other_are_told(book):
    book.put("Practices", FIRST, networks="gender-and-migration | migrant-children-and-adolescents")
    book.put("Networks", FIRST, network="integrated-border-management")
    told = sentences(planned(book.content()))
    assert any("The separate sheet has other values" in sentence for *_place, sentence in told)


def test_a_column_or_a_sheet_that_is_not_there_keeps_what_is_stored(book):
    sheet = book.book["Practices"]
    sheet.delete_cols(book.column("Practices", "summary_es"))
    book.book.remove(book.book["Results"])
    assert outcomes(planned(book.content())) == {Outcome.UNCHANGED}


@pytest.mark.engines
def test_a_draft_is_changed_where_it_is(secretariat):
    draft = make_record(state=State.DRAFT, country="CL")
    assert imported(small(code=draft.code, title_es="Otro título", scope="local"), secretariat).stage == Stage.APPLIED
    draft.refresh_from_db()
    assert (draft.title_es, draft.scope, draft.state) == ("Otro título", "local", State.DRAFT)


# New practices


@pytest.mark.engines
def test_a_new_practice_becomes_a_draft_with_its_rows(book, secretariat):
    new_practice(book, start="2020", contact_code=Practice.objects.exclude(contact=None)[0].contact.slug)
    book.add(
        "Results", code="new-1", indicator_es="Casos", kind="result", value=12.5, as_printed="12,5", chartable=True
    )
    book.add("Organisations", code="new-1", organisation="iom", role="lead")
    run = imported(book.content(), secretariat)
    assert (run.stage, run.new, run.unchanged) == (Stage.APPLIED, 1, 19), run.refusal
    practice = Practice.objects.get(title_es="Práctica nueva")
    assert (practice.state, practice.created_by) == (State.DRAFT, secretariat)
    assert [country.iso2 for country in practice.implementing_countries] == ["PE", "CL"]
    assert [str(result.value) for result in practice.results.all()] == ["12.5000"]
    assert practice.organisations.get().slug == "iom"
    assert practice.translation_status_es == "original"
    version = practice.versions.get()
    assert version.reason.startswith("Import of")
    assert version.content == practice_content.read_content(practice)
    assert (practice.start, practice.runs_from, practice.slug) == (
        "2020",
        date(2020, 1, 1),
        f"practica-nueva-{practice.code.lower()}",
    )


@pytest.mark.engines
def test_a_new_practice_may_be_classified_and_the_reasons_are_written_later(book, secretariat):
    new_practice(book, gcm="11 | 16", sdg_targets="10.7")
    run = imported(book.content(), secretariat)
    assert (run.stage, run.new) == (Stage.APPLIED, 1), run.refusal
    rows = Practice.objects.get(title_es="Práctica nueva").classifications.all()
    assert {(row.term.code, row.reason) for row in rows} == {("11", ""), ("16", ""), ("10.7", "")}


def test_a_sheet_under_the_name_it_had_in_earlier_files_is_read(book):
    book.book["Classifications by framework"].title = "Clasificaciones según los marco"
    book.book["Codebook"].title = "Livro de códigos"
    notices, content = [], book.content()
    planned(content, notices=notices)
    assert notices == []


@pytest.mark.engines
def test_an_imported_practice_is_not_public_and_is_found_at_the_desk(book, secretariat, client):
    new_practice(book, title_es="Xilofón importado")
    imported(book.content(), secretariat)
    assert "Xilofón importado" not in client.get("/es/practicas/?q=xilofón").content.decode()
    client.force_login(secretariat)
    assert "Xilofón importado" in client.get("/admin/catalogue/practice/?q=Xilofón").content.decode()


def test_what_only_the_workflow_decides_is_told_and_not_obeyed(book, secretariat):
    forged = {"state": "published"} | dict.fromkeys(("owner", "created_by", "published_at", "version", "is_staff"), "1")
    row = new_practice(book)
    for name, value in forged.items():
        book.book["Practices"].cell(row, book.column("Practices", name), value)
    notices, content = [], book.content()
    assert planned(content, notices=notices)["new-1"].outcome == Outcome.NEW
    for name in forged:
        assert any(f"“{name}”" in notice for notice in notices), name
    imported(content, secretariat)
    practice = Practice.objects.get(title_es="Práctica nueva")
    assert (practice.state, practice.version, practice.published_at) == (State.DRAFT, 0, None)
    assert practice.created_by == secretariat


def test_code_and_slug_of_a_file_are_never_obeyed(book):
    new_practice(book, code="CSM-2026-900")
    book.put("Practices", FIRST, slug="another-slug")
    told = sentences(planned(book.content()))
    assert [(column, sentence.split(":")[0][:28]) for _sheet, _row, column, sentence in told] == [
        ("slug", "The slug of a practice canno"),
        ("code", "There is no practice with th"),
    ]


# What is wrong


WRONG = [
    ("scope", "planetary", "not a code of this list"),
    ("scope", None, "cannot be blank"),
    ("start", "yesterday", "is not a date"),
    ("end", "1990", "before the start"),
    ("networks", "no-such-network", "Code not found (network)"),
    ("countries", "XX", "Code not found (country)"),
    ("countries", None, "Add at least one country"),
    ("gcm", "99", "Code not found (objective"),
    ("summary_es", "x" * 321, "320"),
    ("period_not_stated", "perhaps", "not a valid value"),
    ("contact_code", "nobody", "Code not found (contact)"),
    ("title_es", "=1+1", "formula"),
    ("original_language", "fr", "fr"),
]


def test_a_wrong_cell_is_named_with_its_sheet_row_and_column(book):
    rows = {}
    for number, (column, value, _sentence) in enumerate(WRONG):
        code = f"new-{number}"
        rows[code] = new_practice(book, code=code, **{"start": "2020", column: value})
        book.put("Practices", code, **{column: value})
    found = planned(book.content())
    for (code, row), (column, _value, sentence) in zip(rows.items(), WRONG, strict=True):
        ((sheet, number, told, why),) = sentences({"": found[code]})
        assert (sheet, number, told) == ("Practices", row, column)
        assert sentence in why, (column, why)


ADDRESSES = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
    "&#106;avascript:alert(1)", "//example.org/x",
]  # fmt: skip


def test_an_address_that_is_not_of_the_web_is_refused(book):
    new_practice(book)
    link = {"code": "new-1", "label_es": "x", "kind": "news", "status": "printed", "language": "es"}
    rows = [book.add("Links", url=address, **link) for address in ADDRESSES]
    told = sentences({"": planned(book.content())["new-1"]})
    assert [(sheet, row, column) for sheet, row, column, _why in told] == [("Links", row, "url") for row in rows]


@pytest.mark.parametrize(
    "sign", ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x85", "\ud800", "\ufffe", "\ufdd0", "\U0001ffff"]
)
def test_a_sign_that_cannot_be_shown_is_refused(sign):
    with pytest.raises(WrongCell, match=r"U\+"):
        cells.as_text(f"a{sign}b")


@pytest.mark.parametrize("text", ["é", "e\u0301", "👩‍👩‍👧", "\u202bעברית\u202c", "a\tb\nc", "\U0001f600"])
def test_any_other_sign_is_kept(text):
    assert cells.as_text(text) == text


def test_rows_that_belong_to_nothing_or_stand_twice_are_told(book):
    book.add("Links", code="new-9", label_es="x")
    book.add("Practices", code=FIRST)
    book.add("Countries", code=FIRST, country="PE", role="implementing")
    told = " ".join(sentence for *_place, sentence in sentences(planned(book.content())))
    assert "no row with the code “new-9”" in told
    assert "earlier row" in told


@pytest.mark.engines
def test_nothing_is_written_while_anything_is_wrong(book, secretariat):
    before = Practice.objects.count()
    new_practice(book)
    book.put("Practices", FIRST, scope="planetary")
    run = imported(book.content(), secretariat)
    assert (run.stage, run.wrong, run.new) == (Stage.CHECKED, 1, 1)
    assert "cannot be carried out" in run.refusal
    assert Practice.objects.count() == before


@pytest.mark.engines
def test_a_practice_that_was_changed_after_the_export_is_told(book):
    book.put("Practices", FIRST, summary_en="Another summary.")
    Practice.objects.get(code=FIRST).save()
    ((_sheet, _row, column, sentence),) = sentences(planned(book.content()))
    assert column == "updated"
    assert "export it again" in sentence


@pytest.mark.engines
def test_an_open_revision_is_not_overwritten(book, secretariat):
    workflow.revise(Practice.objects.get(code=FIRST), by=secretariat)
    book.put("Practices", FIRST, summary_en="Another summary.")
    assert any("practice has an open proposed change" in s for *_p, s in sentences(planned(book.content())))


def test_an_archived_practice_is_not_changed(book):
    book.put("Practices", FIRST, summary_en="Another summary.")
    in_state(Practice.objects.get(code=FIRST), State.ARCHIVED)
    assert any("archived" in s for *_p, s in sentences(planned(book.content())))


@pytest.mark.engines
def test_the_preview_equals_the_result_or_nothing_is_written(book, secretariat):
    """Somebody changes the practice between the check and the import."""
    book.put("Practices", FIRST, summary_en="Another summary.")
    new_practice(book)
    run = runs.hand_in(io.BytesIO(book.content()), "x.xlsx", by=secretariat)
    runs.begin(run, "check")
    runs.run_step(run, "check")
    practice = Practice.objects.get(code=FIRST)
    practice.title_en = "Meanwhile"
    practice.save()
    runs.begin(run, "apply")
    runs.run_step(run, "apply")
    assert "has been changed since" in run.refusal
    assert not Practice.objects.filter(title_es="Práctica nueva").exists()
    assert practice.open_revision is None


# Undo


@pytest.mark.engines
def test_an_import_is_undone_as_one(book, secretariat):
    book.put("Practices", FIRST, summary_en="Another summary.")
    new_practice(book)
    before = {p.code: practice_content.read_content(p) for p in Practice.objects.all()}
    run = undone(imported(book.content(), secretariat), secretariat)
    assert run.stage == Stage.UNDONE, run.refusal
    assert {p.code: practice_content.read_content(p) for p in Practice.objects.all()} == before
    assert Practice.objects.get(code=FIRST).transitions.count() == 2
    assert AuditEntry.objects.filter(event=AuditEvent.IMPORT, user=secretariat).count() == 3


@pytest.mark.engines
def test_a_draft_says_again_what_it_said_before_the_import(secretariat):
    draft = make_record(state=State.DRAFT, country="CL", title="Antes")
    before = practice_content.read_content(draft)
    assert (
        undone(imported(small(code=draft.code, title_es="Después"), secretariat), secretariat).undone_by == secretariat
    )
    assert practice_content.read_content(draft) == before
    assert draft.versions.first().reason.endswith("undone.")


@pytest.mark.engines
@pytest.mark.parametrize("work", ["edited", "submitted", "published"])
def test_what_was_worked_on_since_is_not_undone(secretariat, work):
    record = make_record(state=State.PUBLISHED if work == "published" else State.DRAFT, country="CL")
    content = small(code=record.code, title_es="Otro") if work == "published" else small(**{**NEW, "keywords": None})
    run = imported(content, secretariat)
    practice = record.open_revision or Practice.objects.get(title_es="Práctica nueva")
    if work == "edited":
        practice.title_es = "Trabajada"
        practice.save()
        revisions.store_version(practice, by=secretariat)
    else:
        workflow.move(practice, "submit", by=secretariat)
    if work == "published":
        workflow.move(practice, "publish", by=secretariat)
    run = undone(run, secretariat)
    assert run.stage == Stage.APPLIED
    assert practice.record_code in run.refusal
    assert Practice.objects.filter(code=practice.record_code).exists()


def test_only_who_edits_everything_imports(book):
    for role in ("reviewer", "translator", "focal_point", "reader", None):
        with pytest.raises(Refused):
            imported(book.content(), make_editor(role))
    assert imported(book.content(), make_editor("administrator")).unchanged == 19
