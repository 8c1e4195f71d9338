"""Meetings, forums and commitments: what the sources say, what is derived, and that every list agrees with itself."""

import json
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from lxml import etree

from catalogue.choices import AnswerBasis
from catalogue.models import CommitmentAnswer, Practice, Presentation
from networks.filters import meetings_for
from networks.models import Commitment, Forum, Meeting, MeetingBody, MeetingFeature, MeetingFigure, Network, Source
from tests.desk import in_state, make_editor
from tests.factories import make_practice
from tests.test_admin import form_data

pytestmark = pytest.mark.django_db

LISTS = {"es": "/es/reuniones/", "en": "/en/meetings/", "pt": "/pt-br/reunioes/"}
ATOM = {"a": "http://www.w3.org/2005/Atom"}
DATES = {  # as the sources give them: start, end, derived
    "high-level-technical-meeting-venezuelan-children-2019": ("2019-03-27", "2019-03-28", True),
    "crm-adhoc-children-group-1-2014": ("2014", "", False),
    "crm-adhoc-children-group-2-2015": ("2015", "", True),
    "crm-adhoc-children-group-3-2015": ("2015-08-18", "2015-08-20", True),
    "quito-process-iv-buenos-aires-2019": ("2019-07-04", "2019-07-05", True),
    "x-sacm-cochabamba": ("", "", False),
    "sacm-extended-troika-ii-2023": ("2023-05-16", "2023-05-16", False),
    "sacm-network-webinars-2023": ("2023-06", "2023-07", False),
    "sacm-psdhm-update-meetings-2023": ("2023", "", True),
    "xxi-sacm-lima-2023": ("2023-12-05", "2023-12-06", False),
    "bolivia-national-meeting-migrant-children": ("", "", False),
    "bolivia-international-event-planned": ("", "", False),
    "bolivia-regulation-presentation-2023": ("2023-12-18", "2023-12-18", False),
    "peru-chile-border-coordination-2023": ("", "", False),
    "venezuela-roundtable-meeting-2022-08": ("2022-08", "", True),
    "international-conference-rights-venezuelans-proposed": ("", "", False),
}
NAMES = {
    "high-level-technical-meeting-venezuelan-children-2019": (
        "High Level Technical Meeting on protection of Venezuelan migrant and refugee children"
    ),
    "crm-adhoc-children-group-1-2014": "First meeting, Ad Hoc Group on Migrant Children and Adolescents",
    "crm-adhoc-children-group-2-2015": "Second meeting, Ad Hoc Group on Migrant Children and Adolescents",
    "crm-adhoc-children-group-3-2015": (
        "Third meeting, Ad Hoc Group on Migrant Children and Adolescents, with workshop on holistic protection"
    ),
    "quito-process-iv-buenos-aires-2019": "IV International Technical Meeting of the Quito Process",
    "x-sacm-cochabamba": "X South American Conference on Migration",
    "sacm-extended-troika-ii-2023": ("II Meeting of the Extended Troika of the South American Conference on Migration"),
    "sacm-network-webinars-2023": "Five SACM network webinars",
    "sacm-psdhm-update-meetings-2023": "Meetings to update the PSDHM",
    "xxi-sacm-lima-2023": "XXI South American Conference on Migration",
    "bolivia-national-meeting-migrant-children": (
        "National Meeting on the situation of migrant children and adolescents in the Plurinational State of Bolivia"
    ),
    "bolivia-international-event-planned": "International event on right to education experiences (planned)",
    "bolivia-regulation-presentation-2023": "Presentation of the right-to-education regulation (planned)",
    "peru-chile-border-coordination-2023": "Coordination meetings on the Tacna crossing",
    "venezuela-roundtable-meeting-2022-08": "Meeting of the National Roundtable attended by Defensa Pública",
    "international-conference-rights-venezuelans-proposed": (
        "International conference on a strategy for the exercise of rights of Venezuelan refugees"
        " and migrants (proposed)"
    ),
}
FORUMS = [
    "sacm",
    "quito-process",
    "crm",
    "mercosur",
    "ippdh",
    "iom",
    "unhcr",
    "unicef",
    "icrc",
    "aecid",
    "eu-eurofront",
    "canada",
    "r4v",
    "joint-special-representative",
    "rncom",
    "oas",
    "un",
    "un-network-on-migration",
]
ROAD_MAP = 7
DECLARATION = 4


