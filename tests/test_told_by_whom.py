"""What the source says, what this catalogue reads and judges, and who is only named: told apart everywhere."""

import csv
import io
import json

import docx
import pytest
from django.urls import reverse
from django.utils import translation
from docx.oxml.ns import qn

from catalogue.choices import ClassificationStatus, Outcome
from catalogue.coverage.documentation_gaps import gaps
from catalogue.editions.freeze import records_of
from catalogue.editorial.workflow import diff, practice_content
from catalogue.harvest.dublin_core import organisations_of
from catalogue.models import Classification, Organisation, Practice, PracticeOrganisation, Term
from catalogue.models.narrative import MAY_BE_INFERRED
from catalogue.publication import facts
from tests.desk import make_editor
from tests.factories import make_practice
from tests.spreadsheets import exported, planned

pytestmark = pytest.mark.django_db

LANGUAGES = ("es", "en", "pt-br")
READING = {
    "es": "lectura de este catálogo; la fuente no lo dice",
    "en": "reading of this catalogue; the source does not say it",
    "pt-br": "leitura deste catálogo; a fonte não o diz",
}
PROPOSED = {
    "es": "propuesta, aún sin confirmar",
    "en": "proposed, not yet confirmed",
    "pt-br": "proposta, ainda não confirmada",
}
EVIDENCE = {
    "es": "Nivel de evidencia (clasificación de este catálogo)",
    "en": "Evidence level (classified by this catalogue)",
    "pt-br": "Nível de evidência (classificação deste catálogo)",
}
SECRETARIAT = {
    "es": "por la Secretaría Técnica)",
    "en": "by the Technical Secretariat)",
    "pt-br": "pela Secretaria Técnica)",
}
MARKS = [f"{field}_inferred" for field in MAY_BE_INFERRED]
NEW_ROLES = ("participant", "issuer", "information", "contact", "mentioned")


@pytest.fixture
def read_here(db):
    """A practice of which three texts are the editors’ reading, and whose judgements nobody has confirmed."""
    texts = {f"{field}_{code}": f"{field} {code}" for field in MAY_BE_INFERRED for code in ("es", "en", "pt")}
    titles = {f"title_{code}": "Ventanilla" for code in ("en", "pt")}
    meaning = {"acronym": "VUM", "acronym_meaning_es": "Ventanilla Única de Migraciones"}
    marks = dict.fromkeys(MARKS, True)
    practice = make_practice(title="Ventanilla", evidence="figures", **texts, **titles, **marks, **meaning)
    for scheme, code in (("gcm", "7"), ("sdg_target", "10.7")):
        term = Term.objects.get(scheme=scheme, code=code)
        Classification.objects.create(practice=practice, term=term, reason_es="Porque sí.")
    return practice


def of_docx(response):
    assert response.status_code == 200
    return "\n".join(node.text for node in docx.Document(io.BytesIO(response.content)).element.body.iter(qn("w:t")))


def surfaces(client, practice, language):
    """Yield the name and the words of all that shows the long texts of a practice to people."""
    with translation.override(language):
        pages = {
            "page": practice.get_absolute_url(),
            "comparison": f"{reverse('practice_compare')}?id={practice.code}&id=CSM-2023-007",
            "replication": reverse("replication", args=[practice.slug]),
        }
        files = {
            "brief": reverse("brief_file", args=[practice.slug, "docx"]),
            "replication file": reverse("replication_file", args=[practice.slug, "docx"]),
            "worksheet": reverse("worksheet_file", args=[practice.slug]),
            "comparison file": f"{reverse('comparison_file', args=['docx'])}?id={practice.code}&id=CSM-2023-007",
            "book": f"{reverse('book_file', args=['docx'])}?id={practice.code}",
        }
    yield from ((name, client.get(address).content.decode()) for name, address in pages.items())
    yield from ((name, of_docx(client.get(address))) for name, address in files.items())


