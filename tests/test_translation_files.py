"""Texts to be translated are shown to who translates them, go out as a file, and are looked at before storing."""

import io
from datetime import date

import pytest
from babel.messages import pofile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from catalogue.admin import translation_files
from catalogue.choices import State
from catalogue.editorial.translation import status as translations
from catalogue.editorial.workflow import practice_content, workflow
from catalogue.models import Practice, Result, TranslationUpload
from tests.desk import in_state, make_editor
from tests.factories import make_practice
from tests.test_translations import DAY, edit, status, translated

pytestmark = pytest.mark.django_db

BOARD = reverse("admin:catalogue_practice_translations")
UPLOAD = reverse("admin:catalogue_practice_upload")


@pytest.fixture(autouse=True)
def in_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    with override("en"):
        yield


@pytest.fixture
def secretariat(client):
    person = make_editor("secretariat", language="en")
    client.force_login(person)
    return person


def downloaded(client, kind, **asked):
    answer = client.get(reverse("admin:catalogue_practice_texts", args=[kind]), asked)
    assert answer.status_code == 200
    return io.BytesIO(answer.content)


def rows_of(file):
    header, *rows = load_workbook(file).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def filled(rows, texts, **others):
    """Return a workbook as a translator sends it back: a program wrote it anew."""
    book, file = Workbook(), io.BytesIO()
    book.active.append(list(translation_files.COLUMNS))
    for row in rows:
        book.active.append(list({**row, **others, "translation": texts.get(row["text"], row["translation"])}.values()))
    book.save(file)
    return file.getvalue()


def uploaded(client, content, name="translations.xlsx"):
    """Upload a file and return the look at it."""
    answer = client.post(UPLOAD, {"file": SimpleUploadedFile(name, content)}, follow=True)
    assert answer.redirect_chain, answer.context["upload_form"].errors
    return answer


def kinds(answer):
    return {finding.line.path: finding.kind for finding, _word in answer.context["findings"]}


def sentences(answer):
    return [finding.sentence for finding, _word in answer.context["findings"]]


def store(client, look):
    address = reverse("admin:catalogue_practice_uploaded", args=[look.context["upload"].pk])
    return client.post(address, {"seen": look.context["seal"]}, follow=True)


# The board


@pytest.mark.engines
def test_the_board_shows_what_is_missing_and_outdated_the_oldest_first(client, secretariat):
    newer = edit(translated(limits_en="None."), title_es="Otra ventanilla")
    older = edit(translated(), title_es="Ventanilla única", limits_es="Falta personal.", today=date(2020, 1, 2))
    page = client.get(BOARD, {"language": "en"})
    lines = page.context["lines"]
    assert [line.practice for line in lines] == [older, newer]
    assert [(line.missing, line.outdated, line.since) for line in lines] == [(1, 1, date(2020, 1, 2)), (0, 1, DAY)]
    assert "/change/#id_title_en" in page.content.decode()


@pytest.mark.engines
def test_a_revision_stands_on_the_board_in_place_of_its_practice(client, secretariat):
    practice = translated(state=State.PUBLISHED)
    copy = workflow.revise(practice, by=secretariat)
    listed = [line.practice for line in client.get(BOARD, {"language": "pt"}).context["lines"]]
    assert listed == [copy]


@pytest.mark.engines
def test_the_board_is_narrowed_by_network_country_code_and_kind(client, secretariat):
    outdated = edit(translated(country="PE", summary_es=""), title_es="Única")
    missing = translated(country="CL", limits_es="Falta personal.")

    def listed(**asked):
        return {line.practice for line in client.get(BOARD, {"language": "en", **asked}).context["lines"]}

    assert listed(country="PE") == listed(wanted="outdated") == listed(code=outdated.code) == {outdated}
    assert listed(country="CL") == listed(wanted="missing") == {missing}
    assert listed(network="gender-and-migration") == {outdated, missing}
    assert listed(network="no-such") == set()


@pytest.mark.engines
def test_the_texts_of_rows_alone_bring_a_practice_to_the_board(client, secretariat):
    practice = make_practice(title_en="A", title_pt="A", state="draft")
    assert not client.get(BOARD, {"language": "en"}).context["lines"]
    Result.objects.create(practice=practice, order=1, indicator_es="Personas")
    (line,) = client.get(BOARD, {"language": "en"}).context["lines"]
    assert (line.practice, line.missing) == (practice, 1)


@pytest.mark.engines
def test_a_translator_sees_own_languages_and_a_focal_point_own_countries(client):
    chile, peru = translated(country="CL"), translated(country="PE")
    translator = make_editor("translator", translates=["pt"], language="en")
    focal_point = make_editor("focal_point", countries=["PE"])
    assert translations.translations_waiting(translator) == [("pt", "Portuguese", 2)]
    assert set(translations.practices_to_translate(translator, "pt")) == {chile, peru}
    assert not translations.practices_to_translate(translator, "en")
    assert set(translations.practices_to_translate(focal_point, "pt")) == {peru}
    assert not translations.practices_to_translate(focal_point, "en")


