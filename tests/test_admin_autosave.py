"""What is typed is kept for its author alone, offered again, and never more than the form itself would do."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalogue.editorial.workflow import autosave
from catalogue.models import Practice, UnsavedWork
from tests.desk import change_form, form_data, in_state, make_editor, make_small, unrendered
from tests.factories import make_practice

pytestmark = pytest.mark.django_db

CODE = "CSM-2098-001"
ADD = "/admin/catalogue/practice/add/"


@pytest.fixture(autouse=True)
def practice(db):
    """What is worked on."""
    return make_small(CODE, country="BR")


def opened(client, code=CODE, **changes):
    """Open a form, let it keep some changes, and return its address and what it holds."""
    address, data = change_form(client, code)
    data |= changes
    answer = client.post(address.replace("/change/", "/keep/"), data)
    assert answer.status_code == 200, answer.content
    return address, data


def offers(client, address):
    with unrendered():
        return list(client.get(address).context_data["offered"])


@pytest.mark.engines
def test_what_was_typed_is_offered_and_continued_with(editor):
    address, data = opened(editor, title_es="Lo que escribía", objective_es="Línea\r\nsegunda")
    [work] = offers(editor, address)
    assert "Lo que escribía" in editor.get(address).content.decode()
    page = editor.post(address, {"_resume": str(work.key)})
    assert page.status_code == 200
    resumed = form_data(page)
    assert (resumed["title_es"], str(resumed["work"])) == ("Lo que escribía", str(data["work"]))
    assert Practice.objects.get(code=CODE).title_es != "Lo que escribía", "nothing is saved by looking at it"
    assert editor.post(address, resumed).status_code == 302
    practice = Practice.objects.get(code=CODE)
    assert (practice.title_es, practice.objective_es) == ("Lo que escribía", "Línea\nsegunda")
    assert offers(editor, address) == [], "what is saved is no longer unsaved"


@pytest.mark.engines
@pytest.mark.parametrize("end", ["change", "forget"])
def test_what_arrives_after_the_work_was_saved_or_discarded_is_refused(editor, end):
    address, data = opened(editor, acronym="A")
    assert editor.post(address.replace("/change/", f"/{end}/"), data).status_code == 302
    late = editor.post(address.replace("/change/", "/keep/"), {**data, "acronym": "TARDE"})
    assert late.status_code == 409
    assert offers(editor, address) == []
    assert "TARDE" not in str([work.content for work in UnsavedWork.objects.all()])
    more = editor.post(address.replace("/change/", "/keep/"), {**data, "acronym": "MAS", "work": late.json()["work"]})
    assert more.status_code == 200, "a form that is still open goes on under the key it was given"
    assert [work.content["acronym"] for work in offers(editor, address)] == [["MAS"]]


def test_what_was_never_kept_before_it_was_saved_is_refused_too(editor):
    address, data = change_form(editor, CODE)
    assert editor.post(address, data).status_code == 302
    assert editor.post(address.replace("/change/", "/keep/"), data).status_code == 409
    assert offers(editor, address) == []


def test_the_rows_of_unsaved_work_come_back(editor):
    address, data = change_form(editor, CODE)
    count = int(data["places-TOTAL_FORMS"])
    more = {"places-TOTAL_FORMS": str(count + 1), f"places-{count}-name_es": "Un paso nuevo"}
    editor.post(address.replace("/change/", "/keep/"), {**data, **more})
    page = editor.post(address, {"_resume": str(data["work"])})
    assert form_data(page)[f"places-{count}-name_es"] == "Un paso nuevo"


@pytest.mark.engines
def test_a_form_keeps_one_piece_of_work_and_two_forms_keep_two(editor):
    address, data = opened(editor, acronym="A")
    editor.post(address.replace("/change/", "/keep/"), {**data, "acronym": "AB"})
    opened(editor, acronym="C")
    assert [work.content["acronym"] for work in offers(editor, address)] == [["C"], ["AB"]]


def test_unsaved_work_can_be_discarded(editor):
    address, data = opened(editor, acronym="A")
    answer = editor.post(address.replace("/change/", "/forget/"), {"work": data["work"]})
    assert answer["Location"] == address
    assert offers(editor, address) == []


@pytest.mark.engines
def test_a_practice_that_is_not_stored_yet_is_kept_too(editor):
    with unrendered():
        data = form_data(editor.get(ADD)) | {"title_pt": "Acolhida"}
    assert editor.post(f"{ADD}keep/", data).status_code == 200
    assert not Practice.objects.filter(title_pt="Acolhida").exists()
    [work] = offers(editor, ADD)
    assert work.title == "Acolhida"
    page = editor.post(ADD, {"_resume": str(work.key)})
    assert form_data(page)["title_pt"] == "Acolhida"
    assert editor.post(f"{ADD}forget/", {"work": str(work.key)})["Location"] == ADD
    assert offers(editor, ADD) == []


def test_nobody_else_sees_or_takes_unsaved_work(editor):
    address, data = opened(editor, acronym="SECRETO")
    other = Client()
    other.force_login(make_editor("administrator"))
    assert "SECRETO" not in other.get(address).content.decode()
    assert other.post(address, {"_resume": str(data["work"])}).status_code == 302
    other.post(address.replace("/change/", "/forget/"), {"work": data["work"]})
    other.post(address.replace("/change/", "/keep/"), {**data, "acronym": "OTRO"})
    assert [work.content["acronym"] for work in offers(editor, address)] == [["SECRETO"]]


@pytest.mark.parametrize("role", ["reader", "reviewer", "focal_point"])
def test_who_may_not_edit_keeps_nothing(client, role):
    client.force_login(make_editor(role, countries=["CL"]))
    practice = make_practice(state="draft", country="PE")
    for action in ("keep", "forget"):
        address = reverse(f"admin:catalogue_practice_{action}", args=[practice.pk])
        assert client.post(address, {"work": str(uuid4())}).status_code in (403, 404)
    assert not UnsavedWork.objects.exists()


def test_kept_work_waits_while_a_practice_may_not_be_edited(client):
    client.force_login(make_editor("focal_point", countries=["BR"]))
    address, data = opened(client, acronym="A")
    in_state(Practice.objects.get(code=CODE), "in_review")
    assert offers(client, address) == []
    assert client.post(address, {"_resume": str(data["work"])}).status_code == 403
    assert client.post(address.replace("/change/", "/keep/"), data).status_code == 403
    in_state(Practice.objects.get(code=CODE), "changes_requested")
    assert len(offers(client, address)) == 1


def test_a_translator_resumes_the_own_texts_and_nothing_else(client):
    client.force_login(make_editor("translator", translates=["pt"]))
    address, data = opened(client, title_pt="Meu título", title_es="Forjado", scope="regional")
    page = client.post(address, {"_resume": str(data["work"])})
    assert client.post(address, form_data(page)).status_code == 302
    practice = Practice.objects.get(code=CODE)
    assert practice.title_pt == "Meu título"
    assert practice.title_es != "Forjado"
    assert practice.scope != "regional"


def test_continuing_after_somebody_else_saved_shows_the_conflict(editor):
    address, data = opened(editor, acronym="MIO")
    ana = Client()
    ana.force_login(make_editor("secretariat", username="ana"))
    _same, hers = change_form(ana, CODE)
    ana.post(address, {**hers, "title_es": "El título de Ana"})
    page = editor.post(address, {"_resume": str(data["work"])})
    assert page.context["merge"]
    assert (form_data(page)["title_es"], form_data(page)["acronym"]) == ("El título de Ana", "MIO")


@pytest.mark.engines
def test_unsaved_work_goes_after_two_weeks(editor):
    address, _data = opened(editor, acronym="VIEJO")
    UnsavedWork.objects.update(kept_at=timezone.now() - autosave.VALID_FOR - timedelta(minutes=1))
    assert offers(editor, address) == []
    opened(editor, acronym="NUEVO")
    assert [work.content["acronym"] for work in UnsavedWork.objects.all()] == [["NUEVO"]]


@pytest.mark.engines
def test_a_token_and_the_buttons_are_not_kept(editor):
    opened(editor, acronym="A", csrfmiddlewaretoken="x", _save="1")
    names = UnsavedWork.objects.get().content
    assert not [name for name in names if name.startswith(("_", "csrf"))]


def test_a_renewed_session_gives_the_open_form_a_token(editor):
    address, _data = change_form(editor, CODE)
    assert editor.get(address.replace("/change/", "/keep/")).json()["token"]


@pytest.mark.engines
def test_a_key_that_is_none_is_refused(editor):
    address, data = change_form(editor, CODE)
    for key in ("", "x", "1' OR '1'='1"):
        assert editor.post(address.replace("/change/", "/keep/"), {**data, "work": key}).status_code == 400, key
        assert editor.post(address, {"_resume": key}).status_code == 302, key


def test_signed_out_nothing_is_kept(client):
    practice = make_practice(state="draft")
    answer = client.post(reverse("admin:catalogue_practice_keep", args=[practice.pk]), {"work": str(uuid4())})
    assert answer.status_code == 302
    assert not UnsavedWork.objects.exists()


# What is kept is bounded


def kept(user, *, key=None, text="x", ago=0):
    """Keep a form as its browser sends it, some minutes ago."""
    posted = QueryDict(mutable=True)
    posted["title_es"] = text
    work = autosave.store_unsaved_work(user, None, key or uuid4(), posted)
    UnsavedWork.objects.filter(pk=work.pk).update(kept_at=timezone.now() - timedelta(minutes=ago))
    return work


@pytest.mark.engines
def test_a_person_keeps_the_newest_forms_and_others_keep_theirs(monkeypatch):
    monkeypatch.setattr(autosave, "MOST_FORMS", 3)
    person, other = make_editor("secretariat"), make_editor("translator")
    of_other = kept(other, ago=99)
    works = [kept(person, ago=10 - number) for number in range(6)]
    assert {work.pk for work in UnsavedWork.objects.of(person)} == {work.pk for work in works[-3:]}
    assert list(UnsavedWork.objects.of(other)) == [of_other]


@pytest.mark.engines
def test_a_script_cannot_fill_the_disk_and_what_is_typed_now_stays(monkeypatch):
    monkeypatch.setattr(autosave, "MOST_BYTES", 5000)
    person = make_editor("reader")
    old = kept(person, ago=60)
    for _number in range(12):
        kept(person, text="ñ" * 150, ago=1)  # 900 bytes of JSON
    assert sum(len(json.dumps(work.content)) for work in UnsavedWork.objects.all()) <= 5000
    assert not UnsavedWork.objects.filter(pk=old.pk).exists(), "the oldest goes first"
    huge = kept(person, text="x" * 6000)
    assert list(UnsavedWork.objects.all()) == [huge], "what is typed now is kept, whatever its size"


@pytest.mark.engines
def test_all_together_fill_no_disk_and_nobody_loses_what_they_typed_last(monkeypatch):
    monkeypatch.setattr(autosave, "MOST_BYTES_IN_ALL", 3000)
    person, script = make_editor("translator"), make_editor("reader")
    first, last = kept(person, text="a" * 800, ago=9), kept(person, text="b" * 800, ago=8)
    works = [kept(script, text="c" * 800, ago=5 - number) for number in range(4)]
    assert set(UnsavedWork.objects.all()) == {last, *works[-2:]}
    assert first not in UnsavedWork.objects.all()


@pytest.mark.engines
def test_what_is_remembered_of_saved_forms_is_bounded(monkeypatch):
    monkeypatch.setattr(autosave, "MOST_SETTLED", 2)
    person = make_editor("secretariat")
    work = kept(person)
    for _number in range(5):
        autosave.settle(person, uuid4())
    assert UnsavedWork.objects.settled().count() == 2
    assert list(UnsavedWork.objects.unsettled()) == [work]


def test_a_form_goes_on_being_kept_while_others_of_the_account_are(monkeypatch):
    monkeypatch.setattr(autosave, "MOST_FORMS", 2)
    person, key = make_editor("secretariat"), uuid4()
    for turn in range(4):
        kept(person, key=key, text=f"typed {turn}", ago=4 - turn)
        kept(person, ago=4 - turn)
    assert "typed 3" in str([work.content for work in UnsavedWork.objects.all()])