TOLD = {  # how many of the three texts each of them shows
    "page": 3,
    "comparison": 3,
    "replication": 2,
    "brief": 3,
    "replication file": 2,
    "worksheet": 2,
    "comparison file": 3,
    "book": 3,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reading_of_the_editors_says_so_beside_its_text_wherever_it_is_shown(client, read_here, language):
    found = {name: words.count(READING[language]) for name, words in surfaces(client, read_here, language)}
    assert found == TOLD
    for mark in MARKS:
        setattr(read_here, mark, False)
    read_here.save()
    assert not any(READING[language] in words for _name, words in surfaces(client, read_here, language))


def test_a_reading_is_a_gap_of_the_source_on_the_page_in_the_book_and_as_a_question(client, read_here):
    page = client.get(f"/en/practices/{read_here.slug}/").content.decode()
    silent = page[page.index("The source says nothing on:") :].partition("</p>")[0]
    assert all(label in silent for label in ("Innovation", "Replicability", "Sustainability"))
    book = of_docx(client.get(f"/en/practices.docx?id={read_here.code}"))
    silent = book[book.index("The source says nothing on:") :].partition(".")[0]
    assert all(label in silent for label in ("Innovation", "Replicability", "Sustainability"))
    brief = client.get(f"/en/practices/{read_here.slug}/replicate/").content.decode()
    questions = brief[brief.index("Questions to ask") :]
    assert "Conditions for replication" in questions and "Sustainability" in questions


@pytest.mark.engines
def test_gaps_count_a_reading_as_missing(in_english, read_here):
    counted = dict(gaps(Practice.objects.filter(pk=read_here.pk), 1))
    assert {"what is new about it", "what another State would need to do the same", "what keeps it going"} <= set(
        counted
    )
    Practice.objects.filter(pk=read_here.pk).update(innovation_inferred=False)
    assert "what is new about it" not in dict(gaps(Practice.objects.filter(pk=read_here.pk), 1))


def test_files_the_codebook_and_the_api_tell_readings_apart(client, read_here):
    body = b"".join(client.get(f"/en/practices.csv?id={read_here.code}").streaming_content).decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(body, newline="")))
    by_name = {header.partition("[")[2].rstrip("]"): cell for header, cell in row.items()}
    assert [by_name[mark] for mark in MARKS] == ["true"] * 3
    assert by_name["acronym_meaning"] == "Ventanilla Única de Migraciones"
    book = b"".join(client.get("/en/codebook.csv")).decode("utf-8-sig")
    lines = [line for line in csv.DictReader(io.StringIO(book, newline="")) if line["Table [table]"] == "practices"]
    known = {line["Column [column]"]: line["Meaning in English [meaning_en]"] for line in lines}
    assert all("reading of this catalogue" in known[mark] for mark in MARKS)
    assert "acronym_meaning" in known
    for answer in (
        json.loads(client.get(f"/en/practices/{read_here.slug}.json").content),
        client.get(f"/api/v1/practices/{read_here.slug}/").json(),
    ):
        record = answer.get("practice", answer)
        assert [record[mark] for mark in MARKS] == [True] * 3
        assert record["acronym_meaning"] == "Ventanilla Única de Migraciones"
    schema = client.get("/api/v1/schema/?format=json").content.decode()
    assert all(mark in schema for mark in (*MARKS, "acronym_meaning"))
    with translation.override("en"):
        assert all(records_of(Practice.objects.for_detail().get(pk=read_here.pk))["en"][mark] for mark in MARKS)


def test_a_workbook_brings_readings_back(client, catalogue, in_english, read_here):
    content = exported(client)
    assert planned(content)[read_here.code].outcome == Outcome.UNCHANGED
    Practice.objects.filter(pk=read_here.pk).update(innovation_inferred=False, acronym_meaning_es="Otra cosa")
    told = planned(content)[read_here.code]
    assert told.content["fields"]["innovation_inferred"] is True
    assert told.content["fields"]["acronym_meaning_es"] == "Ventanilla Única de Migraciones"


def test_versions_hold_readings_and_an_older_version_says_nothing_of_them(in_english, read_here):
    content = practice_content.read_content(read_here)
    assert all(content["fields"][mark] for mark in MARKS)
    without = {**content, "fields": {**content["fields"], **dict.fromkeys(MARKS, False)}}
    assert {change.field for change in diff.compare(without, content)} == set(MARKS)
    older = {**content, "fields": {k: v for k, v in content["fields"].items() if k not in MARKS}}
    assert diff.compare(older, without) == []
    assert practice_content.as_practice(read_here, content).innovation_inferred