@pytest.mark.parametrize("role", ["reviewer", "reader", None])
def test_who_writes_no_texts_has_no_board(client, role):
    client.force_login(make_editor(role))
    assert client.get(BOARD).status_code == 403
    assert client.post(UPLOAD).status_code == 403


def test_the_board_says_whose_turn_it_is(client, secretariat):
    translated()
    assert secretariat.username in client.get(BOARD, {"language": "pt"}).content.decode()
    make_editor("translator", translates=["pt"], username="lingua")
    assert "lingua" in client.get(BOARD, {"language": "pt"}).content.decode()


@pytest.mark.engines
@pytest.mark.parametrize(
    ("asked", "status"),
    [({"language": "xx"}, 200), ({"country": "ZZ"}, 200), ({"page": "x"}, 200), ({"code": "\x00"}, 400)],
)
def test_a_board_asked_for_what_there_is_not_never_fails(client, secretariat, asked, status):
    assert client.get(BOARD, asked).status_code == status


# Out and back


@pytest.mark.parametrize("kind", ["xlsx", "po"])
def test_an_untouched_file_changes_nothing(client, secretariat, kind):
    edit(translated(), title_es="Ventanilla única", limits_es="Falta\n\n- personal\n- dinero")
    look = uploaded(client, downloaded(client, kind, language="en").read())
    assert look.context["used"] == look.context["wrong"] == 0


@pytest.mark.engines
def test_a_workbook_comes_back_with_new_and_changed_texts(client, secretariat):
    practice = edit(translated(), title_es="Ventanilla única", limits_es="Falta personal.")
    rows = rows_of(downloaded(client, "xlsx", language="en", code=practice.code))
    assert {row["text"]: row["state"] for row in rows} == {"title": "outdated", "limits": "missing"}
    before = practice_content.read_content(practice)
    look = uploaded(client, filled(rows, {"title": "Single desk", "limits": "Staff is lacking."}))
    assert kinds(look) == {"title": "changed", "limits": "new"}
    assert "<ins>Single</ins>" in look.content.decode()
    assert practice_content.read_content(practice) == before
    store(client, look)
    practice.refresh_from_db()
    assert (practice.title_en, practice.limits_en) == ("Single desk", "Staff is lacking.")
    assert status(practice) == ("catalogue", None, [])
    assert practice.versions.first().made_by == secretariat
    assert not TranslationUpload.objects.exists()


def test_a_po_file_comes_back_and_a_removed_fuzzy_mark_says_still_right(client, secretariat):
    practice = edit(translated(), title_es="Ventanilla única", limits_es="Falta personal.")
    catalog = pofile.read_po(downloaded(client, "po", language="en"))
    for message in catalog:
        if message.context == f"{practice.code}|limits":
            message.string = "Staff is lacking."
        message.flags.discard("fuzzy")
    file = io.BytesIO()
    pofile.write_po(file, catalog)
    look = uploaded(client, file.getvalue(), "en.po")
    assert kinds(look) == {"title": "confirmed", "limits": "new"}
    store(client, look)
    practice.refresh_from_db()
    assert (practice.title_en, practice.limits_en) == ("One-stop desk", "Staff is lacking.")
    assert status(practice) == ("catalogue", None, [])


def test_a_translation_that_is_still_right_is_confirmed_in_the_workbook(client, secretariat):
    practice = edit(translated(), title_es="Ventanilla única")
    rows = rows_of(downloaded(client, "xlsx", language="en"))
    store(client, uploaded(client, filled(rows, {}, still_right="x")))
    assert status(practice) == ("catalogue", None, [])


@pytest.mark.engines
def test_the_texts_of_a_published_practice_go_into_its_revision(client, secretariat):
    practice = translated(state=State.PUBLISHED)
    Result.objects.create(practice=practice, order=1, indicator_es="Personas")
    rows = rows_of(downloaded(client, "xlsx", language="pt"))
    texts = {"title": "Balcão único", "summary": "O que faz.", "results.1.indicator": "Pessoas"}
    store(client, uploaded(client, filled(rows, texts)))
    practice.refresh_from_db()
    copy = practice.open_revision
    assert not practice.title_pt
    assert (copy.title_pt, copy.results.get().indicator_pt, copy.state) == ("Balcão único", "Pessoas", State.DRAFT)
    assert status(copy, "pt")[0] == "catalogue"


@pytest.mark.engines
@pytest.mark.usefixtures("catalogue")
def test_the_texts_of_the_first_edition_survive_the_way_through_both_files(client, secretariat):
    day = timezone.now().date()
    Practice.objects.published().update(outdated_since_pt=day)
    for practice in Practice.objects.published():
        texts = translations.texts_of(practice_content.read_content(practice))
        practice.outdated_texts = {"pt": list(texts)}
        practice.save()
    for kind in ("xlsx", "po"):
        look = uploaded(client, downloaded(client, kind, language="pt").read())
        assert len(look.context["upload"].lines) > 500
        assert look.context["used"] == look.context["wrong"] == 0