def make_meeting(**fields):
    """Return a saved meeting of one State, held on a known day."""
    number = Meeting.objects.count()
    given = {"slug": f"test-{number}", "name_es": f"Reunión {number}", "level": "national", "status": "held"}
    meeting = Meeting.objects.create(**{**given, **fields})
    meeting.sources.add(Source.objects.first())
    return meeting


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())


# What the sources say


def test_sixteen_meetings_with_the_dates_of_the_sources():
    found = {row.slug: (row.start, row.end, row.date_derived) for row in Meeting.objects.all()}
    assert found == DATES


def test_a_year_is_derived_where_it_is_not_printed_beside_the_date():
    for meeting in Meeting.objects.exclude(start=""):
        printed = meeting.start[:4] in meeting.date_as_printed and "/" not in meeting.date_as_printed
        assert meeting.date_derived is not printed, meeting.slug
        assert meeting.date_note_es or printed


def test_meetings_bear_the_names_of_the_sources():
    assert {row.slug: row.name_en for row in Meeting.objects.all()} == NAMES


@pytest.mark.engines
def test_eighteen_forums_in_the_order_of_the_facts():
    assert list(Forum.objects.values_list("slug", flat=True)) == FORUMS


def test_states_that_the_source_does_not_list_are_not_tied_to_a_meeting():
    quito = Meeting.objects.get(slug="quito-process-iv-buenos-aires-2019")
    assert (quito.countries_count, quito.countries.count(), quito.host.iso2) == (14, 0, "AR")
    crm = Meeting.objects.get(slug="crm-adhoc-children-group-3-2015")
    assert len(crm.other_countries.split()) == crm.countries_count == 11
    children = Meeting.objects.get(slug="high-level-technical-meeting-venezuelan-children-2019")
    assert children.countries.count() == children.countries_count == 9


def test_figures_keep_their_date_and_their_source():
    rows = MeetingFigure.objects.order_by("as_of").values_list("value", "more_than", "as_of", "as_printed")
    assert [tuple(row) for row in rows] == [
        (3_400_000, False, "2019-03", "3.4 million"),
        (4_000_000, True, "2019-07", "exceeded 4 million"),
    ]
    assert all(row.counted_by_es for row in MeetingFigure.objects.all())


def test_the_road_map_is_recorded_action_by_action():
    agreed = Commitment.objects.filter(meeting__slug="quito-process-iv-buenos-aires-2019")
    assert agreed.filter(slug__startswith="buenos-aires-road-map-").count() == ROAD_MAP
    assert list(agreed.filter(priority=True).values_list("slug", flat=True)) == ["buenos-aires-road-map-mobility-card"]
    assert agreed.filter(slug__startswith="buenos-aires-declaration-", status="agreed").count() == DECLARATION
    assert Commitment.objects.get(slug="crm-protection-manual").status == "under_way"
    troika = Commitment.objects.get(slug="troika-network-webinars")
    assert (troika.status, troika.fulfilled_at.slug) == ("fulfilled", "sacm-network-webinars-2023")


def test_what_was_only_presented_is_not_told_as_agreed(client):
    card = Commitment.objects.get(slug="buenos-aires-road-map-mobility-card")
    assert (card.status, card.priority, bool(card.evidence_es)) == ("presented", True, True)
    assert "la fuente no dice que se haya acordado" in read(client, "/es/compromisos/")