def test_the_form_asks_for_readings_and_for_what_the_acronym_stands_for(client):
    client.force_login(make_editor("administrator"))
    page = client.get(f"/admin/catalogue/practice/{make_practice(state='draft').pk}/change/").content.decode()
    names = (*MARKS, "acronym_meaning_es", "acronym_meaning_en", "acronym_meaning_pt")
    assert all(f'name="{name}"' in page for name in names)


@pytest.mark.parametrize(("language", "meaning"), [("es", "Spanish"), ("en", "English"), ("pt-br", "Portuguese")])
def test_the_codebook_and_the_pages_on_the_whole_say_whose_the_judgement_is(client, language, meaning):
    book = b"".join(client.get("/en/codebook.csv")).decode("utf-8-sig")
    lines = csv.DictReader(io.StringIO(book, newline=""))
    line = next(line for line in lines if line["Column [column]"] == "evidence")
    told = line[f"Meaning in {meaning} [meaning_{language[:2]}]"]
    assert PROPOSED[language] in told
    with translation.override(language):
        pages = [reverse("coverage"), reverse("about"), reverse("result_list"), reverse("commitment_list")]
    for address in pages:
        assert SECRETARIAT[language] not in client.get(address).content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_surface_says_that_the_secretariat_judged_what_is_only_proposed(client, read_here, language):
    for name, words in surfaces(client, read_here, language):
        assert SECRETARIAT[language] not in words, name
        if name != "comparison file":  # it tells no classification
            assert PROPOSED[language] in words, name
        if name not in ("worksheet", "comparison file"):
            assert EVIDENCE[language] in words, name


def test_a_confirmed_classification_is_told_as_confirmed(client, in_english, read_here):
    row = read_here.classifications.get(term__scheme="gcm")
    row.status, row.confirmed_on = ClassificationStatus.CONFIRMED, "2026-11-30"
    row.save()
    practice = Practice.objects.for_detail().get(pk=read_here.pk)
    words = "".join(span["text"] for span in facts.classification_spans(practice, "gcm"))
    assert words.endswith("(confirmed by the Technical Secretariat)")
    assert "proposed, not yet confirmed" in "".join(
        s["text"] for s in facts.classification_spans(practice, "sdg_target")
    )


@pytest.fixture
def named(db):
    """A practice with a body for each of the roles that take no part in it."""
    practice = make_practice()
    slugs = [slug for slug in Organisation.objects.values_list("slug", flat=True) if slug != "iom"]
    for order, (role, slug) in enumerate(zip(NEW_ROLES, slugs, strict=False), start=2):
        body = Organisation.objects.get(slug=slug)
        PracticeOrganisation.objects.create(practice=practice, organisation=body, role=role, order=order)
    return practice


def test_who_is_only_named_is_shown_with_its_role_and_counts_as_no_partner(client, in_english, named):
    page = client.get(f"/en/practices/{named.slug}/").content.decode()
    rows = named.practice_organisations.exclude(role="lead")
    for row in rows:
        assert f'<h3 class="role">{row.get_role_display()}</h3>' in page
    practice = Practice.objects.for_detail().get(pk=named.pk)
    assert practice.supporting_organisations == []
    acting = [row.organisation for row in rows.filter(role="participant")]
    assert organisations_of(practice) == [*practice.lead_organisations, *acting]
    body = b"".join(client.get(f"/en/practices.csv?id={named.code}").streaming_content).decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(body, newline="")))
    assert row["Partners [partners]"] == row["Funders [funders]"] == ""
    told = client.get(f"/api/v1/practices/{named.slug}/").json()
    told = told.get("practice", told)
    assert [each["role"] for each in told["organisations"]] == ["lead", *NEW_ROLES]
    sheet = of_docx(client.get(f"/en/practices/{named.slug}/un-network.docx"))
    assert all(str(row.organisation) not in sheet for row in rows)
