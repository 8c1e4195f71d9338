"""The secretariat hands a file in, sees what it would do, carries it out and takes it back, in its language."""

import csv
import io
import json
import re
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from catalogue.choices import Stage, State
from catalogue.exports.tables import IMPORTED, PRACTICES
from catalogue.models import AuditEntry, ImportRun, Practice
from tests.desk import make_editor
from tests.spreadsheets import Book, planned, small, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

ADD = "/admin/catalogue/importrun/add/"
OTHERS = ["reviewer", "translator", "focal_point", "reader", None]


@pytest.fixture
def desk(client):
    client.force_login(make_editor("secretariat"))
    return client


def hand_in(desk, content, name="practices.xlsx", **headers):
    return desk.post(ADD, {"file": SimpleUploadedFile(name, content)}, follow=True, headers=headers)


def step(desk, name):
    run = ImportRun.objects.first()
    return desk.post(reverse("admin:catalogue_importrun_step", args=[run.pk, name]), follow=True)


def changed():
    book = Book(whole())
    book.put("Practices", "CSM-2023-001", summary_en="A summary of another kind.")
    return book


@pytest.mark.engines
def test_a_file_is_checked_shown_carried_out_and_undone(desk):
    page = hand_in(desk, changed().content(), **{"accept-language": "en"}).content.decode()
    assert "checked, not applied" in page.lower()
    assert "unchanged (18)" in page
    assert "<ins>" in page
    assert Practice.objects.revisions().count() == 0
    page = step(desk, "apply").content.decode()
    assert Practice.objects.revisions().get().summary_en == "A summary of another kind."
    run = ImportRun.objects.get()
    assert (run.stage, run.content, run.changed, len(run.sha256)) == (Stage.APPLIED, None, 1, 64)
    assert "step/undo/" in page
    assert "step/apply/" not in page
    step(desk, "undo")
    assert not Practice.objects.revisions().exists()
    assert [entry.subject.split()[0] for entry in AuditEntry.objects.filter(event="import")] == ["import"] * 3


@pytest.mark.engines
def test_an_import_is_opened_from_the_list_of_imports(desk):
    hand_in(desk, changed().content())
    links = re.findall(r'href="([^"]+importrun/\d+[^"]*)"', desk.get("/admin/catalogue/importrun/").content.decode())
    assert links
    for link in links:
        answer = desk.get(link, follow=True)
        assert answer.status_code == 200
        assert answer.context["run"] == ImportRun.objects.get()


@pytest.mark.engines
def test_a_step_is_taken_once(desk):
    hand_in(desk, changed().content())
    step(desk, "apply")
    step(desk, "apply")
    assert Practice.objects.revisions().count() == 1
    assert ImportRun.objects.get().stage == Stage.APPLIED


@pytest.mark.parametrize(
    ("language", "sentence"), [("es", "no es un código"), ("en", "is not a code"), ("pt-br", "não é um código")]
)
def test_what_is_wrong_is_named_in_the_reader_s_language_and_as_a_file(desk, language, sentence):
    book = changed()
    row = book.put("Practices", "CSM-2023-002", scope="=x")
    book.book["Practices"].cell(row, book.column("Practices", "scope")).data_type = "s"
    page = hand_in(desk, book.content(), **{"accept-language": language}).content.decode()
    assert sentence in page
    assert "step/apply/" not in page
    run = ImportRun.objects.get()
    lines = desk.get(reverse("admin:catalogue_importrun_result", args=[run.pk])).getvalue().decode("utf-8-sig")
    told = [line for line in csv.reader(io.StringIO(lines)) if line[3] == "CSM-2023-002"]
    assert told[0][:3] == ["Practices", str(row), told[0][2]]
    assert told[0][2].endswith("· scope")
    step(desk, "apply")
    assert not Practice.objects.revisions().exists()


@pytest.mark.engines
def test_the_rows_are_narrowed_to_one_result(desk):
    hand_in(desk, changed().content())
    address = reverse("admin:catalogue_importrun_run", args=[ImportRun.objects.get().pk])
    assert "CSM-2023-002" in desk.get(address).content.decode()
    page = desk.get(f"{address}?outcome=changed").content.decode()
    assert "CSM-2023-001" in page
    assert "CSM-2023-002" not in page


