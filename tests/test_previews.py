"""Preview links: each shows one version without an account, is listed and revocable, and ends when it should."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalogue.choices import AuditEvent, State, TransitionKind
from catalogue.editorial.privacy import erasure, retention
from catalogue.editorial.workflow import previews, revisions, workflow
from catalogue.errors import Refused
from catalogue.models import AuditEntry, Practice, PreviewLink
from networks.models import Country
from tests.desk import change_form, in_state, make_editor, make_record, make_small
from tests.factories import make_practice

pytestmark = pytest.mark.django_db

LANGUAGES = {
    "/es/": "Esta vista previa caducó",
    "/en/": "This preview has expired",
    "/pt-br/": "Esta pré-visualização expirou",
}
WITH_A_VIEW = ("secretariat", "reviewer", "translator", "focal_point", "reader")


@pytest.fixture
def draft():
    return make_record(title="Borrador secreto", title_en="Secret draft", country="PE")


@pytest.fixture
def link(draft, secretariat):
    return previews.create_link(draft, by=secretariat)


def status(client, link):
    """Return what the three addresses of a link answer, which is the same of all."""
    [answer] = {client.get(address).status_code for _language, address in previews.addresses(link)}
    return answer


def saved(client, practice, **changes):
    address, data = change_form(client, practice.code)
    assert client.post(address, data | changes).status_code == 302


@pytest.mark.engines
def test_a_link_shows_a_revision_under_the_code_of_its_practice(client, secretariat):
    practice = make_record(state=State.PUBLISHED, title="Publicado")
    copy = workflow.revise(practice, by=secretariat)
    Practice.objects.filter(pk=copy.pk).update(title_es="Propuesto", title_en="Proposed")
    for name, address in previews.addresses(previews.create_link(copy, by=secretariat)):
        page = client.get(address)
        assert page.status_code == 200, name
        assert page["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in page["Cache-Control"]
        assert copy.code not in page.content.decode()
        assert ("Proposed" if "/en/" in address else "Propuesto") in page.content.decode()
        assert not page.cookies


@pytest.mark.parametrize("payload", [1, "x", None, [], {"a": 1}, "1" * 1000, 3.5, True])
def test_what_was_signed_and_names_no_link_has_ended(client, payload):
    """Among it every link that was sent before links were stored: it held the number of the practice."""
    answer = client.get(reverse("practice_preview", args=[signing.dumps(payload, salt=previews.SALT)]))
    assert answer.status_code == 410


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_an_ended_link_says_so_in_its_language_and_whom_to_ask(client, draft, link, secretariat, prefix):
    [address] = [address for _language, address in previews.addresses(link) if address.startswith(prefix)]
    previews.revoke(draft, by=secretariat)
    answer = client.get(address)
    assert answer.status_code == 410
    assert f"<h1>{LANGUAGES[prefix]}</h1>" in answer.content.decode()
    assert "mailto:csmsecretariatecnica@iom.int" in answer.content.decode()
    assert "secret" not in answer.content.decode().lower().replace("secretar", "")


# How a link ends


def retitle(practice):
    Practice.objects.filter(pk=practice.pk).update(title_es="Otro")


def retitle_and_back(practice):
    before = practice.title_es
    for title in ("Otro", before):
        Practice.objects.filter(pk=practice.pk).update(title_es=title)
        revisions.store_version(practice)


def publish(practice, by=None):
    by = by or make_editor("secretariat")
    workflow.move(practice, TransitionKind.SUBMIT, by=by)
    workflow.move(practice, TransitionKind.PUBLISH, by=by)


def reopen(practice):
    by = make_editor("secretariat")
    publish(practice, by)
    workflow.move(practice, TransitionKind.ARCHIVE, by=by, note="Terminó.")
    workflow.move(practice, TransitionKind.REOPEN, by=by, note="Vuelve.")


def of_maker(**fields):
    return lambda practice: get_user_model().objects.filter(pk=PreviewLink.objects.get().made_by_id).update(**fields)


ENDS = {
    "its time is over": lambda practice: PreviewLink.objects.update(until=timezone.now()),
    "a text is changed": retitle,
    "a text is changed and changed back": retitle_and_back,
    "a row is changed": lambda practice: practice.practice_networks.all().delete(),
    "it is published": publish,
    "it is published, archived and reopened": reopen,
    "its state is another": lambda practice: in_state(practice, State.ARCHIVED),
    "it is deleted": lambda practice: practice.delete(),
    "the maker is no longer active": of_maker(is_active=False),
    "the maker is no longer of the staff": of_maker(is_staff=False),
    "the maker has no role": lambda practice: PreviewLink.objects.get().made_by.groups.clear(),
    "the maker is erased": lambda practice: erasure.erase(PreviewLink.objects.get().made_by.username),
    "it is revoked": lambda practice: previews.revoke(practice, by=make_editor("reader")),
}


@pytest.mark.engines
@pytest.mark.parametrize("ending", ENDS.values(), ids=ENDS)
def test_a_link_ends(client, draft, link, ending):
    assert status(client, link) == 200
    ending(Practice.objects.get(pk=draft.pk))
    assert status(client, link) == 410
    stored = Practice.objects.filter(pk=draft.pk).first()
    assert stored is None or previews.living(stored) == [], "what is listed is what opens"


@pytest.mark.engines
@pytest.mark.parametrize("end", ["publish", "discard", "archive the practice"])
def test_a_link_to_a_revision_ends_with_it(client, secretariat, end):
    practice = make_record(state=State.PUBLISHED)
    copy = workflow.revise(practice, by=secretariat)
    link = previews.create_link(copy, by=secretariat)
    if end == "publish":
        publish(copy, secretariat)
    elif end == "discard":
        workflow.discard(copy, by=secretariat)
    else:
        workflow.move(Practice.objects.get(pk=practice.pk), TransitionKind.ARCHIVE, by=secretariat, note="Terminó.")
    assert status(client, link) == 410
    assert not PreviewLink.objects.exists()


def test_a_link_of_a_focal_point_ends_when_the_country_is_no_longer_theirs(client, draft):
    person = make_editor("focal_point", countries=["PE"])
    link = previews.create_link(draft, by=person)
    assert status(client, link) == 200
    person.editor_profile.countries.set(Country.objects.filter(iso2="CL"))
    assert status(client, link) == 410


def test_a_step_of_the_review_and_a_save_without_a_change_end_nothing(client, secretariat):
    practice = make_small()
    link = previews.create_link(practice, by=secretariat)
    workflow.move(practice, TransitionKind.SUBMIT, by=secretariat)
    client.force_login(secretariat)
    saved(client, practice)
    client.logout()
    assert status(client, link) == 200


@pytest.mark.engines
def test_saving_a_change_ends_the_links(client, secretariat):
    practice = make_small()
    link = previews.create_link(practice, by=secretariat)
    client.force_login(secretariat)
    saved(client, practice, title_es="Otro título")
    client.logout()
    assert status(client, link) == 410


@pytest.mark.engines
def test_what_a_link_points_to_may_go_without_the_link(client, link, draft):
    """The release before this one deletes a practice without knowing of its links."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_previewlink SET practice_id = 999999999, made_by_id = 999999999")
    assert status(client, link) == 410


