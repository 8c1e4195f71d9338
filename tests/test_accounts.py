"""Nobody weakens an account at a desk left open: who it is is asked again; a lost password is replaced by e-mail."""

import logging
import re
import smtplib
from datetime import timedelta
from threading import Event
from unittest.mock import patch

import pytest
from axes.models import AccessAttempt
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from catalogue.admin_site.passwords import EMAILS_FROM_ONE_NETWORK, EMAILS_TO_ONE_ADDRESS
from catalogue.admin_site.reauthentication import CONFIRMED_AT, GOOD_FOR
from catalogue.choices import AuditEvent
from catalogue.editorial.mail import account_mail
from catalogue.editorial.privacy import second_factor
from catalogue.models import AuditEntry, EditorProfile
from tests.addresses import DESK, examples
from tests.desk import confirmed, make_editor
from tests.tables import checksums

pytestmark = pytest.mark.django_db

PASSWORD, NEW = "mate con hierba y menta", "noche de ronda azul"
LOGIN, FACTOR, FORGOTTEN = "/admin/login/", "/admin/second-factor/", "/admin/password_reset/"
ASKED = re.compile(r'name="confirmation-(password|code)"')
# what tells who gets in, by the application of its tables
OF_ACCOUNTS = {"auth", "axes", "sessions", "otp_totp", "otp_static"}


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    cache.clear()


@pytest.fixture
def person():
    return with_password(make_editor("secretariat", username="ana"))


@pytest.fixture
def desk(client, person):
    """A desk at which Ana has signed in, with her password."""
    assert client.post(LOGIN, {"username": "ana", "password": PASSWORD}).status_code == 302
    return client


@pytest.fixture
def letters(mailoutbox, django_capture_on_commit_callbacks):
    """Return a function that returns the letters which something makes go out, once it is stored."""

    def sent(act, *arguments, **options):
        del mailoutbox[:]
        with django_capture_on_commit_callbacks(execute=True):
            act(*arguments, **options)
        return list(mailoutbox)

    return sent


def with_password(account):
    account.set_password(PASSWORD)
    account.save()
    return account


def set_up(person):
    """Give a person a second factor; return a function that tells the code of so many half minutes from now."""
    device = TOTPDevice.objects.create(user=person, name="app")
    second_factor.new_recovery_codes(person)
    return lambda step=0: f"{totp(device.bin_key, drift=step):06d}"


def without_delay():
    """Take away the seconds for which a device looks at no code after a wrong one."""
    for model in (TOTPDevice, StaticDevice):
        model.objects.update(throttling_failure_count=0)


def with_factor(client, person):
    """Sign somebody in with a second factor; return the codes that are still good."""
    code = set_up(person)
    client.post(LOGIN, {"username": person.username, "password": PASSWORD, "code": code()})
    return StaticToken.objects.filter(device__user=person).values_list("token", flat=True)


def is_asked(answer):
    return bool(ASKED.search(answer.content.decode()))


def is_inside(client):
    return client.get("/admin/").status_code == 200


# Confirming who is at work


def concerns_accounts(model):
    return model is EditorProfile or model._meta.app_label in OF_ACCOUNTS


def addresses_of_accounts():
    """Return the names of the addresses that belong to a form which shows or changes how somebody gets in."""
    forms = []
    for model, editing in admin.site._registry.items():
        if any(map(concerns_accounts, [model, *(inline.model for inline in editing.inlines)])):
            forms.append(f"admin:{model._meta.app_label}_{model._meta.model_name}_")
    return ["admin:second_factor", *(name for name in DESK if name.startswith(tuple(forms)))]


def test_every_address_of_an_account_asks_first_and_does_nothing_before(client):
    names, values = addresses_of_accounts(), examples()
    assert len(names) >= 7
    client.force_login(make_editor("administrator", is_superuser=True))
    before = checksums()
    for name in names:
        address = DESK[name].address.format(**values)
        sent = {"post": "yes", "begin": "1", "remove": "1", "recovery": "1", "is_active": "", "username": "x"}
        assert is_asked(client.get(address)), name
        assert is_asked(client.post(address, sent)), name
        assert "no-store" in client.get(address)["Cache-Control"], name
    assert checksums() == before


