"""The daily round visits every public link, tells editors and readers what is broken, and harms nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import URLField

from catalogue.choices import LinkOutcome, State
from catalogue.errors import Refused
from catalogue.link_checker import schedule
from catalogue.link_checker.link_sources import OF_PAGES, OF_PRACTICES, shown_urls
from catalogue.link_checker.safe_connection import AllowedNetwork
from catalogue.link_checker.visit import PUBLIC, Visit
from catalogue.models import Citation, Edition, LegalInstrument, Link, LinkCheck, Practice, Reference
from catalogue.models.version import current
from tests import web
from tests.factories import make_practice

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 11, 12, tzinfo=UTC)
DAY = timedelta(days=1)
GONE = Visit(LinkOutcome.NOT_FOUND, 404, "https://gone.example/")
THERE = Visit(LinkOutcome.REACHED, 200, "https://gone.example/")


@pytest.fixture
def no_links():
    """The catalogue without its own links, so that a round visits those of the test alone."""
    for model in (Link, LegalInstrument):
        model.objects.all().delete()
    Reference.objects.update(url="")
    for model, field in OF_PAGES:
        model.objects.update(**{field: ""})


def linking(url="https://gone.example/", *, state=State.PUBLISHED, status="printed"):
    """Return a practice that links to an address."""
    practice = make_practice(state=state)
    Link.objects.create(practice=practice, label_es="Página", url=url, kind="official", status=status, language="es")
    return practice


def broken(url="https://gone.example/", last=NOON + DAY):
    schedule.store(url, GONE, last - DAY)
    schedule.store(url, GONE, last)
    return LinkCheck.objects.get(url=url)


def run(server, **options):
    network = AllowedNetwork(
        ports=frozenset({server.port}), may_reach=lambda address: address == web.OPEN_DOOR, seconds=5
    )
    return schedule.run(network=network, pace=lambda host: None, **options)


# What is visited


def test_every_field_for_an_address_is_in_the_list_of_what_is_visited():
    models = [m for name in ("catalogue", "networks") for m in apps.get_app_config(name).get_models()]
    fields = {(m, f.name) for m in models for f in m._meta.concrete_fields if isinstance(f, URLField)}
    listed = {(Practice._meta.get_field(relation).related_model, field) for relation, field, _shown in OF_PRACTICES}
    by_way = {(Citation, "reference__url"): (Reference, "url")}
    assert fields == {by_way.get(entry, entry) for entry in listed} | set(OF_PAGES)


def test_the_round_visits_links_laws_sources_and_editions(no_links):
    practice = linking("https://link.example/")
    LegalInstrument.objects.create(practice=practice, title_es="Ley", kind="act", url="https://law.example/")
    reference = Reference.objects.first()
    Reference.objects.filter(pk=reference.pk).update(url="https://source.example/")
    Citation.objects.create(practice=practice, author_es="OIM", reference=reference)
    Edition.objects.filter(pk=reference.edition_id).update(url="https://home.example/")
    assert shown_urls() == {f"https://{name}.example/" for name in ("link", "law", "source", "home")}


def test_what_readers_cannot_follow_is_not_visited(no_links):
    for state in set(State) - {State.PUBLISHED}:
        linking("https://draft.example/", state=state)
    linking("https://misprinted.example/", status="suspect")
    assert shown_urls() == set()


@pytest.mark.engines
def test_a_round_stores_status_final_address_and_time_of_each(no_links):
    with web.serving({"/old": (301, "/new"), "/new": 200}) as server:
        linking(server.url("/old"))
        linking(server.url("/none"))
        run(server)
        moved, gone = LinkCheck.objects.get(url=server.url("/old")), LinkCheck.objects.get(url=server.url("/none"))
        assert (moved.outcome, moved.status_code, moved.moved_to) == ("reached", 200, server.url("/new"))
        assert (gone.outcome, gone.status_code, gone.broken) == ("not_found", 404, False)
        assert gone.failing_since == gone.visited_at


@pytest.mark.engines
def test_the_next_round_visits_only_what_is_due(no_links):
    with web.serving({"/": 200}) as server:
        linking(server.url("/"))
        assert len(run(server)) == 1
        assert run(server) == []
        assert len(run(server, older_than=timedelta(0))) == 1


def test_what_failed_is_visited_again_the_next_day_the_rest_after_a_week(no_links):
    linking("https://gone.example/")
    linking("https://there.example/")
    schedule.store("https://gone.example/", GONE, NOON)
    schedule.store("https://there.example/", THERE, NOON)
    assert schedule.due(NOON + timedelta(hours=1)) == []
    assert schedule.due(NOON + DAY) == ["https://gone.example/"]
    assert set(schedule.due(NOON + 7 * DAY)) == {"https://gone.example/", "https://there.example/"}


@pytest.mark.engines
def test_a_limited_round_begins_with_what_was_never_visited(no_links):
    with web.serving({"/": 200, "/new": 200}) as server:
        linking(server.url("/"))
        run(server)
        linking(server.url("/new"))
        assert [url for url, _seen in run(server, limit=1, older_than=timedelta(0))] == [server.url("/new")]


@pytest.mark.engines
def test_what_is_no_longer_shown_is_forgotten(no_links):
    broken("https://gone.example/")
    with web.serving({}) as server:
        run(server)
    assert not LinkCheck.objects.exists()


def test_a_machine_without_a_connection_stores_nothing(no_links):
    for name in ("a", "b", "c"):
        linking(f"https://{name}.example/")

    def unreachable(host):
        raise OSError("no route")

    with pytest.raises(Refused):
        schedule.run(network=AllowedNetwork(resolve=unreachable), pace=lambda host: None)
    assert not LinkCheck.objects.exists()


def test_one_host_that_answers_shows_that_the_others_do_not(no_links):
    with web.serving({"/": 200}) as server:
        for url in ("http://127.0.0.9:81/", "http://127.0.0.8:81/", "http://127.0.0.7:81/", server.url("/")):
            linking(url)
        run(server)
    assert LinkCheck.objects.filter(outcome=LinkOutcome.FORBIDDEN).count() == 3


def test_the_command_never_goes_inside(no_links, capsys):
    with web.serving({"/": 200}, address="127.0.0.1") as canary:
        linking(canary.url("/", host="127.0.0.1"))
        call_command("check_links", verbosity=2)
        assert canary.asked == []
    assert "1 addresses visited" in capsys.readouterr().out
    assert LinkCheck.objects.get().outcome == LinkOutcome.FORBIDDEN
    assert PUBLIC.ports == {80, 443}


@pytest.mark.parametrize("option", [{"limit": 0}, {"older_than": -1}])
def test_the_command_refuses_an_impossible_number(option):
    with pytest.raises(CommandError, match="--limit"):
        call_command("check_links", **option)


# When a link is broken


def test_a_link_is_broken_when_it_fails_again_a_day_later():
    schedule.store("https://gone.example/", GONE, NOON)
    schedule.store("https://gone.example/", GONE, NOON + timedelta(hours=2))
    assert not LinkCheck.objects.get().broken
    schedule.store("https://gone.example/", GONE, NOON + DAY)
    assert LinkCheck.objects.get().broken
    assert LinkCheck.objects.get().failing_since == NOON


def test_a_link_that_answers_again_is_whole_again():
    broken()
    schedule.store("https://gone.example/", THERE, NOON + 2 * DAY)
    schedule.store("https://gone.example/", GONE, NOON + 3 * DAY)
    assert not LinkCheck.objects.get().broken


FAILURES = [outcome for outcome in LinkOutcome if outcome not in (LinkOutcome.REACHED, LinkOutcome.REFUSED)]


@pytest.mark.parametrize("outcome", FAILURES)
def test_every_failure_counts(outcome):
    for day in range(2):
        schedule.store("https://gone.example/", Visit(outcome, None, ""), NOON + day * DAY)
    assert LinkCheck.objects.get().broken


def test_a_page_that_lets_no_program_in_is_not_called_broken():
    for day in range(3):
        schedule.store("https://gone.example/", Visit(LinkOutcome.REFUSED, 403, ""), NOON + day * DAY)
    assert not LinkCheck.objects.get().broken


# What readers see

SENTENCES = {
    "es": "no se pudo abrir el 12 de mayo de 2026",
    "en": "could not be reached on 12 May 2026",
    "pt-br": "não foi possível abri-lo em 12 de maio de 2026",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_the_page_says_quietly_that_a_link_could_not_be_reached_and_still_offers_it(client, language):
    practice = linking()
    address = f"/{language}/{ {'es': 'practicas', 'en': 'practices', 'pt-br': 'praticas'}[language] }/{practice.slug}/"
    assert SENTENCES[language] not in client.get(address).content.decode()
    broken()
    page = client.get(address).content.decode()
    assert SENTENCES[language] in page
    assert 'href="https://gone.example/"' in page
    assert "web.archive.org" not in page


def test_laws_and_sources_are_marked_as_links_are(client):
    practice = make_practice()
    LegalInstrument.objects.create(practice=practice, title_es="Ley", kind="act", url="https://gone.example/")
    reference = Reference.objects.first()
    Reference.objects.filter(pk=reference.pk).update(url="https://gone.example/")
    Citation.objects.create(practice=practice, author_es="OIM", reference=reference)
    broken()
    assert client.get(f"/en/practices/{practice.slug}/").content.decode().count(SENTENCES["en"]) == 2


def test_a_mark_reaches_who_has_the_page_already(client):
    practice = linking()
    address = f"/en/practices/{practice.slug}/"
    etag = client.get(address)["ETag"]
    broken()
    assert client.get(address, headers={"if-none-match": etag}).status_code == 200
    etag = client.get(address)["ETag"]
    schedule.store("https://gone.example/", THERE, NOON + 3 * DAY)
    assert client.get(address, headers={"if-none-match": etag}).status_code == 200


def test_a_visit_that_readers_are_not_told_of_leaves_the_version_alone():
    linking()
    before = current()
    schedule.store("https://gone.example/", THERE, NOON)
    schedule.store("https://gone.example/", GONE, NOON)
    assert current() == before


def test_a_mark_does_not_count_as_a_change_of_the_record():
    practice = linking()
    before = Practice.objects.get(pk=practice.pk).updated
    broken()
    assert Practice.objects.get(pk=practice.pk).updated == before