# At the desk


@pytest.mark.engines
@pytest.mark.parametrize("role", WITH_A_VIEW)
def test_who_sees_a_draft_makes_lists_and_revokes_its_links(client, draft, role):
    person = make_editor(role, countries=["PE"])
    client.force_login(person)
    form = reverse("admin:catalogue_practice_change", args=[draft.pk])
    assert not PreviewLink.objects.exists()
    assert client.post(reverse("admin:catalogue_practice_preview", args=[draft.pk])).url == form
    link = PreviewLink.objects.get()
    page = client.get(form).content.decode()
    assert person.username in page.partition('id="previews-heading"')[2].partition("</section>")[0]
    assert page.count(previews.addresses(link)[0][1].rpartition("vista-previa/")[0]) == 1
    assert status(client, link) == 200
    assert client.post(reverse("admin:catalogue_practice_revoke", args=[draft.pk]), {"link": link.pk}).url == form
    assert status(client, link) == 410
    told = AuditEntry.objects.filter(event=AuditEvent.PREVIEW, user=person).values_list("subject", flat=True)
    assert sorted(told) == [f"{draft.code} link {link.pk} made", f"{draft.code} link {link.pk} revoked"]


def test_a_link_that_is_made_meanwhile_is_no_change_to_who_saves(client, secretariat):
    practice = make_small()
    client.force_login(secretariat)
    address, data = change_form(client, practice.code)
    previews.create_link(practice, by=make_editor("reader"))
    assert client.post(address, data | {"title_es": "Otro título"}).status_code == 302
    practice.refresh_from_db()
    assert practice.title_es == "Otro título"


