"""An independent harvester walks the whole catalogue, and learns what was withdrawn."""

from datetime import UTC, datetime, timedelta

import pytest
import requests
from lxml import etree
from sickle import Sickle
from sickle.oaiexceptions import BadResumptionToken, IdDoesNotExist, NoRecordsMatch

from catalogue.choices import State, TransitionKind
from catalogue.editorial.workflow import adaptations
from catalogue.harvest import oai_pmh
from catalogue.models import Practice, PublicRecord
from tests.desk import in_state, make_editor
from tests.factories import make_adaptation, make_many, make_practice

pytestmark = pytest.mark.django_db

NAMES = {"oai": oai_pmh.OAI, "dc": "http://purl.org/dc/elements/1.1/", "terms": "http://purl.org/dc/terms/"}
PREFIX = "oai:127.0.0.1:"


class Harvester(Sickle):
    """Sickle, asking the application itself instead of a server."""

    def __init__(self, client, **options):
        super().__init__("/oai", **options)
        self.client = client

    def _request(self, arguments):
        ask = self.client.get if self.http_method == "GET" else self.client.post
        answer, response = ask("/oai", arguments), requests.Response()
        response.status_code, response._content, response.encoding = answer.status_code, answer.content, "utf-8"
        return response


@pytest.fixture
def harvester(client):
    return Harvester(client)


def ask(client, **arguments):
    response = client.get("/oai", arguments)
    assert response.status_code == 200
    return etree.fromstring(response.content)


def error(client, query):
    return etree.fromstring(client.get(f"/oai?{query}").content).find("oai:error", NAMES).get("code")


def codes(records):
    return [record.header.identifier.removeprefix(PREFIX) for record in records]


def at(moment):
    return moment.astimezone(UTC).strftime(oai_pmh.SECOND)


def withdraw(practice):
    in_state(practice, State.ARCHIVED)


@pytest.mark.engines
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("prefix", ["oai_dc", "qdc"])
def test_a_harvester_walks_every_record_once_through_its_tokens(client, monkeypatch, method, prefix):
    monkeypatch.setattr(oai_pmh, "BATCH", 4)
    for _number in range(5):
        make_practice()
    withdraw(make_practice())
    found = codes(Harvester(client, http_method=method).ListRecords(metadataPrefix=prefix))
    assert len(found) == len(set(found)) == 25
    assert set(found) == set(PublicRecord.objects.values_list("code", flat=True))


@pytest.mark.engines
def test_the_last_batch_ends_with_an_empty_token_and_a_single_one_has_none(client, monkeypatch):
    assert ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc").find(".//oai:resumptionToken", NAMES) is None
    monkeypatch.setattr(oai_pmh, "BATCH", 10)
    first = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc").find(".//oai:resumptionToken", NAMES)
    last = ask(client, verb="ListIdentifiers", resumptionToken=first.text).find(".//oai:resumptionToken", NAMES)
    assert last.text is None


@pytest.mark.engines
def test_a_record_that_changes_during_the_harvest_hides_no_other(client, harvester, monkeypatch):
    monkeypatch.setattr(oai_pmh, "BATCH", 4)
    records = harvester.ListIdentifiers(metadataPrefix="oai_dc")
    seen = [next(records).identifier for _turn in range(3)]
    Practice.objects.get(code=seen[0].removeprefix(PREFIX)).save()
    seen += [header.identifier for header in records]
    assert set(seen) == {f"{PREFIX}{code}" for code in Practice.objects.published().values_list("code", flat=True)}


@pytest.mark.engines
def test_what_is_withdrawn_is_told_and_what_returns_is_given_again(client, harvester):
    practice = make_practice(country="GY")
    withdraw(practice)
    gone = harvester.GetRecord(identifier=f"{PREFIX}{practice.code}", metadataPrefix="oai_dc")
    assert gone.header.deleted
    assert gone.header.setSpecs == ["network:gender-and-migration", "country:GY"]
    assert gone.xml.find("oai:metadata", NAMES) is None
    assert codes(harvester.ListRecords(metadataPrefix="oai_dc", set="country:GY")) == [practice.code]
    in_state(practice, State.PUBLISHED)
    assert not harvester.GetRecord(identifier=f"{PREFIX}{practice.code}", metadataPrefix="oai_dc").header.deleted


@pytest.mark.engines
def test_a_record_that_is_deleted_or_withdrawn_in_bulk_is_told_as_well(harvester):
    deleted, in_bulk = make_practice(), make_practice()
    deleted.delete()
    in_state(in_bulk, State.ARCHIVED)
    for code in (deleted.code, in_bulk.code):
        header = harvester.GetRecord(identifier=f"{PREFIX}{code}", metadataPrefix="qdc").header
        assert header.deleted
        assert "country:CL" in header.setSpecs


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_what_never_was_public_does_not_exist(harvester, state):
    hidden = make_practice(state=state)
    with pytest.raises(IdDoesNotExist):
        harvester.GetRecord(identifier=f"{PREFIX}{hidden.code}", metadataPrefix="oai_dc")
    assert hidden.code not in codes(harvester.ListRecords(metadataPrefix="oai_dc"))


