"""Who comes in: throttled, with one answer for everybody, with a second factor where there is one, and on record."""

import logging

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from catalogue.choices import AuditEvent
from catalogue.editorial.privacy import second_factor
from catalogue.editorial.workflow import verification, workflow
from catalogue.editorial.workflow.roles import Role
from catalogue.models import AuditEntry
from networks.models import Country
from tests.desk import confirmed, make_editor, make_record
from tests.test_commands import manage

pytestmark = pytest.mark.django_db

PASSWORD = "mate con hierba y menta"
LOGIN = "/admin/login/"


@pytest.fixture
def person():
    person = make_editor("secretariat", username="ana")
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in(client, username="ana", password=PASSWORD, code="", **options):
    return client.post(LOGIN, {"username": username, "password": password, "code": code}, **options)


def is_inside(client):
    return client.get("/admin/").status_code == 200


def events(event):
    return list(AuditEntry.objects.filter(event=event).values_list("user", flat=True))


def without_token(answer):
    return [line for line in answer.content.decode().splitlines() if "csrfmiddlewaretoken" not in line]


@pytest.mark.engines
def test_the_right_password_opens(client, person):
    assert sign_in(client).status_code == 302
    assert is_inside(client)
    assert events(AuditEvent.SIGN_IN) == [person.pk]


@pytest.mark.parametrize("who", ["unknown", "wrong password", "inactive", "not of the staff"])
def test_every_refusal_is_the_same_answer(client, person, who):
    expected = without_token(sign_in(client, username="ana", password="wrong"))
    if who in ("inactive", "not of the staff"):
        person.is_active, person.is_staff = who != "inactive", who != "not of the staff"
        person.save()
    name, password = ("nadie" if who == "unknown" else "ana"), ("wrong" if who == "wrong password" else PASSWORD)
    answer = sign_in(client, username=name, password=password)
    assert answer.status_code == 200
    assert [line.replace("nadie", "ana") for line in without_token(answer)] == expected
    assert not is_inside(client)


@pytest.mark.engines
@pytest.mark.parametrize("username", ["ana", "nadie"])
def test_the_door_closes_after_five_wrong_attempts_and_says_for_how_long(client, person, username):
    answers = [sign_in(client, username=username, password="wrong") for _attempt in range(6)]
    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"] == "900"
    assert "15 minutos" in answers[-1].content.decode()
    assert sign_in(client, username=username).status_code == 429, "the right password does not open it either"


