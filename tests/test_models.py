"""Records keep what they promise, whoever writes them: permanent codes, closed lists, no mailbox without consent."""

import pickle
from datetime import date

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from catalogue.models import Contact, Link, Practice, PracticeNetwork, Result, Term
from networks.models import Country
from tests.factories import make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_a_new_practice_gets_the_next_code_of_the_year_and_a_slug_for_good():
    practice = Practice.objects.create(title_es="Atención móvil", scope="national")
    assert practice.code == f"CSM-{date.today().year}-001"
    slug = practice.slug
    assert slug.startswith("atencion-movil")
    practice.title_es = "Otro título"
    practice.save()
    assert practice.slug == slug
    assert Practice.objects.create(title_es="Otra", scope="local").code.endswith("-002")


def test_the_code_of_a_deleted_practice_is_not_given_again():
    first = Practice.objects.create(title_es="Una", scope="local")
    first.delete()
    assert Practice.objects.create(title_es="Otra", scope="local").code != first.code


def test_a_practice_needs_a_title_in_some_language():
    with pytest.raises(ValidationError) as refusal:
        Practice(scope="national").full_clean()
    assert "title_es" in refusal.value.message_dict


def test_an_end_before_the_start_is_refused_in_the_form_and_in_the_database():
    practice = make_practice()
    practice.start, practice.end = "2020", "2019-05"
    with pytest.raises(ValidationError) as refusal:
        practice.full_clean()
    assert "end" in refusal.value.message_dict
    refused(practice.save)


def test_the_database_keeps_closed_lists_closed():
    refused(lambda: make_practice(state="invented"))
    refused(lambda: make_practice(scope="galactic"))
    refused(lambda: make_practice(status="maybe"))
    refused(lambda: Country.objects.create(iso2="xx", iso3="XXX", m49="999", order=99))


def test_a_practice_has_one_primary_network():
    practice = make_practice()
    other = PracticeNetwork(practice=practice, network_id=practice.primary_network.pk + 1, order=1)
    refused(other.save)
    other.order = None
    other.save()
    assert other.order == 2


def test_a_figure_without_a_value_cannot_be_charted():
    refused(lambda: Result.objects.create(practice=make_practice(), kind="result", as_printed="645,00", chartable=True))


def test_a_link_without_an_address_says_that_the_source_prints_none():
    refused(lambda: Link.objects.create(practice=make_practice(), kind="news", language="es", status="printed"))


def test_a_target_has_a_goal_and_nothing_else_has_a_parent():
    refused(lambda: Term.objects.create(scheme="keyword", code="x", parent=Term.objects.of("sdg").first()))


def test_a_mailbox_is_shown_only_with_a_dated_consent():
    refused(lambda: Contact.objects.create(slug="x", email="office@example.org", consent_to_publish=True))
    silent = Contact.objects.create(slug="y", email="office@example.org")
    assert silent.public_email == ""
    through = Contact.objects.create(slug="z", email="other@example.org", via=silent)
    assert through.public_email == ""


def test_a_mailbox_printed_by_its_institution_is_shown_without_a_consent():
    office = Contact.objects.create(slug="x", email="office@example.org", printed_in="Imprint of a publication")
    assert (office.public_email, office.consent_to_publish) == ("office@example.org", False)


def test_nobody_is_said_to_have_consented():
    assert not Contact.objects.filter(consent_to_publish=True).exists()
    assert Contact.objects.get(slug=settings.SECRETARIAT_CONTACT).printed_in


def test_an_unconsented_mailbox_reaches_no_page(client):
    contact = Contact.objects.create(slug="y", office_es="Oficina", email="private@example.org")
    practice = make_practice(contact=contact)
    assert "private@example.org" not in client.get(f"/es/practicas/{practice.slug}/").content.decode()


def test_only_http_addresses_are_links():
    for address in ("javascript:alert(1)", "data:text/html,x", "ftp://example.org/x", "JaVaScRiPt:alert(1)"):
        with pytest.raises(ValidationError):
            Link(practice=make_practice(), kind="news", language="es", url=address).full_clean()


def test_query_sets_of_a_kind_are_of_one_class_and_can_be_kept_elsewhere():
    practice, every = make_practice(), Practice.objects.all()
    assert type(every) is type(Practice.objects.all()) is not type(Country.objects.all())
    assert list(pickle.loads(pickle.dumps(every.filter(pk=practice.pk)))) == [practice]
