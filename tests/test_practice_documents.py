"""A published practice as one document: it says what the tables say, after any change, and nothing of persons."""

import json
import random

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue.caching.lru import clear_all
from catalogue.choices import State
from catalogue.documents import writing
from catalogue.documents.reading import fetched, from_tables
from catalogue.documents.shapes import NAMED, ROWS, as_json
from catalogue.documents.signals import PATHS
from catalogue.models import (
    Adaptation,
    Contact,
    LinkCheck,
    Practice,
    PracticeDocument,
    Presentation,
    RecordVersion,
    Result,
    Term,
)
from networks.models import Meeting, Network
from networks.records import RecordQuerySet, changed_in_bulk
from tests.desk import in_state, make_editor
from tests.effort import tries
from tests.factories import make_adaptation, make_many, make_practice

pytestmark = pytest.mark.django_db

TEXTS = ("CharField", "TextField")
SHOWN = tries(6, 18)  # practices whose pages are compared


def wrong():
    """Return the codes of the published practices whose document says something else than the tables."""
    read = {practice.code: as_json(practice) for practice in fetched(Practice.objects.published())}
    built = from_tables(list(Practice.objects.published().values_list("pk", flat=True)))
    return [practice.code for practice in built if read.get(practice.code) != as_json(practice)]


def assert_in_step():
    assert writing.out_of_step() == 0
    assert wrong() == []
    published = set(Practice.objects.published().values_list("pk", flat=True))
    assert set(PracticeDocument.objects.values_list("pk", flat=True)) == published


def text_field_of(model):
    """Return a field of a model whose text may be anything."""
    fields = model._meta.concrete_fields
    free = [each for each in fields if each.get_internal_type() in TEXTS and not each.choices and not each.unique]
    named = [each.name for each in free if each.name.endswith("_es")] or [each.name for each in free]
    return named[-1] if named else None


def stored(model):
    """Return a record of a model that a public practice holds or names; it makes one where the fixtures have none."""
    published = Practice.objects.published()
    if model is Adaptation and not Adaptation.objects.exists():
        make_adaptation(state=State.PUBLISHED)
    if model is RecordVersion:
        return published.first().versions.create(number=99, content={}, public_number=1, published_at=timezone.now())
    if model in ROWS.values():
        return model._base_manager.filter(practice__in=published).first()
    for path in PATHS[model]:
        key = published.filter(**{f"{path}__isnull": False}).values_list(path, flat=True).first()
        if key:
            return model._base_manager.get(pk=key)
    raise LookupError(model)


@pytest.mark.parametrize("model", [*ROWS.values(), *PATHS], ids=lambda model: model.__name__)
def test_a_change_of_anything_a_document_holds_writes_it_anew(model):
    record, field = stored(model), text_field_of(model)
    if field:
        setattr(record, field, "Otra cosa")
        record.save()
        assert_in_step()
        if isinstance(model.objects.all(), RecordQuerySet):
            model.objects.filter(pk=record.pk).update(**{field: "Y otra"})
            assert_in_step()
    if model in ROWS.values():
        record.delete()
        assert_in_step()


def test_a_row_that_is_given_to_another_practice_leaves_the_document_of_the_first():
    first, second = Practice.objects.published()[:2]
    row = first.results.first() or Result.objects.create(practice=first, kind="result", indicator_es="x", value=1)
    row.practice, row.order = second, None
    row.save()
    assert_in_step()


@pytest.mark.engines
def test_what_goes_with_a_deleted_record_goes_from_the_documents():
    practice = Practice.objects.published().first()
    term = practice.keywords.first()
    with transaction.atomic():
        Term.objects.filter(pk=term.pk).delete()
    Meeting.objects.filter(presentations__isnull=False).first().delete()
    assert_in_step()


@pytest.mark.engines
def test_the_order_of_terms_and_states_is_that_of_today():
    Term.objects.filter(scheme="keyword").update(order=0)
    Term.objects.filter(pk=Term.objects.of("keyword").last().pk).update(order=0)
    for order, term in enumerate(reversed(Term.objects.filter(scheme="gcm").order_by("order")), 100):
        term.order = order
        term.save()
    clear_all()
    assert wrong() == []


