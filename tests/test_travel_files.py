"""Where a practice was presented, who adapts it and which texts lag behind: in every file, the API and the harvest."""

import io
import json
import zipfile
from datetime import date

import pytest
from rdflib import Graph, Literal, Namespace

from catalogue.choices import PresentationKind, State
from catalogue.models import Practice, Presentation
from networks.models import Meeting, Network
from tests.factories import make_adaptation, make_practice
from tests.test_downloads import LISTS, csv_rows
from tests.test_exports import body_of, by_name, package, table_in

pytestmark = pytest.mark.django_db

SCHEMA = Namespace("https://schema.org/")


@pytest.fixture
def practice():
    """A practice of Guyana that was presented at two meetings and is adapted by three States, one of them in public."""
    practice = make_practice(title="Viajera", country="GY")
    first, second = Meeting.objects.exclude(first_day=None).order_by("first_day", "slug")[:2]
    network = Network.objects.get(slug="gender-and-migration")
    Presentation.objects.create(practice=practice, meeting=second, kind=PresentationKind.SUBJECT)
    Presentation.objects.create(practice=practice, meeting=first, network=network, note_es="Escriban a ana@example.org")
    make_adaptation(
        practice=practice, country="PE", stage="piloting", since="2025-03", changes_es="Sin costo", changes_en="Free"
    )
    make_adaptation(practice=practice, country="CL", state=State.DRAFT, changes_es="Borrador secreto")
    make_adaptation(practice=practice, country="BO", state=State.ARCHIVED, changes_es="Archivo secreto")
    return practice


def meetings_of(practice):
    return [row.meeting for row in Presentation.objects.of_practice(practice)]


IN_WORDS = {  # stage, what the meetings had to do with it, what was changed
    "es": ("Piloto en curso", ["presentada en la reunión", "asunto de la reunión"], "Sin costo"),
    "en": ("Piloting", ["presented at the meeting", "subject of the meeting"], "Free"),
    "pt": ("Projeto-piloto em andamento", ["apresentada na reunião", "assunto da reunião"], "Sin costo"),
}


@pytest.mark.parametrize("language", IN_WORDS)
def test_tables_of_their_own_name_the_meetings_and_the_adaptations(client, practice, language):
    archive = package(client, f"?country=GY&lang={language}")
    stage, kinds, changes = IN_WORDS[language]
    shown = table_in(archive, "presentations")
    assert [row["meeting"] for row in shown] == [meeting.slug for meeting in meetings_of(practice)]
    assert [row["kind_label"] for row in shown] == kinds
    assert [row["network"] for row in shown] == ["gender-and-migration", ""]
    assert shown[0]["start"] == meetings_of(practice)[0].start
    (row,) = table_in(archive, "adaptations")
    assert (row["code"], row["country"], row["stage"], row["stage_label"]) == (practice.code, "PE", "piloting", stage)
    assert (row["since"], row["changes"], row["evidence"]) == ("2025-03", changes, "Boletín oficial 12/2030")


@pytest.mark.parametrize("extension", ["csv", "xlsx", "ods", "zip"])
@pytest.mark.parametrize("query", ["", "&shape=long", "&lang=all&provenance=1"])
def test_what_is_not_published_of_others_and_mailboxes_are_in_no_file(client, practice, extension, query):
    body = body_of(client, f"/es/practicas.{extension}?country=GY{query}")
    if zipfile.is_zipfile(io.BytesIO(body)):
        opened = zipfile.ZipFile(io.BytesIO(body))
        body = b"".join(opened.read(name) for name in opened.namelist())
        assert b"Sin costo" in body
    assert b"secreto" not in body
    assert b"ana@example.org" not in body


@pytest.mark.parametrize("language", LISTS)
def test_the_long_shape_has_a_row_for_each_meeting_and_each_adaptation(client, practice, language):
    rows = by_name(csv_rows(client, f"{LISTS[language]}.csv?country=GY&shape=long"))
    told = [(row["variable"], row["item"], row["role"]) for row in rows]
    first, second = (meeting.slug for meeting in meetings_of(practice))
    assert [row for row in told if row[0] in ("presentations", "adaptations")] == [
        ("presentations", first, "presented"),
        ("presentations", second, "subject"),
        ("adaptations", "PE", "piloting"),
    ]