def test_a_form_that_claims_a_version_which_is_not_there_is_saved(client, secretariat):
    practice = make_small()
    client.force_login(secretariat)
    saved(client, practice, seen="7", title_es="Otro título")


def test_one_link_is_revoked_or_all(client, draft, secretariat):
    links = [previews.create_link(draft, by=secretariat) for _number in range(3)]
    client.force_login(secretariat)
    revoke = reverse("admin:catalogue_practice_revoke", args=[draft.pk])
    client.post(revoke, {"link": links[1].pk})
    assert [status(client, link) for link in links] == [200, 410, 200]
    client.post(revoke, {"link": "all"})
    assert [status(client, link) for link in links] == [410, 410, 410]


def test_a_link_of_another_practice_is_not_revoked_from_here(client, draft, link, secretariat):
    client.force_login(secretariat)
    client.post(reverse("admin:catalogue_practice_revoke", args=[make_record().pk]), {"link": link.pk})
    assert status(client, link) == 200


@pytest.mark.engines
@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40, "1.5", "None"])
def test_what_is_no_link_is_refused(client, draft, link, secretariat, number):
    client.force_login(secretariat)
    answer = client.post(reverse("admin:catalogue_practice_revoke", args=[draft.pk]), {"link": number})
    assert answer.status_code in (302, 400)
    assert PreviewLink.objects.count() == 1


@pytest.mark.parametrize(
    "state", [state for state in State if state not in ("draft", "in_review", "changes_requested")]
)
def test_what_is_not_being_worked_on_has_no_links(client, secretariat, state):
    practice = make_practice(state=state)
    with pytest.raises(Refused):
        previews.create_link(practice, by=secretariat)
    client.force_login(secretariat)
    assert (
        "previews-heading"
        not in client.get(reverse("admin:catalogue_practice_change", args=[practice.pk])).content.decode()
    )


def test_nobody_else_makes_or_revokes_one(client, draft, link):
    client.force_login(make_editor("focal_point", countries=["CL"]))
    for name in ("preview", "revoke"):
        answer = client.post(reverse(f"admin:catalogue_practice_{name}", args=[draft.pk]), {"link": "all"})
        assert answer.status_code == 404
    assert PreviewLink.objects.count() == 1


@pytest.mark.parametrize("name", ["preview", "revoke"])
def test_a_link_is_made_and_revoked_by_a_form_of_ours_alone(draft, secretariat, name):
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretariat)
    address = reverse(f"admin:catalogue_practice_{name}", args=[draft.pk])
    assert client.get(address).status_code == 405
    assert client.post(address, {"link": "all"}).status_code == 403


def test_the_number_of_links_is_bounded_and_ended_ones_do_not_count(draft, secretariat, monkeypatch):
    monkeypatch.setattr(previews, "MOST", 2)
    for _number in range(2):
        previews.create_link(draft, by=secretariat)
    with pytest.raises(Refused):
        previews.create_link(draft, by=secretariat)
    retitle(draft)
    previews.create_link(draft, by=secretariat)
    assert PreviewLink.objects.count() == 1


@pytest.mark.engines
def test_what_is_over_is_deleted_by_the_rule_of_the_privacy_page(draft, link, secretariat):
    over = previews.create_link(draft, by=secretariat)
    PreviewLink.objects.filter(pk=over.pk).update(until=timezone.now() - timedelta(seconds=1))
    retention.apply_rules()
    assert list(PreviewLink.objects.all()) == [link]