CHANGES = {
    "publish": lambda draw: make_practice(network="gender-and-migration", country=draw.choice(["PE", "CL"])),
    "draft": lambda draw: make_practice(state=State.DRAFT),
    "withdraw": lambda draw: in_state(draw.choice(Practice.objects.published()), State.ARCHIVED),
    "restore": lambda draw: [in_state(each, State.PUBLISHED) for each in Practice.objects.filter(state="archived")[:1]],
    "delete": lambda draw: make_practice().delete(),
    "terms": lambda draw: draw.choice(Practice.objects.published()).keywords.set(
        draw.sample(list(Term.objects.all()), 3)
    ),
    "network": lambda draw: Network.objects.filter(pk=draw.choice(Network.objects.all()).pk).update(name_en="Renamed"),
    "many": lambda draw: make_many(3),
    "contact": lambda draw: Contact.objects.filter(pk=draw.choice(Contact.objects.all()).pk).update(office_pt="Outro"),
}


@pytest.mark.engines
def test_after_any_changes_every_document_is_the_one_that_would_be_written_anew():
    draw = random.Random(18)
    for _ in range(tries(12, 60)):
        for name in draw.sample(sorted(CHANGES), draw.choice([1, 2, 3])):
            CHANGES[name](draw)
        assert_in_step()


def test_a_change_that_is_rolled_back_leaves_the_document():
    practice = Practice.objects.published().first()
    before = PracticeDocument.objects.get(pk=practice.pk).content
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        practice.title_es = "Nunca"
        practice.save()
        raise ZeroDivisionError
    assert PracticeDocument.objects.get(pk=practice.pk).content == before


def test_a_change_of_very_many_rows_leaves_no_document_that_may_be_wrong():
    changed_in_bulk.send(Result, using="default", keys=None, fields={"note_es"})
    assert not PracticeDocument.objects.exists()
    assert wrong() == []  # read from the tables


@pytest.mark.engines
def test_a_broken_link_is_marked_in_the_document():
    url = (
        Practice.objects.published().exclude(legal_instruments__url="").values_list("legal_instruments__url", flat=True)
    )
    url = next(each for each in url if each)
    LinkCheck.objects.create(url=url, outcome="missing", visited_at=timezone.now(), broken=True)
    assert_in_step()
    practices = fetched(Practice.objects.published().filter(legal_instruments__url=url).distinct())
    assert any(row.unreached_on for practice in practices for row in practice.legal_instruments.all())


def test_a_document_tells_nothing_of_persons_nor_of_what_is_planned():
    editor = make_editor("secretariat")
    practice = Practice.objects.published().first()
    practice.created_by = practice.reviewer = practice.verified_by = editor
    practice.unpublish_at = timezone.now()
    practice.save()
    [read] = fetched(Practice.objects.published().filter(pk=practice.pk))
    assert not {"created_by_id", "reviewer_id", "verified_by_id", "unpublish_at", "publish_at"} & set(read.__dict__)


ADDRESSES = (
    "/es/practicas/{slug}/",
    "/en/practices/{slug}/",
    "/pt-br/praticas/{slug}/",
    "/api/v1/practices/{slug}/",
    "/api/v1/practices/{slug}/?lang=pt",
    "/es/practicas/{slug}.json",
    "/en/practices/{slug}.jsonld",
    "/es/practicas/{slug}/replicar/",
    "/es/practicas/comparar/?id={code}&id=CSM-2023-001",
)


def answers(client):
    clear_all()
    found = {}
    for slug, code in Practice.objects.published().exclude(code="CSM-2023-001").values_list("slug", "code")[:SHOWN]:
        for address in (each.format(slug=slug, code=code) for each in ADDRESSES):
            response = client.get(address, follow=True)
            assert response.status_code == 200, address
            found[address] = response.content
    return found


def test_what_shows_a_practice_is_the_same_from_its_document_and_from_the_tables(client):
    from_documents = answers(client)
    PracticeDocument.objects.all().delete()
    assert answers(client) == from_documents


@pytest.mark.engines
@pytest.mark.parametrize("address", ADDRESSES[:8])
def test_a_practice_that_nobody_has_asked_for_takes_three_queries(client, address):
    first, second = Practice.objects.published()[1:3]
    client.get(address.format(slug=first.slug, code=first.code), follow=True)  # what is read once for a version
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address.format(slug=second.slug, code=second.code)).status_code == 200
    assert len(queries) <= 3


def test_documents_out_of_step_are_noticed_and_written_anew(client):
    PracticeDocument.objects.filter(practice__code="CSM-2023-007").delete()
    PracticeDocument.objects.filter(practice__code="CSM-2023-008").update(content=json.dumps([]), shape="older")
    assert client.get("/readyz").content == b"ready; documents out of step: 3; run manage.py rebuild_documents\n"
    call_command("rebuild_documents", verbosity=0)
    assert client.get("/readyz").content == b"ready\n"
    assert_in_step()


def test_every_model_that_documents_name_is_looked_for():
    assert set(NAMED) <= set(PATHS)
    assert Presentation in ROWS.values()