@pytest.mark.parametrize("address", ["/en/practices/{slug}.json", "/api/v1/practices/{slug}/?lang=en"])
def test_a_record_for_programs_tells_them_and_nothing_unpublished(client, practice, address):
    record = json.loads(client.get(address.format(slug=practice.slug)).content)
    assert [row["meeting"] for row in record["presentations"]] == [row.slug for row in meetings_of(practice)]
    assert record["presentations"][0]["url"].endswith(f"/en/meetings/{meetings_of(practice)[0].slug}/")
    assert [(row["country"], row["stage"], row["changes"]) for row in record["adaptations"]] == [
        ("PE", "piloting", "Free")
    ]
    assert "ana@example.org" not in json.dumps(record)


def test_linked_data_says_it_in_the_words_of_schema_org(client, practice):
    graph = Graph().parse(data=client.get(f"/en/practices/{practice.slug}.jsonld").content, format="json-ld")
    (subject,) = graph.subjects(SCHEMA.identifier, Literal(practice.code))
    meetings = {
        str(graph.value(event, SCHEMA.url)).rsplit("/", 2)[1] for event in graph.objects(subject, SCHEMA.subjectOf)
    }
    assert meetings == {meeting.slug for meeting in meetings_of(practice)}
    (adaptation,) = graph.subjects(SCHEMA.isBasedOn, subject)
    assert str(graph.value(adaptation, SCHEMA.creativeWorkStatus)) == "Piloting"
    assert str(graph.value(graph.value(adaptation, SCHEMA.spatialCoverage), SCHEMA.identifier)) == "PE"


def test_linked_data_names_the_edition(client):
    practice = Practice.objects.get(code="CSM-2023-001")
    data = json.loads(client.get(f"/es/practicas/{practice.slug}.jsonld").content)
    assert data["isBasedOn"]["name"] == practice.edition.title
    assert data["isBasedOn"]["url"].endswith("/2023/")


@pytest.mark.engines
def test_the_richer_format_of_harvesters_tells_them(client, practice):
    query = {"verb": "GetRecord", "identifier": f"oai:127.0.0.1:{practice.code}", "metadataPrefix": "qdc"}
    answer = client.get("/oai", query).content.decode()
    for meeting in meetings_of(practice):
        assert f"/es/reuniones/{meeting.slug}/</dcterms:isReferencedBy>" in answer
    assert '<dcterms:hasVersion xml:lang="es">Perú: Piloto en curso</dcterms:hasVersion>' in answer
    assert answer.count("hasVersion xml:lang") == 3, "one adaptation, in three languages"


@pytest.mark.engines
def test_the_meetings_of_the_nineteen_practices_are_in_the_files(client):
    presented = Presentation.objects.of_published().count()
    assert presented > 0
    assert len(table_in(package(client), "presentations")) == presented


@pytest.mark.engines
def test_the_day_since_which_a_translation_lags_behind_is_told(client):
    practice = make_practice(
        title="Original", country="GY", title_en="Old", translation_status_en="outdated", outdated_since_en="2026-02-03"
    )
    (row,) = by_name(csv_rows(client, "/en/practices.csv?country=GY&provenance=1"))
    assert (row["translation_status"], row["outdated_since"]) == ("outdated", "2026-02-03")
    (row,) = by_name(csv_rows(client, "/en/practices.csv?country=GY&provenance=1&lang=all"))
    assert [row[f"outdated_since_{language}"] for language in ("es", "en", "pt")] == ["", "2026-02-03", ""]
    (row,) = by_name(csv_rows(client, "/en/practices.csv?country=GY"))
    assert "outdated_since" not in row, "only where the origin of the texts is asked for"
    practice.refresh_from_db()
    assert practice.outdated_since_en == date(2026, 2, 3)
    told = json.loads(client.get(f"/api/v1/practices/{practice.slug}/").content)["outdated_since"]
    assert told == {"es": "", "en": "2026-02-03", "pt": ""}