def test_no_commitment_is_read_into_a_meeting_that_made_none():
    national = Meeting.objects.get(slug="bolivia-national-meeting-migrant-children")
    assert not national.commitments.exists()


@pytest.mark.parametrize("slug", ["crm-adhoc-children-group-3-2015", "sacm-network-webinars-2023"])
def test_nobody_convenes_a_meeting_whose_convenor_the_source_does_not_name(slug):
    meeting = Meeting.objects.get(slug=slug)
    assert not meeting.bodies.filter(role="convenor").exists()


def test_meetings_whose_place_no_source_states_have_no_host():
    border = Meeting.objects.get(slug="peru-chile-border-coordination-2023")
    assert (border.host, border.place_es or "", border.start) == (None, "", "")
    assert sorted(country.iso2 for country in border.countries.all()) == ["CL", "PE"]


def test_the_proposal_has_its_five_features():
    rows = MeetingFeature.objects.filter(meeting__slug="international-conference-rights-venezuelans-proposed")
    assert "".join(rows.values_list("letter", flat=True)) == "ABCDE"


def test_all_nineteen_practices_were_presented_at_the_webinar_of_their_network():
    for practice in Practice.objects.published():
        row = Presentation.objects.get(practice=practice, meeting__slug="sacm-network-webinars-2023")
        assert (row.kind, row.network) == ("presented", practice.primary_network)


# What the records refuse