@pytest.mark.engines
def test_sets_are_networks_and_states(harvester):
    names = {each.setSpec for each in harvester.ListSets()}
    assert {"network", "country", "network:gender-and-migration", "country:PE"} <= names
    peru = codes(harvester.ListRecords(metadataPrefix="oai_dc", set="country:PE"))
    assert sorted(peru) == list(Practice.objects.published().in_countries(["PE"]).values_list("code", flat=True))
    assert len(codes(harvester.ListRecords(metadataPrefix="oai_dc", set="network"))) == 19
    for record in harvester.ListRecords(metadataPrefix="oai_dc", set="country:PE"):
        assert "country:PE" in record.header.setSpecs


@pytest.mark.engines
def test_changes_are_asked_for_by_their_time(harvester):
    long_ago, now = datetime(2020, 5, 1, 12, 0, 0, 700, UTC), datetime.now(UTC)
    old, new = make_practice(), make_practice()
    Practice.objects.filter(pk=old.pk).update(updated=long_ago)
    wanted = {"metadataPrefix": "oai_dc"}
    assert codes(harvester.ListRecords(**wanted, until=at(long_ago))) == [old.code]
    assert codes(harvester.ListRecords(**wanted, until="2020-05-01")) == [old.code]
    assert old.code not in codes(harvester.ListRecords(**wanted, **{"from": "2020-05-02"}))
    assert new.code in codes(harvester.ListRecords(**wanted, **{"from": at(now - timedelta(minutes=5))}))
    assert len(codes(harvester.ListRecords(**wanted, until="9999-12-31"))) == 21
    assert harvester.Identify().earliestDatestamp == at(long_ago)
    with pytest.raises(NoRecordsMatch):
        harvester.ListRecords(**wanted, until="2020-04-30")


@pytest.mark.engines
def test_an_adaptation_that_becomes_public_or_is_withdrawn_changes_its_practice(harvester):
    secretariat = make_editor("secretariat")
    adaptation = make_adaptation(state=State.IN_REVIEW)
    for move in (TransitionKind.PUBLISH, TransitionKind.ARCHIVE):
        Practice.objects.filter(pk=adaptation.practice.pk).update(updated=datetime(2020, 1, 1, tzinfo=UTC))
        since = at(datetime.now(UTC))
        adaptations.move(adaptation, move, by=secretariat, note="Decreto 77/2031")
        changed = harvester.ListRecords(**{"metadataPrefix": "oai_dc", "from": since})
        assert adaptation.practice.code in codes(changed), move


def test_a_record_says_what_it_is_in_the_languages_it_has(client):
    identifier = f"{PREFIX}CSM-2023-014"
    simple = ask(client, verb="GetRecord", identifier=identifier, metadataPrefix="oai_dc")
    titles = {each.get("{http://www.w3.org/XML/1998/namespace}lang"): each.text for each in simple.iter("{*}title")}
    assert titles["pt-BR"] == "Pré-cadastro migratório nas fronteiras"
    assert set(titles) == {"es", "en", "pt-BR"}
    assert "http://127.0.0.1:8000/p/CSM-2023-014/" in [each.text for each in simple.iter("{*}identifier")]
    rich = ask(client, verb="GetRecord", identifier=identifier, metadataPrefix="qdc")
    assert next(rich.iter("{http://purl.org/dc/terms/}spatial")).text == "BR"
    assert rich.find(".//terms:license", NAMES).text.startswith("https://creativecommons.org")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=Nothing", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&x=1", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=qdc", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2020-13-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-01&until=2019-01-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-01&until=2021-01-01T00:00:00Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"),
        ("verb=GetRecord&metadataPrefix=marc&identifier=x", "cannotDisseminateFormat"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=CSM-2023-001", "idDoesNotExist"),
        pytest.param(
            "verb=GetRecord&metadataPrefix=oai_dc&identifier=%00%0b", "idDoesNotExist", marks=pytest.mark.engines
        ),
        ("verb=ListMetadataFormats&identifier=oai:x:y", "idDoesNotExist"),
        ("verb=ListRecords&resumptionToken=forged", "badResumptionToken"),
        ("verb=ListSets&resumptionToken=forged", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=", "badResumptionToken"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=nothing", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=country:ZZ", "noRecordsMatch"),
    ],
)
def test_each_impossible_question_has_the_answer_of_the_protocol(client, query, code):
    assert error(client, query) == code


def test_a_forged_token_opens_nothing(client, harvester):
    with pytest.raises(BadResumptionToken):
        harvester.ListRecords(resumptionToken="eyJhIjoxfQ:x:y")


@pytest.mark.engines
def test_control_characters_do_not_break_the_answer(client):
    practice = make_practice(title="Uno\x0bdos\x1f", summary_es="a\x08b")
    record = ask(client, verb="GetRecord", identifier=f"{PREFIX}{practice.code}", metadataPrefix="qdc")
    assert record.find(".//dc:title", NAMES).text == "Unodos"


@pytest.mark.engines
def test_a_batch_costs_the_same_queries_whatever_the_rows(client, django_assert_max_num_queries):
    make_many(20)
    with django_assert_max_num_queries(23):
        ask(client, verb="ListRecords", metadataPrefix="qdc")
