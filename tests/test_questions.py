"""Asking about a practice: who asks is heard, nobody is followed, and interest is counted."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalogue import forms
from catalogue.choices import State
from catalogue.editorial import enquiries
from catalogue.editorial.privacy import erasure, retention
from catalogue.editorial.workflow.roles import Role
from catalogue.errors import Refused
from catalogue.models import AuditEntry, Enquiry
from catalogue.models.version import current
from tests.desk import make_editor
from tests.factories import make_enquiry, make_practice

pytestmark = pytest.mark.django_db

ADDRESSES = {"es": "/es/practicas/{}/preguntar/", "en": "/en/practices/{}/ask/", "pt": "/pt-br/praticas/{}/perguntar/"}


@pytest.fixture(autouse=True)
def nobody_has_asked_yet(monkeypatch):
    """Empty the counts of the hour, and let tests send at once what people take seconds to fill in."""
    cache.clear()
    monkeypatch.setattr(forms, "LEAST_SECONDS", -1)


@pytest.fixture
def practice():
    return make_practice(title="Registro único")


def address_of(practice, language="es"):
    return ADDRESSES[language].format(practice.slug)


def filled(practice, **fields):
    asked = {"question": "¿Cuánto cuesta la práctica?", "email": "ana@example.org", "agreed": "on"}
    return {**asked, "token": forms.new_token(practice), **fields}


def send(client, practice, language="es", **fields):
    return client.post(address_of(practice, language), filled(practice, **fields))


@pytest.mark.parametrize("language", ADDRESSES)
def test_a_question_is_kept_told_and_confirmed_in_three_languages(
    client, practice, language, django_capture_on_commit_callbacks
):
    page = client.get(address_of(practice, language))
    assert page.status_code == 200
    token = re.search('name="token" value="([^"]+)"', page.content.decode())[1]
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(client, practice, language, token=token, name="Ana", country="", institution="Municipio")
    assert client.get(answer.url).status_code == 200
    kept = Enquiry.objects.get()
    assert (kept.practice, kept.language, kept.email, kept.name) == (practice, language, "ana@example.org", "Ana")
    [letter] = mail.outbox
    assert practice.code in letter.subject
    assert letter.to == ["csmsecretariatecnica@iom.int"]
    assert kept.question in letter.body
    assert reverse("admin:catalogue_enquiry_change", args=[kept.pk]) in letter.body
    assert "ana@example.org" not in f"{letter.body}{letter.message()}"


def test_a_reader_who_asks_gets_no_cookie_and_needs_none(practice):
    client = Client(enforce_csrf_checks=True)
    page, answer = client.get(address_of(practice)), send(client, practice)
    confirmed = client.get(answer.url)
    assert answer.status_code == 302
    assert not page.cookies and not answer.cookies and not confirmed.cookies
    assert "Cookie" not in page.get("Vary", "")
    assert "public" not in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"email": "no es"}, "email"),
        ({"email": ""}, "email"),
        ({"question": "¿Qué?"}, "question"),
        ({"question": ""}, "question"),
        ({"question": "ñ" * 4001}, "question"),
        pytest.param({"question": "con un \0 nulo dentro"}, "question", marks=pytest.mark.engines),
        pytest.param({"country": "999999"}, "country", marks=pytest.mark.engines),
        pytest.param({"country": "x' OR 1=1"}, "country", marks=pytest.mark.engines),
        ({"institution_kind": "castle"}, "institution_kind"),
        ({"name": "n" * 121}, "name"),
    ],
)
def test_a_mistake_is_named_beside_its_field_and_nothing_is_lost(client, practice, wrong, name):
    answer = send(client, practice, **{"institution": "Municipio de Rocha", **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{name}_error"' in page
    assert f'<a href="#id_{name}">' in page
    assert 'value="Municipio de Rocha"' in page
    assert re.search('id="id_agreed"[^>]* checked', page)
    assert not Enquiry.objects.exists()


def test_without_consent_nothing_is_kept(client, practice):
    answer = send(client, practice, agreed="")
    assert answer.status_code == 422
    assert "error-agreed" in answer.content.decode()
    assert "¿Cuánto cuesta" in answer.content.decode()
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "CSM-2099-001:1:forged", None])
def test_a_forged_token_is_replaced_and_a_second_sending_works(client, practice, token):
    forged = forms.new_token(make_practice()) if token is None else token  # None: that of another practice
    answer = send(client, practice, token=forged)
    assert answer.status_code == 422
    assert not Enquiry.objects.exists()
    fresh = re.search('name="token" value="([^"]+)"', answer.content.decode())[1]
    assert send(client, practice, token=fresh).status_code == 302


def test_a_form_that_is_filled_in_no_time_or_left_open_for_days_is_not_taken(client, practice, monkeypatch):
    monkeypatch.setattr(forms, "LEAST_SECONDS", 60)
    assert send(client, practice).status_code == 422
    monkeypatch.setattr(forms, "LEAST_SECONDS", -1)
    monkeypatch.setattr(forms, "MOST_SECONDS", -1)
    assert send(client, practice).status_code == 422
    assert not Enquiry.objects.exists()


def test_who_fills_the_hidden_field_is_told_and_not_kept(client, practice):
    answer = send(client, practice, website="https://spam.example/")
    assert answer.status_code == 422
    assert "spam.example" not in answer.content.decode()
    assert not Enquiry.objects.exists()


def test_a_form_on_another_site_is_refused(client, practice):
    answer = client.post(address_of(practice), filled(practice), headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert not Enquiry.objects.exists()


def test_the_sixth_question_of_an_hour_waits_and_another_address_may_still_ask(client, practice):
    for _number in range(5):
        assert send(client, practice).status_code == 302
    answer = send(client, practice)
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert "¿Cuánto cuesta" in answer.content.decode()
    other = client.post(address_of(practice), filled(practice), REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 302
    assert Enquiry.objects.count() == 6


@pytest.mark.engines
def test_all_together_ask_no_more_than_the_mailbox_bears(client, practice, settings):
    settings.QUESTIONS_PER_HOUR_IN_ALL = 1
    make_enquiry(asked_at=timezone.now() - timedelta(hours=2))
    assert send(client, practice).status_code == 302
    assert send(client, practice).status_code == 429


def test_no_address_is_kept(client, practice):
    client.post(address_of(practice), filled(practice), REMOTE_ADDR="192.0.2.77")
    assert not [key for key in cache._cache if "192.0.2.77" in key]
    assert "192.0.2.77" not in str(Enquiry.objects.values().get())


def test_behind_the_proxy_each_reader_is_counted_alone(client, practice, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    sent = [
        client.post(address_of(practice), filled(practice), headers={"x-forwarded-for": f"1.1.1.1, {address}"})
        for address in ["192.0.2.7"] * 6 + ["192.0.2.8"]
    ]
    assert [answer.status_code for answer in sent] == [302] * 5 + [429, 302]


@pytest.mark.parametrize(
    "addresses",
    [
        [f"203.0.113.{number}" for number in range(1, 13)],
        [f"2001:db8:0:{number:x}::1" for number in range(16)],
        [f"2001:db8:{number:x}::1" for number in range(40)],
    ],
    ids=["12 addresses", "a /60 of IPv6", "40 sites of one provider of IPv6"],
)
def test_a_few_networks_close_the_form_for_nobody_else(client, practice, addresses):
    for address in addresses:
        for _number in range(6):
            client.post(address_of(practice), filled(practice), REMOTE_ADDR=address)
    assert Enquiry.objects.count() <= 80
    assert client.post(address_of(practice), filled(practice), REMOTE_ADDR="198.51.100.7").status_code == 302


@pytest.mark.engines
def test_a_flood_of_questions_costs_the_mailbox_few_letters_and_loses_none(
    client, practice, settings, django_capture_on_commit_callbacks
):
    settings.QUESTION_EMAILS_PER_HOUR = 2
    make_enquiry(asked_at=timezone.now() - timedelta(hours=2))
    for number in range(6):
        with django_capture_on_commit_callbacks(execute=True):
            sent = client.post(address_of(practice), filled(practice), REMOTE_ADDR=f"198.{number}.100.7")
        assert sent.status_code == 302
    assert Enquiry.objects.count() == 7
    *told, summary = mail.outbox
    assert len(told) == 2
    assert f"{reverse('admin:catalogue_enquiry_changelist')}?answer=waiting" in summary.body
    assert "ana@example.org" not in str(summary.message())
    client.force_login(make_editor(Role.SECRETARIAT))
    waiting = client.get(reverse("admin:catalogue_enquiry_changelist"), {"answer": "waiting"})
    assert waiting.context["cl"].result_count == 7


def test_when_the_flood_is_over_each_question_has_its_letter_again(
    client, practice, settings, django_capture_on_commit_callbacks
):
    settings.QUESTION_EMAILS_PER_HOUR = 1
    for _number in range(5):
        make_enquiry(asked_at=timezone.now() - timedelta(minutes=61))
    with django_capture_on_commit_callbacks(execute=True):
        send(client, practice)
    [letter] = mail.outbox
    assert practice.code in letter.subject


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_nobody_is_asked_about_what_is_not_published(client, state):
    hidden = make_practice(state=state)
    assert client.get(address_of(hidden)).status_code == 404
    assert send(client, hidden).status_code == 404
    assert client.get(f"{address_of(hidden)}enviada/").status_code == 404
    assert not Enquiry.objects.exists()


def test_hostile_words_stay_text_and_reach_no_header(client, practice, django_capture_on_commit_callbacks):
    hostile = "<script>alert(1)</script>\r\nBcc: all@example.org"
    page = send(client, practice, question=hostile, email="x@example.org\nBcc: y@example.org").content.decode()
    assert "<script>alert" not in page
    with django_capture_on_commit_callbacks(execute=True):
        send(client, practice, question=hostile)
    [letter] = mail.outbox
    assert set(letter.message().keys()) & {"Bcc", "Cc"} == set()
    assert letter.recipients() == ["csmsecretariatecnica@iom.int"]


@pytest.mark.engines
def test_a_question_leaves_the_version_of_the_catalogue_alone(client, practice):
    before = current().number
    send(client, practice)
    assert current().number == before


def test_every_practice_leads_to_its_form_and_the_privacy_page_tells_of_it(client, practice):
    assert address_of(practice) in client.get(practice.get_absolute_url()).content.decode()
    for address in ("/es/privacidad/", "/en/privacy/", "/pt-br/privacidade/"):
        assert 'id="questions"' in client.get(address).content.decode()


# The desk


def change_page(enquiry):
    return reverse("admin:catalogue_enquiry_change", args=[enquiry.pk])


@pytest.mark.engines
def test_the_answer_is_mailed_once_in_the_askers_language_and_kept(client, django_capture_on_commit_callbacks):
    person, asked = make_editor(Role.SECRETARIAT), make_enquiry(language="pt")
    client.force_login(person)
    for text in ("Custa dez.", "Outra coisa."):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(change_page(asked), {"answer": text, "email": "forged@example.org"})
    [letter] = mail.outbox
    assert letter.to == ["ana@example.org"]
    assert "resposta à sua pergunta" in letter.subject
    assert "Custa dez." in letter.body
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("Custa dez.", person)
    assert asked.answered_at
    with pytest.raises(Refused):
        enquiries.answer(asked, "Otra vez", by=person)
    assert AuditEntry.objects.filter(event="enquiry", user=person).exists()


def test_an_empty_answer_is_not_sent(client):
    asked = make_enquiry()
    client.force_login(make_editor(Role.SECRETARIAT))
    assert client.post(change_page(asked), {"answer": "  "}).status_code == 200
    assert Enquiry.objects.unanswered().count() == 1


@pytest.mark.parametrize("role", [None, *Role])
def test_who_asks_is_seen_by_the_secretariat_and_administrators_alone(client, role):
    asked = make_enquiry()
    person = make_editor(role, countries=["CL"])
    client.force_login(person)
    sees = role in (Role.ADMINISTRATOR, Role.SECRETARIAT)
    for address in (
        change_page(asked),
        reverse("admin:catalogue_enquiry_changelist"),
        reverse("admin:catalogue_enquiry_export"),
    ):
        assert (client.get(address).status_code == 200) == sees, address
    assert client.get(reverse("admin:catalogue_enquiry_add")).status_code == 403
    if not sees:
        client.post(change_page(asked), {"answer": "Soy quien no debe"})
        with pytest.raises(Refused):
            enquiries.answer(asked, "Soy quien no debe", by=person)
        assert Enquiry.objects.unanswered().count() == 1


@pytest.mark.engines
def test_the_file_tells_what_was_asked_and_not_who_asked(client):
    make_enquiry(question="Soy Ana Pérez del municipio, ana@example.org, tel. +598 99 123 456: ¿cuánto cuesta?")
    person = make_editor(Role.SECRETARIAT)
    client.force_login(person)
    answer = client.get(reverse("admin:catalogue_enquiry_export"))
    text = answer.getvalue().decode()
    assert "¿cuánto cuesta?" in text
    for telling in ("Ana", "Municipio", "municipio", "ana@", "598", "456"):
        assert telling not in text, telling
    assert AuditEntry.objects.filter(event="export", user=person).exists()


@pytest.mark.engines
def test_who_asked_is_erased_and_the_interest_still_counts():
    practice = make_practice()
    asked = make_enquiry(practice=practice, question="Soy Ana Pérez: ¿cuánto cuesta?")
    assert enquiries.forget(Enquiry.objects.by_email("ANA@example.org")) == 1
    asked.refresh_from_db()
    assert (asked.name, asked.email, asked.institution) == ("", "", "")
    assert "Ana" not in asked.question
    assert practice.enquiries.count() == 1
    assert enquiries.forget(Enquiry.objects.all()) == 0


@pytest.mark.engines
def test_a_year_later_who_asked_is_forgotten_by_rule_and_the_page_says_so(client):
    [rule] = [rule for rule in retention.RULES if rule.name == "questions"]
    now = timezone.now()
    old, recent = make_enquiry(asked_at=now - timedelta(days=366)), make_enquiry(asked_at=now - timedelta(days=364))
    assert rule.forget(now - rule.how_long) == 1
    old.refresh_from_db()
    recent.refresh_from_db()
    assert (old.email, recent.email) == ("", "ana@example.org")
    assert "institución de quien las envió" in client.get("/es/privacidad/").content.decode()


@pytest.mark.engines
def test_erasing_a_person_erases_who_asked_in_every_question():
    asked = make_enquiry(email="Ana@example.org", answer="Ana Pérez, cuesta diez.")
    assert dict(erasure.erase("ana@example.org"))["catalogue.enquiry"] == 1
    asked.refresh_from_db()
    assert "Ana" not in f"{asked.name}{asked.email}{asked.institution}{asked.answer}"


@pytest.mark.engines
def test_interest_is_counted_on_the_first_page_and_in_the_list(client):
    practice = make_practice(title="Muy consultada")
    for _number in range(3):
        make_enquiry(practice=practice)
    client.force_login(make_editor(Role.SECRETARIAT))
    first = client.get(reverse("admin:index")).content.decode()
    assert "3 consultas sin respuesta" in first
    assert re.search(r"Muy consultada</a>: 3\b", first)
    rows = client.get(reverse("admin:catalogue_practice_changelist"), {"q": practice.code}).content.decode()
    assert '<td class="field-interest">3</td>' in rows


def test_neither_history_nor_log_names_who_asked(client, caplog):
    asked = make_enquiry()
    client.force_login(make_editor(Role.SECRETARIAT))
    client.post(change_page(asked), {"answer": "Cuesta diez."})
    client.post(reverse("admin:catalogue_enquiry_delete", args=[asked.pk]), {"post": "yes"})
    assert not Enquiry.objects.exists()
    page = client.get(reverse("admin:index")).content.decode()
    assert "ana@example.org" not in f"{page}{caplog.text}{list(AuditEntry.objects.values())}"