def test_the_template_holds_every_column_that_is_read_and_the_codebook(desk):
    answer = desk.get(reverse("admin:catalogue_importrun_template"), headers={"accept-language": "pt-br"})
    content = b"".join(answer.streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len(book.sheetnames) == 1 + len(IMPORTED) + 3
    names = [cell.value.rpartition("[")[2].rstrip("]") for cell in book.worksheets[0][1]]
    taken = [column.name for column in PRACTICES.columns if column.imported_as]
    assert {name.removesuffix("_es") for name in names} >= set(taken)
    explained = {row[1] for row in book["Dicionário de dados"].iter_rows(values_only=True)}
    assert set(names) <= explained
    assert planned(content) == {}


@pytest.mark.engines
def test_the_template_filled_in_becomes_a_draft(desk):
    content = b"".join(desk.get(reverse("admin:catalogue_importrun_template")).streaming_content)
    book = Book(content)
    first = book.book.sheetnames[0]
    book.add(first, code="new-1", title_es="Desde la plantilla", scope="local", countries="UY")
    book.add(first, code="new-1")
    book.book[first].delete_rows(3)
    book.put(first, "new-1", networks="gender-and-migration")
    hand_in(desk, book.content())
    step(desk, "apply")
    assert Practice.objects.get(title_es="Desde la plantilla").state == State.DRAFT


@pytest.mark.parametrize("role", OTHERS)
def test_who_does_not_edit_everything_finds_no_door(client, role):
    run = ImportRun.objects.create(file_name="x", kind="csv", language="en", stage=Stage.CHECKED)
    client.force_login(make_editor(role))
    addresses = [ADD, "/admin/catalogue/importrun/"]
    names = ["template", "progress", "result", "run"]
    addresses += [
        reverse(f"admin:catalogue_importrun_{name}", args=[run.pk] if name != "template" else []) for name in names
    ]
    for address in addresses:
        assert client.get(address).status_code == 403, address
    assert client.post(ADD, {"file": SimpleUploadedFile("x.csv", b"code\n")}).status_code == 403
    assert client.post(reverse("admin:catalogue_importrun_step", args=[run.pk, "apply"])).status_code == 403
    assert ImportRun.objects.get().stage == Stage.CHECKED
    assert "importrun" not in client.get("/admin/").content.decode()


@pytest.mark.engines
def test_an_import_that_died_says_so_and_can_be_taken_again(desk):
    hand_in(desk, changed().content())
    run = ImportRun.objects.get()
    ImportRun.objects.update(stage=Stage.APPLYING, heard_at=timezone.now())
    told = json.loads(desk.get(reverse("admin:catalogue_importrun_progress", args=[run.pk])).content)
    assert told["at_work"]
    ImportRun.objects.update(heard_at=timezone.now() - timedelta(minutes=5))
    page = desk.get(reverse("admin:catalogue_importrun_run", args=[run.pk]), headers={"accept-language": "en"})
    assert "Nothing was saved" in page.content.decode()
    step(desk, "apply")
    assert Practice.objects.revisions().count() == 1


def test_a_file_that_is_not_read_at_all_is_told_beside_the_field_or_on_its_page(desk):
    english = {"accept-language": "en"}
    assert "type of file is not accepted" in hand_in(desk, b"%PDF-1.7 x", **english).content.decode()
    assert not ImportRun.objects.exists()
    page = hand_in(desk, b"name,title_es\nx,y\n", "x.csv", **english).content.decode()
    assert "no column “code”" in page
    one_language = b"".join(desk.get("/en/practices.csv").streaming_content)
    assert "lang=all" in hand_in(desk, one_language, "x.csv", **english).content.decode()
    assert {run.stage for run in ImportRun.objects.all()} == {Stage.FAILED}


def test_stored_markup_stays_text_on_the_page(desk):
    content = small(code="new-1", title_es="<script>alert(1)</script>", scope="<b>", networks="x", countries="<i>")
    page = hand_in(desk, content, "<img src=x>.xlsx").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    assert "&lt;script&gt;alert" in page