def test_a_closed_door_is_closed_for_one_person_at_one_place(client, person):
    for _attempt in range(6):
        sign_in(client, password="wrong")
    assert sign_in(client, username="otra", password="x").status_code == 200
    assert sign_in(client, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_the_session_has_a_new_key_after_sign_in_and_ends(client, person, settings):
    client.get(LOGIN)
    sign_in(client)
    first = client.session.session_key
    client.post("/admin/logout/")
    assert not is_inside(client)
    sign_in(client)
    assert client.session.session_key != first
    assert client.session.get_expiry_age() <= 12 * 60 * 60
    assert events(AuditEvent.SIGN_OUT) == [person.pk]


@pytest.mark.parametrize("change", ["password", "is_active", "is_staff"])
def test_a_change_of_the_account_ends_its_sessions(client, person, change):
    sign_in(client)
    if change == "password":
        person.set_password("otra contraseña larga")
    else:
        setattr(person, change, False)
    person.save()
    assert not is_inside(client)


def test_changing_ones_password_keeps_ones_own_session_and_ends_the_others(client, person, django_user_model):
    from django.test import Client

    other = Client()
    sign_in(client), sign_in(other)
    new = {"old_password": PASSWORD, "new_password1": "noche de ronda azul", "new_password2": "noche de ronda azul"}
    assert client.post(reverse("admin:password_change"), new).status_code == 302
    assert is_inside(client)
    assert not is_inside(other)
    assert events(AuditEvent.PASSWORD)[0] == person.pk


@pytest.mark.parametrize("weak", ["corta", "123456789012", "password1234", "ana"])
def test_a_weak_password_is_refused(client, person, weak):
    sign_in(client)
    asked = {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
    assert client.post(reverse("admin:password_change"), asked).status_code == 200


# The second factor


def code_of(user, step=0):
    """The code the app shows, ``step`` half minutes from now."""
    device = TOTPDevice.objects.get(user=user)
    return f"{totp(device.bin_key, drift=step):06d}"


def set_up(client, user):
    """Set a second factor up as a person does; return the recovery codes."""
    client.post("/admin/second-factor/", {"confirmation-password": PASSWORD})
    client.post("/admin/second-factor/", {"begin": "1"})
    answer = client.post("/admin/second-factor/", {"code": code_of(user)})
    return list(StaticToken.objects.filter(device__user=user).values_list("token", flat=True)), answer


@pytest.fixture
def protected(client, person):
    sign_in(client)
    codes, _answer = set_up(client, person)
    client.post("/admin/logout/")
    return codes


def test_setting_it_up_shows_a_picture_the_secret_and_ten_recovery_codes(client, person):
    sign_in(client)
    page = confirmed(client).post("/admin/second-factor/", {"begin": "1"}).content.decode()
    device = TOTPDevice.objects.get(user=person)
    assert 'src="data:image/svg+xml;base64,' in page
    assert second_factor.secret_of(device) in page
    codes, answer = set_up(client, person)
    assert len(codes) == 10
    assert all(code in answer.content.decode() for code in codes)
    assert is_inside(client), "who has just shown the code need not sign in again"


def test_a_wrong_first_code_sets_nothing_up(client, person):
    sign_in(client)
    confirmed(client).post("/admin/second-factor/", {"begin": "1"})
    assert TOTPDevice.objects.filter(user=person, confirmed=False).exists()
    client.post("/admin/second-factor/", {"code": "000000"})
    assert not second_factor.has_one(person)


def test_looking_at_the_page_sets_nothing_up(client, person):
    sign_in(client)
    assert "begin" in confirmed(client).get("/admin/second-factor/").content.decode()
    assert not TOTPDevice.objects.exists()


def test_the_password_alone_no_longer_opens(client, person, protected):
    assert sign_in(client).status_code == 200
    assert sign_in(client, code="000000").status_code == 200
    assert not is_inside(client)


def test_the_code_of_the_app_opens(client, person, protected):
    TOTPDevice.objects.update(throttling_failure_count=0)
    assert sign_in(client, code=code_of(person, step=1)).status_code == 302
    assert is_inside(client)


@pytest.mark.engines
def test_a_recovery_code_opens_once(client, person, protected):
    assert sign_in(client, code=protected[0]).status_code == 302
    assert is_inside(client)
    client.post("/admin/logout/")
    assert sign_in(client, code=protected[0]).status_code == 200


def test_a_session_without_the_code_does_not_come_in(client, person, protected):
    client.force_login(person)
    assert not is_inside(client)
    assert client.get(reverse("admin:second_factor")).status_code == 302


def test_wrong_codes_close_the_door_as_wrong_passwords_do(client, person, protected):
    answers = [sign_in(client, code="000000") for _attempt in range(6)]
    assert answers[-1].status_code == 429


def test_where_it_is_required_nothing_else_opens_before_it_is_set_up(client, person, settings):
    settings.SECOND_FACTOR = "required"
    sign_in(client)
    for address in ("/admin/", reverse("admin:catalogue_practice_changelist"), reverse("admin:autocomplete")):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, "/admin/second-factor/")
    set_up(client, person)
    assert is_inside(client)


@pytest.mark.parametrize(
    ("role", "owes"), [("secretariat", True), ("reviewer", True), ("focal_point", False), ("translator", False)]
)
def test_where_those_who_publish_need_it_the_others_come_in_without(client, settings, role, owes):
    settings.SECOND_FACTOR = "publishers"
    client.force_login(make_editor(role))
    assert client.get("/admin/").status_code == (302 if owes else 200)


def test_on_a_public_site_those_who_publish_need_it_by_default():
    show = "from django.conf import settings as s; print(s.SECOND_FACTOR)"
    assert "publishers" in manage("shell", "-c", show, SITE_URL="https://catalogue.example.org").stdout
    assert "optional" in manage("shell", "-c", show, SITE_URL="http://127.0.0.1:8000").stdout


class CountedHasher(MD5PasswordHasher):
    """Counts how often a password is hashed: what makes an answer slow."""

    algorithm = "counted"
    hashed = 0

    def encode(self, password, salt, *args):
        CountedHasher.hashed += 1
        return super().encode(password, salt).replace("md5", "counted", 1)

    def decode(self, encoded):
        return super().decode(encoded)


@pytest.mark.parametrize("username", ["ana", "nadie"])
def test_an_unknown_name_costs_as_much_hashing_as_a_wrong_password(client, settings, username):
    settings.PASSWORD_HASHERS = ["tests.test_admin_door.CountedHasher"]
    person = make_editor("secretariat", username="ana")
    person.set_password(PASSWORD)
    person.save()
    CountedHasher.hashed = 0
    sign_in(client, username=username, password="wrong")
    assert CountedHasher.hashed == 1


def test_it_can_be_taken_away_again(client, person):
    sign_in(client)
    set_up(client, person)
    confirmed(client).post("/admin/second-factor/", {"remove": "1"})
    assert not second_factor.has_one(person)
    assert events(AuditEvent.SECOND_FACTOR) == [person.pk, person.pk]


def test_a_page_asks_for_it_once(client, django_assert_max_num_queries):
    """Django asks several times whether somebody may come in: at the door, for the menu, for the list of the models."""
    client.force_login(make_editor("reader"))
    with django_assert_max_num_queries(100) as asked:
        assert client.get("/admin/catalogue/practice/").status_code == 200
    tables = [query["sql"] for query in asked.captured_queries if "device" in query["sql"]]
    assert len(tables) == len(set(tables)) == 2  # one for each kind of device


# The audit log


@pytest.mark.engines
def test_permissions_that_change_are_on_record_with_who_changed_them(client):
    administrator = make_editor("administrator")
    person = make_editor()
    client.force_login(administrator)
    page = confirmed(client).get(reverse("admin:auth_user_change", args=[person.pk]))
    reviewer = Group.objects.get(name=Role.REVIEWER)
    form = {"username": person.username, "email": person.email, "is_active": "on", "is_staff": "on"}
    form |= {"groups": [reviewer.pk], "editor_profile-TOTAL_FORMS": "1", "editor_profile-INITIAL_FORMS": "1"}
    form |= {"editor_profile-0-id": person.editor_profile.pk, "editor_profile-0-user": person.pk}
    form |= {"editor_profile-0-language": "es", "editor_profile-0-translates_pt": "on"}
    form |= {"editor_profile-0-countries": [Country.objects.get(iso2="PE").pk]}
    AuditEntry.objects.all().delete()
    answer = client.post(reverse("admin:auth_user_change", args=[person.pk]), form)
    assert answer.status_code == 302, page.content
    noted = AuditEntry.objects.filter(event=AuditEvent.PERMISSIONS, user=administrator)
    told = " / ".join(noted.values_list("subject", flat=True))
    assert f"account {person.pk}: add reviewer" in told
    assert "add PE" in told
    assert "translates_pt=True" in told
    assert person.username not in told


@pytest.mark.engines
def test_a_file_that_staff_takes_away_is_on_record(client, person):
    client.get("/es/practicas.csv")
    client.force_login(person)
    client.get("/es/practicas.csv")
    assert list(AuditEntry.objects.filter(event=AuditEvent.EXPORT).values_list("user", "subject")) == [
        (person.pk, "/es/practicas.csv")
    ]


def test_reading_the_log_as_a_reader_of_files_makes_no_answer_vary_on_cookies(client):
    assert "Cookie" not in client.get("/es/practicas.csv").get("Vary", "")


@pytest.mark.engines
def test_a_refused_sign_in_is_on_record_without_the_name_that_was_typed(client, person, caplog):
    hostile = "nadie\r\n2026-01-01 INFO catalogue.audit sign_in user=1 \x1b[31m\u202e"
    with caplog.at_level(logging.INFO):
        sign_in(client, username=hostile, password="secreto-escrito")
        sign_in(client, password="secreto-escrito")
    assert events(AuditEvent.SIGN_IN_REFUSED) == [person.pk, None]
    log = "\n".join(record.getMessage() for record in caplog.records)
    assert "secreto-escrito" not in log
    assert "nadie" not in log
    assert "ana" not in log.replace("catalogue", "")


def test_the_audit_log_can_only_be_read(client):
    client.force_login(make_editor("administrator", is_superuser=True))
    entry = AuditEntry.objects.create(event=AuditEvent.EXPORT, subject="x")
    page = reverse("admin:catalogue_auditentry_changelist")
    assert client.get(page).status_code == 200
    assert client.get(reverse("admin:catalogue_auditentry_add")).status_code == 403
    change = reverse("admin:catalogue_auditentry_change", args=[entry.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, {"subject": "forged"}).status_code == 403
    assert (
        client.post(reverse("admin:catalogue_auditentry_delete", args=[entry.pk]), {"post": "yes"}).status_code == 403
    )
    client.post(page, {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"})
    assert AuditEntry.objects.get(pk=entry.pk).subject == "x"


def test_a_lost_second_factor_is_taken_away_by_command(client, person, protected, capsys):
    call_command("remove_second_factor", "ana")
    assert sign_in(client).status_code == 302
    with pytest.raises(CommandError):
        call_command("remove_second_factor", "nadie")


# The first page


@pytest.mark.engines
def test_the_first_page_shows_what_waits_is_due_and_is_missing(client):
    secretariat = make_editor("secretariat")
    client.force_login(secretariat)
    waiting = make_record(state="in_review", title="Espera revisión")
    due = make_record(state="published", title="Hay que verificar", next_review="2020-01-01")
    make_record(state="draft", title="Borrador ajeno")
    board = client.get("/admin/").context["dashboard"]
    assert board["waiting"] == [waiting]
    assert board["in_review"] == [waiting]
    assert board["due"] == [due]
    assert {code for code, _name, _number in board["untranslated"]} == {"en", "pt"}
    assert "GY" in {country.iso2 for country in board["gaps"]["countries"]}
    verification.verify(due, by=secretariat)
    assert client.get("/admin/").context["dashboard"]["due"] == []


def test_the_first_page_of_a_focal_point_tells_of_its_own_countries_only(client):
    peru = make_editor("focal_point", countries=["PE"])
    client.force_login(peru)
    own = make_record(country="PE", title="Propia")
    other = make_record(country="CL", title="Ajena centinela", state="in_review")
    workflow.move(other, "request_changes", by=make_editor("secretariat"), note="Centinela")
    page = client.get("/admin/")
    assert page.context["dashboard"]["waiting"] == [own]
    assert "entinela" not in page.content.decode()


def test_who_has_no_role_sees_an_empty_desk(client):
    client.force_login(make_editor())
    assert client.get("/admin/").context["dashboard"] is None