# What is refused


def test_a_source_that_changed_since_the_download_is_told_and_not_overwritten(client, secretariat):
    practice = translated()
    rows = rows_of(downloaded(client, "xlsx", language="pt"))
    edit(practice, title_es="Ventanilla para todas")
    look = uploaded(client, filled(rows, {"title": "Balcão único", "summary": "O que faz."}))
    assert kinds(look) == {"title": "wrong", "summary": "new"}
    assert any("Ventanilla para todas" in sentence for sentence in sentences(look))
    store(client, look)
    practice.refresh_from_db()
    assert (practice.title_pt or "", practice.summary_pt) == ("", "O que faz.")


@pytest.mark.engines
def test_a_change_between_the_look_and_the_storing_stores_nothing(client, secretariat):
    practice = translated()
    rows = rows_of(downloaded(client, "xlsx", language="pt"))
    look = uploaded(client, filled(rows, {"title": "Balcão único", "summary": "O que faz."}))
    edit(practice, title_es="Ventanilla para todas")
    assert "Nothing has been saved yet" in store(client, look).content.decode()
    practice.refresh_from_db()
    assert not practice.summary_pt


def test_what_is_wrong_with_a_line_is_said(client, secretariat):
    practice = translated()
    (row, *_others) = rows_of(downloaded(client, "xlsx", language="pt", code=practice.code))
    wrong = [
        ({"code": "CSM-1999-001"}, "The practice CSM-1999-001"),
        ({"text": "nonsense"}, "no text “nonsense”"),
        ({"text": "results.9.note"}, "no text"),
        ({"language": "fr"}, "not a language"),
        ({"translation": "=1+1"}, "formula"),
        ({"translation": "x" * 401}, "400"),
        ({"fingerprint": "0"}, "original has changed"),
    ]
    for change, sentence in wrong:
        look = uploaded(client, filled([{**row, "translation": "Balcão", **change}], {}))
        assert look.context["used"] == 0
        assert sentence in " ".join(sentences(look)), change
    twice = uploaded(client, filled([{**row, "translation": "Balcão"}, {**row, "translation": "Outro"}], {}))
    assert twice.context["used"] == twice.context["wrong"] == 1


def test_a_translator_may_not_write_another_language(client):
    practice = translated(state=State.PUBLISHED)
    client.force_login(make_editor("secretariat", language="en"))
    rows = rows_of(downloaded(client, "xlsx", language="pt"))
    client.force_login(make_editor("translator", translates=["en"]))
    look = uploaded(client, filled(rows, {"title": "Balcão"}))
    assert look.context["used"] == 0
    assert "cannot translate it into this language" in " ".join(sentences(look))
    assert "Texts" not in client.get(reverse("admin:catalogue_practice_texts", args=["po"]), {"language": "pt"})
    assert not practice.open_revision


def test_a_focal_point_may_not_write_for_another_country(client, secretariat):
    practice = translated(country="CL")
    rows = rows_of(downloaded(client, "xlsx", language="pt"))
    client.force_login(make_editor("focal_point", countries=["PE"]))
    look = uploaded(client, filled(rows, {"title": "Balcão"}))
    assert f"The practice {practice.code} does not exist" in " ".join(sentences(look))


def test_a_focal_point_may_not_write_into_what_is_in_review(client):
    practice = in_state(translated(country="PE"), State.IN_REVIEW)
    focal_point = make_editor("focal_point", countries=["PE"])
    assert translations.writable_languages(focal_point, practice) == []
    assert translations.writable_languages(focal_point, in_state(practice, State.PUBLISHED)) == ["es", "en", "pt"]


def test_an_upload_is_seen_by_nobody_else(client, secretariat):
    translated()
    look = uploaded(client, downloaded(client, "po", language="pt").read())
    client.force_login(make_editor("secretariat"))
    assert client.get(look.redirect_chain[-1][0]).status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n", "XLSX, PO"),
        (b'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr "b"\n', "must name its language"),
        (b'msgid ""\nmsgstr "Language: es"\n\nmsgid "a"\nbroken\nmsgstr "b"\n', "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(client, secretariat, content, sentence):
    page = client.post(UPLOAD, {"file": SimpleUploadedFile("x.xlsx", content)})
    assert sentence in " ".join(page.context["upload_form"].errors["file"])


def test_a_workbook_without_its_columns_is_refused_in_a_sentence(client, secretariat):
    book, file = Workbook(), io.BytesIO()
    book.active.append(["código", "texto"])
    book.save(file)
    page = client.post(UPLOAD, {"file": SimpleUploadedFile("x.xlsx", file.getvalue())})
    assert "columns are missing" in " ".join(page.context["upload_form"].errors["file"])