@pytest.mark.engines
def test_a_meeting_of_a_forum_names_it():
    for fields in ({"level": "forum"}, {"level": "national", "forum": Forum.objects.get(slug="sacm")}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_meeting(**fields)


@pytest.mark.engines
def test_only_a_date_that_is_given_can_be_derived():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_meeting(date_derived=True)


@pytest.mark.engines
def test_an_end_before_the_start_is_refused():
    with pytest.raises(ValidationError, match="end"):
        Meeting(name_es="X", start="2023-05-02", end="2023-05-01").clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_meeting(start="2023-05-02", end="2023-05-01")


@pytest.mark.parametrize("codes", ["XX1", "mx", "MX ZZX", "Q9"])
def test_what_is_no_country_is_refused(codes):
    with pytest.raises(ValidationError, match="other_countries"):
        Meeting(slug="x", name="X", level="national", status="held", other_countries=codes).clean_fields()


def test_a_participant_is_one_of_the_list_or_a_name():
    meeting, sacm = Meeting.objects.first(), Forum.objects.get(slug="sacm")
    for row in (MeetingBody(meeting=meeting), MeetingBody(meeting=meeting, forum=sacm, name_es="CSM")):
        with pytest.raises(ValidationError, match="forum"):
            row.clean()
    MeetingBody(meeting=meeting, forum=sacm).clean()


def test_a_status_beyond_agreed_needs_its_evidence():
    with pytest.raises(ValidationError, match="evidence"):
        Commitment(text_es="X", actors_es="Y", status="fulfilled").clean()


# The list


@pytest.mark.parametrize("language", LISTS)
def test_the_list_shows_every_meeting_in_each_language(client, language):
    page = read(client, LISTS[language])
    for meeting in Meeting.objects.all():
        assert getattr(meeting, f"name_{language}") in page


def test_a_derived_year_and_a_missing_date_are_said(client):
    page = read(client, LISTS["es"])
    assert page.count("año deducido") == sum(derived for _start, _end, derived in DATES.values())
    assert page.count('<span class="none">Fecha no indicada') == 5
    assert "27 y 28 de marzo de 2019" in page
    assert "18–20 de agosto de 2015" in page


FILTERS = [
    ("forum=crm", 3),
    ("forum=sacm&forum=crm", 8),
    ("forum=iom", 0),
    ("country=CL", 2),
    ("country=pe", 5),
    ("network=gender-and-migration", 2),
    ("year=2015", 2),
    ("year=2014&year=2015", 3),
    ("year=2023&country=BO", 2),
    ("year=1999", 0),
    ("forum=&unknown=1", 16),
]


@pytest.mark.engines
@pytest.mark.parametrize(("query", "total"), FILTERS)
def test_page_files_and_api_agree_on_a_filter(client, query, total):
    page = read(client, f"/es/reuniones/?{query}")
    assert page.count('<li class="hit') == total
    assert f'role="status">{total} reuni' in page
    assert client.get(f"/es/reuniones.json?{query}").json()["meta"]["count"] == total
    assert client.get(f"/es/reuniones.csv?{query}").getvalue().decode("utf-8-sig").count("\r\n") == total + 1
    assert client.get(f"/api/v1/meetings/?{query}").json()["meta"]["count"] == total


@pytest.mark.engines
@pytest.mark.parametrize("query", ["", "year=2023", "country=BO&year=2023", "network=gender-and-migration"])
def test_a_count_beside_a_choice_is_what_the_list_holds_after_the_click(query):
    chosen = dict(part.split("=") for part in query.split("&") if part)
    for field, choices in meetings_for(chosen).facets():
        for choice in choices:
            assert meetings_for({**chosen, field.name: choice.value}).qs.count() == choice.count, choice


def test_a_country_finds_what_it_hosted_though_no_participants_are_listed(client):
    assert "X Conferencia Suramericana" in read(client, "/es/reuniones/?country=BO")


@pytest.mark.parametrize("query", ["year=soon", "forum=nowhere", "country=XX", "network=7", "year=1492"])
def test_an_impossible_value_is_said_beside_its_field_and_widens_nothing(client, query):
    page = read(client, f"/es/reuniones/?{query}")
    assert f'id="id_{query.split("=")[0]}_error"' in page
    assert 'class="hit' not in page
    for file in ("ics", "atom", "csv", "json"):
        answer = client.get(f"/es/reuniones.{file}?{query}")
        assert (answer.status_code, query.split("=")[0] in answer.content.decode()) == (400, True)
    problem = client.get(f"/api/v1/meetings/?{query}")
    assert problem.status_code == 400
    assert problem.json()["parameters"][0]["parameter"] == query.split("=")[0]


def test_no_results_say_that_only_no_record_is_known(client):
    assert "Eso no significa que no se haya realizado ninguna" in read(client, "/es/reuniones/?year=1999")


@pytest.mark.engines
def test_the_list_costs_the_same_queries_whatever_the_rows(client, django_assert_max_num_queries):
    for _number in range(20):
        make_meeting(start="2023-05-01").networks.add(Network.objects.first())
    with django_assert_max_num_queries(18):
        read(client, LISTS["es"])
    assert client.get("/es/reuniones/?page=2").status_code == 200
    assert client.get("/es/reuniones/?page=9").status_code == 404


# One meeting, one forum, what was agreed


@pytest.mark.parametrize("language", LISTS)
def test_each_meeting_tells_all_of_its_record_in_each_language(client, language):
    for meeting in Meeting.objects.for_detail():
        page = read(client, f"{LISTS[language]}{meeting.slug}/")
        rows = {"documents": "label", "features": "text", "notes": "reason", "figures": "indicator", "sources": "title"}
        for name, field in rows.items():
            assert all(getattr(row, f"{field}_{language}") in page for row in getattr(meeting, name).all())
        for name in ("topics", "outcomes"):
            text = getattr(meeting, f"{name}_{language}") or ""
            assert all(line in page for line in text.splitlines())
        for body in meeting.bodies.all():
            assert getattr(body.forum or body, f"name_{language}") in page


def test_a_meeting_shows_its_commitments_with_status_and_answers(client):
    page = read(client, "/en/meetings/quito-process-iv-buenos-aires-2019/")
    assert page.count('class="agreed"') == ROAD_MAP + 1 + DECLARATION
    assert "Agreed; the sources say nothing later of it" in page
    assert "None documented" in page
    assert "/en/practices/sisetp-information-system-brazil/" in page


def test_a_planned_meeting_is_not_told_as_held(client):
    page = read(client, "/en/meetings/bolivia-regulation-presentation-2023/")
    assert "does not say whether it took place" in page


@pytest.mark.engines
def test_what_is_not_published_is_at_no_meeting(client):
    practice = Practice.objects.get(code="CSM-2023-007")
    assert practice.slug in read(client, "/es/reuniones/sacm-network-webinars-2023/")
    in_state(practice, "archived")
    for address in ("/es/reuniones/sacm-network-webinars-2023/", "/es/compromisos/"):
        assert practice.slug not in read(client, address)
    assert practice.code not in client.get("/api/v1/commitments/").content.decode()
    assert practice.code not in client.get("/api/v1/meetings/sacm-network-webinars-2023/").content.decode()


def test_commitments_of_all_meetings_are_on_one_page(client):
    page = read(client, "/pt-br/compromissos/")
    assert page.count('class="agreed"') == Commitment.objects.count() == 15
    for commitment in Commitment.objects.all():
        assert commitment.text_pt in page


def test_every_forum_has_its_page_with_its_meetings(client):
    assert all(forum.name_es in read(client, "/es/foros/") for forum in Forum.objects.all())
    page = read(client, "/en/forums/crm/")
    assert page.count("Ad Hoc Group on Migrant Children and Adolescents</a>") == 2
    iom = read(client, "/pt-br/foros/iom/")
    assert "/pt-br/reunioes/crm-adhoc-children-group-3-2015/" in iom
    assert client.get("/es/foros/nowhere/").status_code == 404


def test_a_practice_says_where_it_was_presented_and_what_it_answers(client):
    page = read(client, "/es/practicas/pnr-rescue-programme-argentina/")
    assert "Cinco seminarios web de las redes de la CSM" in page
    assert "Trata y tráfico de migrantes" in page
    assert "/es/reuniones/quito-process-iv-buenos-aires-2019/#buenos-aires-road-map-trafficking" in page


@pytest.mark.parametrize(
    ("address", "meeting"),
    [
        ("/es/paises/ar/", "quito-process-iv-buenos-aires-2019"),
        ("/es/paises/cl/", "peru-chile-border-coordination-2023"),
        ("/es/redes/gender-and-migration/", "sacm-network-webinars-2023"),
    ],
)
def test_a_country_and_a_network_show_their_meetings(client, address, meeting):
    assert f"/es/reuniones/{meeting}/" in read(client, address)


def test_who_has_no_meeting_is_told_so(client):
    assert "No hay reuniones documentadas" in read(client, "/es/paises/sr/")


def test_a_page_carries_the_meeting_as_an_event(client):
    page = client.get("/en/meetings/xxi-sacm-lima-2023/").content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert (data["@type"], data["startDate"], data["endDate"]) == ("Event", "2023-12-05", "2023-12-06")
    undated = client.get("/en/meetings/x-sacm-cochabamba/").content.decode()
    assert "startDate" not in undated


# Files


def unfolded(client, address):
    """The lines of a calendar as RFC 5545 wants them read: folded ones joined, and what must be true of all."""
    content = client.get(address).content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.endswith(b"END:VCALENDAR\r\n")
    return content.replace(b"\r\n ", b"").decode().split("\r\n")


def test_the_calendar_holds_only_meetings_whose_day_is_known(client):
    lines = unfolded(client, "/es/reuniones.ics")
    known = {slug for slug, (start, _end, _derived) in DATES.items() if len(start) == 10}
    uids = {line.split(":")[1].split("@")[0] for line in lines if line.startswith("UID:")}
    assert uids == known
    assert client.get("/es/reuniones.ics")["Content-Type"] == "text/calendar; charset=utf-8"


def test_events_last_whole_days_and_end_the_day_after(client):
    lines = unfolded(client, "/en/meetings.ics?forum=quito-process")
    assert "DTSTART;VALUE=DATE:20190704" in lines
    assert "DTEND;VALUE=DATE:20190706" in lines
    assert any("Year derived" in line for line in lines if line.startswith("DESCRIPTION:"))


def test_a_planned_meeting_is_tentative(client):
    lines = unfolded(client, "/es/reuniones.ics?country=BO&year=2023")
    assert [line for line in lines if line.startswith("STATUS")] == ["STATUS:TENTATIVE"]


def test_signs_of_the_calendar_in_a_name_stay_text(client):
    make_meeting(start="2030-01-02", name_es="Uno; dos, tres\nDTSTART:19990101")
    lines = unfolded(client, "/es/reuniones.ics?year=2030")
    assert "SUMMARY:Uno\\; dos\\, tres\\nDTSTART:19990101" in lines


@pytest.mark.engines
def test_the_feed_holds_the_meetings_to_come_the_next_one_first(client):
    assert not etree.fromstring(client.get("/es/reuniones.atom").content).findall("a:entry", ATOM)
    today = timezone.now().date()
    for days in (40, 3, 0, -1):
        day = (today + timedelta(days=days)).isoformat()
        make_meeting(start=day, end=day, status="announced", slug=f"in-{days}")
    feed = etree.fromstring(client.get("/es/reuniones.atom").content)
    links = [link.get("href").split("/")[-2] for link in feed.findall("a:entry/a:link", ATOM)]
    assert links == ["in-0", "in-3", "in-40"]
    assert feed.find("a:link[@rel='self']", ATOM).get("href").endswith("/es/reuniones.atom")


@pytest.mark.engines
def test_an_address_answers_304_until_something_changes(client):
    etag = client.get("/es/reuniones/")["ETag"]
    assert client.get("/es/reuniones/", headers={"if-none-match": etag}).status_code == 304
    Meeting.objects.first().save()
    assert client.get("/es/reuniones/", headers={"if-none-match": etag}).status_code == 200


def test_the_table_is_inert_in_a_spreadsheet(client):
    make_meeting(start="2031", name_es="=cmd()")
    assert ",'=cmd()" in client.get("/es/reuniones.csv?year=2031").getvalue().decode("utf-8-sig")


def test_what_is_no_file_is_not_found(client):
    assert client.get("/es/reuniones.exe").status_code == 404


# The API


@pytest.mark.engines
def test_the_api_tells_the_whole_record(client):
    record = client.get("/api/v1/meetings/crm-adhoc-children-group-3-2015/?lang=pt").json()
    assert record["name"].startswith("Terceira reunião")
    roles = [(body["role"], body["forum"]) for body in record["bodies"] if body["forum"]]
    assert roles == [("participant", "iom"), ("participant", "unhcr"), ("participant", "rncom")]
    forums = client.get("/api/v1/forums/?page_size=200").json()["forums"]
    assert [forum["slug"] for forum in forums] == FORUMS
    rows = client.get("/api/v1/commitments/?fields=slug,answers,same_subject").json()["commitments"]
    for name, basis in (("answers", AnswerBasis.SOURCE), ("same_subject", AnswerBasis.SAME_SUBJECT)):
        assert sum(len(row[name]) for row in rows) == CommitmentAnswer.objects.filter(basis=basis).count()


# What a source says of a commitment, and what this catalogue reads


def an_answer(**fields):
    practice = make_practice(start="2021")
    commitment = Commitment.objects.get(slug="crm-protection-manual")
    return CommitmentAnswer(practice=practice, commitment=commitment, reason_es="Trata lo mismo.", **fields)


@pytest.mark.parametrize(
    ("language", "page", "claim"),
    [
        ("es", "/es/compromisos/", "responde al compromiso:"),
        ("en", "/en/commitments/", "answers it:"),
        ("pt", "/pt-br/compromissos/", "responde ao compromisso:"),
    ],
)
def test_a_practice_on_the_same_subject_is_never_said_to_answer_a_commitment(client, language, page, claim):
    answer = an_answer()
    answer.save()
    record = answer.practice
    assert claim not in read(client, page)
    with translation.override("pt-br" if language == "pt" else language):
        address = record.get_absolute_url()
    assert claim not in read(client, address)
    rows = client.get("/api/v1/commitments/").json()["commitments"]
    told = next(row for row in rows if row["slug"] == answer.commitment.slug)
    assert told["answers"] == [] and [row["practice"] for row in told["same_subject"]] == [record.code]
    answer.basis = AnswerBasis.SOURCE
    answer.save()
    assert claim in read(client, page)
    assert claim in read(client, address)
    rows = client.get("/api/v1/commitments/").json()["commitments"]
    told = next(row for row in rows if row["slug"] == answer.commitment.slug)
    assert told["same_subject"] == [] and [row["practice"] for row in told["answers"]] == [record.code]


def test_what_began_before_a_commitment_cannot_answer_it_nor_what_nothing_is_known_of(in_english):
    answer = an_answer(basis=AnswerBasis.SOURCE)
    answer.clean()
    answer.practice.runs_from = date(2008, 1, 1)
    with pytest.raises(ValidationError, match="began before"):
        answer.clean()
    answer.practice.runs_from = date(2021, 1, 1)
    answer.commitment = Commitment.objects.get(slug="buenos-aires-road-map-health")
    with pytest.raises(ValidationError, match="nothing later is known"):
        answer.clean()
    answer.basis = AnswerBasis.SAME_SUBJECT
    answer.clean()


def test_no_practice_of_a_state_that_took_no_part_stands_below_the_road_map(client):
    assert "CSM-2023-011" not in client.get("/api/v1/commitments/").content.decode()


# Dates


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2019-03-27", "2019-03-28", "27 and 28 March 2019"),
        ("2015-08-18", "2015-08-20", "18–20 August 2015"),
        ("2019-03-27", "2019-04-02", "27 March 2019 – 2 April 2019"),
        ("2023-06", "2023-07", "June – July 2023"),
        ("2023-05-16", "2023-05-16", "16 May 2023"),
        ("2014", "", "2014"),
        ("2014", "2016", "2014 – 2016"),
        ("", "", ""),
    ],
)
def test_days_of_a_meeting_in_words(start, end, words):
    with translation.override("en"):
        assert Meeting(start=start, end=end).date_in_words.replace("\u2009", " ") == words


@pytest.mark.engines
def test_days_follow_the_dates_when_a_meeting_is_saved():
    meeting = make_meeting(start="2023-06", end="2023-07")
    assert (meeting.first_day, meeting.last_day) == (date(2023, 6, 1), date(2023, 7, 31))


# The desk


def test_the_secretariat_edits_a_meeting_and_a_focal_point_does_not(client):
    address = f"/admin/networks/meeting/{Meeting.objects.first().pk}/change/"
    client.force_login(make_editor("secretariat"))
    assert 'name="name_es"' in client.get(address).content.decode()
    client.force_login(make_editor("focal_point"))
    assert 'name="name_es"' not in client.get(address).content.decode()


@pytest.mark.engines
def test_saving_a_meeting_unchanged_keeps_all_of_it(client):
    client.force_login(make_editor("secretariat"))
    meeting = Meeting.objects.get(slug="quito-process-iv-buenos-aires-2019")
    before = client.get(f"/api/v1/meetings/{meeting.slug}/").json()
    address = f"/admin/networks/meeting/{meeting.pk}/change/"
    response = client.post(address, form_data(client.get(address)))
    assert response.status_code == 302, response.context["errors"]
    assert client.get(f"/api/v1/meetings/{meeting.slug}/").json() == before