def test_who_may_not_come_to_accounts_is_not_asked_but_refused(client):
    client.force_login(make_editor("secretariat"))
    answer = client.get(reverse("admin:auth_user_changelist"))
    assert answer.status_code == 403


@pytest.mark.engines
def test_a_second_factor_is_not_taken_away_before_a_code_of_it_is_given(client, person):
    recovery = with_factor(client, person)
    assert is_inside(client)
    for proof in ({}, {"confirmation-password": PASSWORD}, {"confirmation-code": "000000"}):
        client.post(FACTOR, {"remove": "1", **proof})
        assert second_factor.has_one(person), proof
    without_delay()
    client.post(FACTOR, {"remove": "1", "confirmation-code": recovery[0]})
    assert not second_factor.has_one(person)


def test_recovery_codes_are_made_after_a_code_and_shown_once(client, person):
    recovery = with_factor(client, person)
    before, used = set(recovery), recovery[0]
    assert is_asked(client.post(FACTOR, {"recovery": "1"}))
    assert set(recovery.all()) == before
    page = client.post(FACTOR, {"recovery": "1", "confirmation-code": used}).content.decode()
    made = set(recovery.all())
    assert made.isdisjoint(before)
    assert all(code in page for code in made)
    again = client.get(FACTOR).content.decode()
    assert not any(code in again for code in made)


def test_what_was_confirmed_with_a_password_holds_no_longer_once_there_is_a_code(desk, person):
    desk.post(FACTOR, {"confirmation-password": PASSWORD})
    desk.post(FACTOR, {"begin": "1"})
    device = TOTPDevice.objects.get(user=person)
    desk.post(FACTOR, {"code": f"{totp(device.bin_key):06d}"})
    assert second_factor.has_one(person)
    assert 'name="confirmation-code"' in desk.post(FACTOR, {"remove": "1"}).content.decode()
    assert second_factor.has_one(person)


@pytest.mark.engines
def test_wrong_confirmations_close_the_door_as_wrong_sign_ins_do(desk, person):
    answers = [desk.post(FACTOR, {"confirmation-password": "wrong"}) for _attempt in range(6)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert desk.post(FACTOR, {"confirmation-password": PASSWORD}).status_code == 429
    refused = AuditEntry.objects.filter(event=AuditEvent.SIGN_IN_REFUSED, user=person)
    assert refused.count() >= 5


def test_wrong_codes_of_a_confirmation_close_the_door(client, person):
    recovery = with_factor(client, person)
    answers = [client.post(FACTOR, {"confirmation-code": "000000"}) for _attempt in range(6)]
    assert answers[-1].status_code == 429
    good = recovery[0]
    assert client.post(FACTOR, {"confirmation-code": good}).status_code == 429
    assert good in recovery.all(), "it is not even looked at"


def test_wrong_old_passwords_close_the_door(desk):
    asked = {"old_password": "wrong", "new_password1": NEW, "new_password2": NEW}
    answers = [desk.post(reverse("admin:password_change"), asked) for _attempt in range(6)]
    assert answers[-1].status_code == 429
    assert desk.post(reverse("admin:password_change"), {**asked, "old_password": PASSWORD}).status_code == 429


@pytest.mark.engines
def test_nothing_that_was_typed_is_kept_with_a_refused_attempt(desk):
    typed = "secreto-escrito"
    Client().post(LOGIN, {"username": "ana", "password": typed, "code": typed})
    desk.post(FACTOR, {"confirmation-password": typed, "password1": typed})
    desk.post(f"{reverse('admin:password_change')}?x={typed}", {"old_password": typed, "new_password1": typed})
    (attempt,) = AccessAttempt.objects.values()
    assert attempt["failures_since_start"] == 3
    assert typed not in str(attempt)


def test_a_confirmation_holds_for_ten_minutes_in_its_own_session(client, person):
    client.force_login(person)
    assert is_asked(client.get(FACTOR)), "to be signed in is not enough"
    assert not is_asked(confirmed(client, ago=GOOD_FOR - 60).get(FACTOR))
    assert is_asked(confirmed(client, ago=GOOD_FOR + 60).get(FACTOR))
    assert is_asked(confirmed(client, ago=-3600).get(FACTOR))
    other = Client()
    other.force_login(person)
    confirmed(client)
    assert is_asked(other.get(FACTOR))


def test_a_copied_cookie_is_not_confirmed_with_the_session(desk):
    copied = desk.session.session_key
    desk.post(FACTOR, {"confirmation-password": PASSWORD})
    thief = Client()
    thief.cookies["sessionid"] = copied
    assert not is_asked(desk.get(FACTOR))
    assert thief.get(FACTOR).status_code == 302


@pytest.mark.parametrize("asked", ["", "?_popup=1", "?next=//evil.example/", "?next=https://evil.example/"])
def test_a_confirmation_leads_to_the_address_that_was_asked_for_and_nowhere_else(desk, asked):
    answer = desk.post(FACTOR + asked, {"confirmation-password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, FACTOR + asked)


@pytest.mark.engines
def test_a_form_that_was_sent_too_late_is_not_lost(client, letters):
    administrator, person = with_password(make_editor("administrator")), make_editor("reader")
    client.force_login(administrator)
    address = reverse("admin:auth_user_change", args=[person.pk])
    form = {"username": person.username, "email": "otra@example.org", "is_active": "on", "is_staff": "on"}
    form |= {"groups": [1, 2], "first_name": 'Ana "la jefa" <b>', "editor_profile-TOTAL_FORMS": "0"}
    form |= {"editor_profile-INITIAL_FORMS": "0", "_save": "x"}
    page = client.post(address, form)
    person.refresh_from_db()
    assert not person.first_name
    hidden = dict.fromkeys(name for name, _value in page.context_data["sent"])
    assert hidden.keys() == form.keys()
    carried = {name: [value for each, value in page.context_data["sent"] if each == name] for name in hidden}
    assert 'value="Ana &quot;la jefa&quot; &lt;b&gt;"' in page.content.decode()
    answer = client.post(address, {**carried, "confirmation-password": PASSWORD})
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.first_name == 'Ana "la jefa" <b>'
    assert sorted(person.groups.values_list("pk", flat=True)) == [1, 2]


# What is told by letter


def test_whose_account_it_is_hears_of_what_weakens_it(person, letters):
    def change(**fields):
        for name, value in fields.items():
            setattr(person, name, value)
        person.save()

    person.set_password(NEW)
    (letter,) = letters(person.save)
    assert (letter.to, letter.subject.endswith("Se cambió la contraseña de su cuenta")) == ([person.email], True)
    before = person.email
    (letter,) = letters(change, email="otra@example.org")
    assert letter.to == [before]
    set_up(person)
    (letter,) = letters(second_factor.remove, person, by=None)
    assert letter.to == ["otra@example.org"]
    assert letters(change, first_name="Ana") == []
    noted = AuditEntry.objects.filter(event=AuditEvent.PERMISSIONS, subject=f"account {person.pk}: e-mail address")
    assert noted.count() == 1


def test_a_password_and_an_address_that_change_at_once_are_told_where_the_person_was(person, letters):
    before, person.email = person.email, "intruso@example.org"
    person.set_password(NEW)
    assert [letter.to for letter in letters(person.save)] == [[before], [before]]


def test_a_password_that_is_only_hashed_in_a_newer_way_is_not_told_as_changed(client, person, letters):
    person.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
    type(person).objects.filter(pk=person.pk).update(password=person.password)
    AuditEntry.objects.all().delete()
    assert letters(client.post, LOGIN, {"username": "ana", "password": PASSWORD}) == []
    person.refresh_from_db()
    assert person.password.startswith("md5"), "it was hashed anew"
    assert not AuditEntry.objects.filter(event=AuditEvent.PASSWORD).exists()


# A forgotten password


def ask(client, email="ana@example.org", **options):
    return client.post(FORGOTTEN, {"email": email}, **options)


def link_of(letter):
    """Return the path of the only link of a letter."""
    (address,) = re.findall(r"https?://\S+", letter.body)
    site = "http://127.0.0.1:8000"
    assert address.startswith(f"{site}/admin/"), address
    return address.removeprefix(site)


def choose(client, link, password=NEW):
    """Open a link and choose a password, as a browser does."""
    page = client.get(link, follow=True)
    return client.post(page.request["PATH_INFO"], {"new_password1": password, "new_password2": password})


@pytest.fixture
def link(client, person, mailoutbox):
    ask(client)
    return link_of(mailoutbox.pop())


def test_sign_in_leads_to_who_has_forgotten_a_password(client):
    assert f'href="{FORGOTTEN}"' in client.get(LOGIN).content.decode()
    assert client.get(FORGOTTEN).status_code == 200


@pytest.mark.engines
def test_a_letter_lets_choose_a_password_and_ends_every_session(desk, person, letters):
    visitor = Client()
    AuditEntry.objects.all().delete()
    (letter,) = letters(ask, visitor)
    assert letter.to == [person.email]
    (told,) = letters(choose, visitor, link_of(letter))
    assert told.subject.endswith("Se cambió la contraseña de su cuenta")
    assert not is_inside(desk)
    assert not is_inside(visitor), "the link signs nobody in"
    assert visitor.post(LOGIN, {"username": "ana", "password": NEW}).status_code == 302
    assert AuditEntry.objects.filter(event=AuditEvent.PASSWORD, subject=f"account {person.pk}").count() == 1


@pytest.mark.parametrize(("language", "word"), [("es", "contraseña"), ("en", "password"), ("pt", "senha")])
def test_the_letter_is_in_the_language_of_the_person_not_of_who_asks(client, person, mailoutbox, language, word):
    person.editor_profile.language = language
    person.editor_profile.save()
    ask(client, headers={"accept-language": "en" if language == "es" else "es"})
    assert word in mailoutbox[0].subject
    assert word in mailoutbox[0].body


def test_the_link_is_that_of_the_site_whatever_host_was_asked(client, person, mailoutbox, settings):
    settings.ALLOWED_HOSTS = ["*"]
    ask(client, headers={"host": "evil.example", "x-forwarded-host": "evil.example"})
    assert "evil" not in mailoutbox[0].body
    link_of(mailoutbox[0])


def test_a_link_works_once(client, link, person):
    assert choose(client, link).status_code == 302
    page = client.get(link)
    assert page.context["form"] is None
    choose(Client(), link, "otra noche de ronda")
    person.refresh_from_db()
    assert person.check_password(NEW)


@pytest.mark.parametrize(("minutes", "holds"), [(59, True), (61, False)])
def test_a_link_holds_for_an_hour(client, link, minutes, holds):
    now = PasswordResetTokenGenerator()._now()
    with patch.object(PasswordResetTokenGenerator, "_now", lambda generator: now + timedelta(minutes=minutes)):
        assert bool(client.get(link, follow=True).context["form"]) == holds


@pytest.mark.parametrize("change", ["password", "email", "is_active", "is_staff"])
def test_a_link_ends_with_what_it_was_given_for(client, link, person, change):
    setattr(person, change, False if change.startswith("is") else "otra@example.org")
    person.save()
    assert client.get(link, follow=True).context["form"] is None


def test_a_password_chosen_by_letter_does_not_pass_over_the_second_factor(client, link, person):
    code = set_up(person)
    choose(client, link)
    assert client.post(LOGIN, {"username": "ana", "password": NEW}).status_code == 200
    assert not is_inside(client)
    without_delay()
    client.post(LOGIN, {"username": "ana", "password": NEW, "code": code()})
    assert is_inside(client)


def test_a_weak_password_is_refused_by_letter_too(client, link, person):
    answer = choose(client, link, "corta")
    assert answer.context["form"].errors
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


NOBODY = ["nadie@example.org", "unusable@example.org", "inactive@example.org", "stranger@example.org"]


@pytest.mark.parametrize("email", NOBODY)
def test_who_asks_does_not_learn_whether_there_is_an_account(client, person, mailoutbox, email):
    make_editor("reader", username="unusable", password=make_password(None))
    with_password(make_editor("reader", username="inactive", is_active=False))
    with_password(get_user_model().objects.create(username="stranger", email="stranger@example.org"))

    def answer(address):
        page = ask(client, address, follow=True)
        return page.status_code, page.redirect_chain, page.content

    known = answer("ana@example.org")
    assert len(mailoutbox) == 1
    assert answer(email) == known
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("email", ["ana@example.org", "nadie@example.org"])
def test_nobody_waits_for_the_letter(client, person, settings, email):
    """Whether there is an account is looked up where nobody waits, too: to write takes longer than not to write."""
    settings.WORK_IN_BACKGROUND = True
    may_go_on, begun = Event(), Event()

    def slow(address):
        begun.set()
        may_go_on.wait(30)

    with patch.object(account_mail, "_send_links", slow):
        try:
            assert ask(client, email).status_code == 302
            assert begun.wait(30)
        finally:
            may_go_on.set()
            account_mail._background.submit(int).result(30)


@pytest.mark.parametrize("problem", [ConnectionRefusedError(), smtplib.SMTPServerDisconnected(), TimeoutError()])
def test_a_mail_server_that_is_away_is_told_to_the_log_alone(client, person, caplog, problem):
    backend = "django.core.mail.backends.locmem.EmailBackend.send_messages"
    with patch(backend, side_effect=problem), caplog.at_level(logging.ERROR):
        answer = ask(client)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/password_reset/done/")
    (line,) = caplog.records
    assert type(problem).__name__ in line.getMessage()
    assert "ana" not in line.getMessage()


@pytest.mark.engines
def test_one_network_asks_for_few_letters_in_an_hour(client):
    for number in range(EMAILS_FROM_ONE_NETWORK):
        assert ask(client, f"n{number}@example.org").status_code == 302
    refused = ask(client, "ana@example.org")
    assert refused.status_code == 429
    assert refused["Retry-After"]
    assert 'role="alert"' in refused.content.decode() or "errorlist" in refused.content.decode()
    assert ask(client, "ana@example.org", REMOTE_ADDR="192.0.2.7").status_code == 302


@pytest.mark.parametrize("spelt", ["ana@example.org", "ANA@Example.org"])
def test_one_address_gets_few_letters_in_an_hour_and_the_answer_stays_the_same(client, person, mailoutbox, spelt):
    answers = [
        ask(client, spelt if number % 2 else "ana@example.org", REMOTE_ADDR=f"192.0.2.{number}")
        for number in range(EMAILS_TO_ONE_ADDRESS + 2)
    ]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/admin/password_reset/done/")}
    assert len(mailoutbox) == EMAILS_TO_ONE_ADDRESS


def test_a_link_is_kept_by_no_cache_and_passed_on_to_nobody(client, link):
    moved = client.get(link)
    assert moved["Referrer-Policy"] == "no-referrer"
    form = client.get(moved["Location"])
    assert link.split("/")[-2] not in moved["Location"]
    assert form["Referrer-Policy"] == "same-origin"
    wrong = client.get("/admin/password_reset/MQ/c0ffee-0/")
    assert wrong["Referrer-Policy"] == "no-referrer"
    for page in (moved, form, wrong, client.get(FORGOTTEN)):
        assert "no-store" in page["Cache-Control"]


@pytest.mark.engines
@pytest.mark.parametrize("key", ["MQ", "x", "%00", "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "4pi6", "____", "MS41"])
@pytest.mark.parametrize("token", ["set-password", "c0ffee-0", "-", "z" * 40, "zzzzzzzzzzzzz-0", "é-1"])
def test_a_link_that_nobody_gave_opens_nothing(client, key, token):
    answer = client.get(f"/admin/password_reset/{key}/{token}/")
    assert answer.status_code in (200, 404)
    assert not (answer.context and answer.context.get("form"))


# Inviting


def test_an_administrator_invites_by_letter_who_has_no_password_yet(client, letters):
    client.force_login(make_editor("administrator"))
    account = {"username": "nueva", "usable_password": "false"}
    confirmed(client).post(reverse("admin:auth_user_add"), account)
    new = get_user_model().objects.get(username="nueva")
    assert not new.has_usable_password()
    chosen = {"action": "send_link", "_selected_action": [new.pk]}
    page = reverse("admin:auth_user_changelist")
    assert letters(client.post, page, chosen) == [], "there is no address to write to"
    get_user_model().objects.filter(pk=new.pk).update(email="nueva@example.org", is_staff=True)
    (letter,) = letters(client.post, page, chosen)
    assert letter.to == ["nueva@example.org"]
    choose(Client(), link_of(letter))
    new.refresh_from_db()
    assert new.check_password(NEW)


def test_the_time_of_a_confirmation_is_all_that_a_session_gains(desk):
    before = set(desk.session.keys())
    desk.post(FACTOR, {"confirmation-password": PASSWORD})
    assert set(desk.session.keys()) - before == {CONFIRMED_AT}
