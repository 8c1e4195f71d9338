"""Actions on many practices: what they will touch is shown first, each goes the way it would go alone."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from catalogue.choices import State, TransitionKind
from catalogue.editorial.workflow import bulk_actions, workflow
from catalogue.editorial.workflow.bulk_actions import BULK_ACTIONS
from catalogue.editorial.workflow.roles import MATRIX, Action, Role
from catalogue.models import AuditEntry, Classification, Practice, Term, Transition
from tests.desk import in_state, make_editor, make_record, undone

pytestmark = pytest.mark.django_db
LIST = reverse("admin:catalogue_practice_changelist")
WHO = [None, *Role]


@pytest.fixture
def desk(client):
    """The desk as the secretariat sees it."""
    client.force_login(make_editor("secretariat", username="secretaria"))
    return client


def ask(desk, name, *practices, list_url=LIST):
    """Choose an action in the list; return the page that asks for confirmation."""
    return desk.post(
        list_url,
        {"action": f"bulk_{name}", "_selected_action": [p.pk for p in practices], "index": 0, "select_across": 0},
    )


def confirm(desk, page, **given):
    """Send back the form of that page; return the list with its messages."""
    touched = page.context["touched"]
    marks = {f"mark-{line.practice.pk}": line.mark for line in touched}
    chosen = {"_selected_action": [line.practice.pk for line in touched], "action": page.context["action"]}
    return desk.post(page.request["PATH_INFO"], {**chosen, **marks, "confirmed": "1", **given}, follow=True)


def told(page):
    return [str(message) for message in page.context["messages"]]


def states(*practices):
    return [Practice.objects.state_of(practice.pk) for practice in practices]


@pytest.mark.engines
def test_the_page_lists_what_will_be_changed_and_why_the_rest_stays_as_it_is(desk):
    draft, public = make_record(title="Se envía"), make_record(state=State.PUBLISHED, title="Ya pública")
    page = ask(desk, "submit", draft, public)
    assert [line.practice for line in page.context["touched"]] == [draft]
    assert [line.practice for line in page.context["untouched"]] == [public]
    assert str(State.PUBLISHED.label) in page.context["untouched"][0].obstacle
    assert states(draft, public) == [State.DRAFT, State.PUBLISHED]
    assert not Transition.objects.exists()


@pytest.mark.engines
def test_confirmed_each_takes_the_step_with_its_history_and_its_letter(desk, django_capture_on_commit_callbacks):
    make_editor("reviewer")
    first, second = make_record(), make_record(state=State.CHANGES_REQUESTED)
    page = ask(desk, "submit", first, second)
    with django_capture_on_commit_callbacks(execute=True):
        answer = confirm(desk, page, note="Para la reunión.")
    assert states(first, second) == [State.IN_REVIEW] * 2
    assert [taken.note for taken in Transition.objects.all()] == ["Para la reunión."] * 2
    assert len(mail.outbox) == 2
    assert len(told(answer)) == 1 and "2" in told(answer)[0]


def test_what_is_incomplete_is_not_published_and_the_page_says_what_it_lacks(desk):
    whole = make_record(state=State.IN_REVIEW)
    lacking = make_record(state=State.IN_REVIEW, contact=None)
    page = ask(desk, "publish", whole, lacking)
    assert [line.practice for line in page.context["touched"]] == [whole]
    assert page.context["untouched"][0].practice == lacking
    confirm(desk, page)
    assert states(whole, lacking) == [State.PUBLISHED, State.IN_REVIEW]


@pytest.mark.engines
def test_publishing_takes_a_practice_and_a_revision_alike(desk):
    record, public = make_record(state=State.IN_REVIEW), make_record(state=State.PUBLISHED)
    copy = in_state(workflow.revise(public, by=make_editor("secretariat")), State.IN_REVIEW)
    confirm(desk, ask(desk, "publish", record, copy))
    assert states(record, public, copy) == [State.PUBLISHED, State.PUBLISHED, None]
    assert public.transitions.filter(move=TransitionKind.PUBLISH, of_revision=True).exists()


@pytest.mark.engines
def test_archiving_asks_for_a_reason(desk):
    practice = make_record(state=State.PUBLISHED)
    page = ask(desk, "archive", practice)
    again = confirm(desk, page, reason=" ")
    assert again.context["form"].errors["reason"]
    assert states(practice) == [State.PUBLISHED]
    confirm(desk, again, reason="Terminó en 2020.")
    assert states(practice) == [State.ARCHIVED]
    assert practice.transitions.get().note == "Terminó en 2020."


def test_who_is_asked_to_review_gets_one_letter_in_their_language(desk, django_capture_on_commit_callbacks):
    reviewer = make_editor("reviewer", language="pt")
    practices = [make_record(state=State.IN_REVIEW), make_record()]
    page = ask(desk, "assign_reviewer", *practices)
    with django_capture_on_commit_callbacks(execute=True):
        confirm(desk, page, reviewer=reviewer.pk)
    assert {p.reviewer for p in Practice.objects.filter(pk__in=[p.pk for p in practices])} == {reviewer}
    letter = mail.outbox.pop()
    assert letter.to == [reviewer.email] and not mail.outbox
    assert "2 práticas a revisar" in letter.subject
    assert all(practice.code in letter.body for practice in practices)
    assert AuditEntry.objects.filter(subject__contains=f"reviewer {reviewer.pk}").count() == 2


def test_only_who_may_publish_can_be_asked_to_review(desk):
    practice, translator = make_record(state=State.IN_REVIEW), make_editor("translator")
    again = confirm(desk, ask(desk, "assign_reviewer", practice), reviewer=translator.pk)
    assert again.context["form"].errors["reviewer"]
    assert Practice.objects.get(pk=practice.pk).reviewer is None


def test_nobody_in_particular_takes_the_reviewer_away(desk):
    practice = make_record(state=State.IN_REVIEW, reviewer=make_editor("reviewer"))
    confirm(desk, ask(desk, "assign_reviewer", practice), reviewer="")
    assert Practice.objects.get(pk=practice.pk).reviewer is None


def keyword():
    return Term.objects.of("keyword").first()


@pytest.mark.engines
def test_a_keyword_is_added_with_a_version_in_the_history(desk):
    practice = make_record()
    confirm(desk, ask(desk, "add_keyword", practice), keyword=keyword().pk)
    assert list(practice.keywords.all()) == [keyword()]
    assert practice.versions.first().made_by.username == "secretaria"
    assert str(keyword()) in practice.versions.first().reason


@pytest.mark.engines
def test_a_published_practice_gets_its_keyword_in_a_revision(desk):
    practice = make_record(state=State.PUBLISHED)
    confirm(desk, ask(desk, "add_keyword", practice), keyword=keyword().pk)
    assert not practice.keywords.exists()
    assert list(practice.open_revision.keywords.all()) == [keyword()]


def test_a_keyword_that_is_there_already_leaves_no_trace(desk):
    practice = make_record(state=State.PUBLISHED)
    practice.keywords.add(keyword())
    answer = confirm(desk, ask(desk, "add_keyword", practice), keyword=keyword().pk)
    assert practice.open_revision is None
    assert practice.code in told(answer)[0]


# Somebody else meanwhile


@pytest.mark.engines
def test_what_has_changed_since_the_confirmation_page_is_told_and_left_alone(desk):
    moved, edited, alone = (make_record() for _number in range(3))
    page = ask(desk, "submit", moved, edited, alone)
    other = make_editor("secretariat")
    workflow.move(moved, TransitionKind.SUBMIT, by=other)
    workflow.move(moved, TransitionKind.REQUEST_CHANGES, by=other, note="Falta la fuente.")
    bulk_actions.revisions.store_version(edited, by=other)
    answer = confirm(desk, page)
    assert states(moved, edited, alone) == [State.CHANGES_REQUESTED, State.DRAFT, State.IN_REVIEW]
    assert any(moved.code in message and edited.code in message for message in told(answer))


@pytest.mark.engines
def test_a_filter_of_the_list_does_not_hide_what_has_changed(desk):
    practice = make_record()
    page = ask(desk, "submit", practice, list_url=f"{LIST}?state__exact=draft")
    in_state(practice, State.IN_REVIEW)
    answer = desk.post(
        f"{LIST}?state__exact=draft",
        {
            "_selected_action": practice.pk,
            "action": "bulk_submit",
            "confirmed": "1",
            f"mark-{practice.pk}": page.context["touched"][0].mark,
        },
        follow=True,
    )
    assert practice.code in told(answer)[0]


def test_what_is_gone_is_counted(desk):
    practice = make_record()
    page = ask(desk, "submit", practice)
    practice.delete()
    assert len(told(confirm(desk, page))) == 1


@pytest.mark.engines
@pytest.mark.parametrize("forged", ["x", "-1", "9" * 30, "１"])
def test_forged_keys_touch_nothing(desk, forged):
    answer = desk.post(LIST, {"action": "bulk_submit", "_selected_action": forged, "confirmed": "1"}, follow=True)
    assert answer.status_code == 400
    assert not Transition.objects.exists()


@pytest.mark.engines
def test_an_action_that_fails_half_way_leaves_nothing_behind(desk, monkeypatch):
    practices = [make_record(), make_record()]
    page = ask(desk, "submit", *practices)
    move = workflow.move

    def fails_at_the_second(practice, step, **options):
        if practice == practices[1]:
            raise RuntimeError
        return move(practice, step, **options)

    monkeypatch.setattr(workflow, "move", fails_at_the_second)
    with pytest.raises(RuntimeError):
        confirm(desk, page)
    assert states(*practices) == [State.DRAFT] * 2


def test_more_than_the_page_can_show_is_refused(desk, monkeypatch):
    monkeypatch.setattr(bulk_actions, "MOST", 1)
    answer = ask(desk, "submit", make_record(), make_record())
    assert answer.status_code == 302


# Who may

SOURCE = {
    "submit": (Action.SUBMIT, State.DRAFT),
    "publish": (Action.PUBLISH, State.IN_REVIEW),
    "archive": (Action.ARCHIVE, State.PUBLISHED),
    "assign_reviewer": (Action.ASSIGN, State.IN_REVIEW),
    "add_keyword": (Action.EDIT, State.DRAFT),
}


@pytest.mark.parametrize("name", SOURCE)
def test_a_role_does_for_many_what_it_may_do_for_one(client, name):
    action, state = SOURCE[name]
    own, other = make_record(state=state, country="PE"), make_record(state=state, country="CL")
    before = bulk_actions.mark_of(own), bulk_actions.mark_of(other)
    marks = {f"mark-{practice.pk}": bulk_actions.mark_of(practice) for practice in (own, other)}
    given = {"reason": "Terminó.", "keyword": keyword().pk, "reviewer": make_editor("reviewer").pk}
    chosen = {"action": f"bulk_{name}", "_selected_action": [own.pk, other.pk], "confirmed": "1"}
    for role in WHO:
        with undone():
            client.force_login(make_editor(role, countries=["PE"]))
            may = role is not None and state in MATRIX[role].get(action, ())
            client.post(LIST, {**chosen, **marks, **given})
            after = [bulk_actions.mark_of(Practice.objects.get(pk=practice.pk)) for practice in (own, other)]
            assert (after[0] != before[0]) == may, role
            assert (after[1] != before[1]) == (may and role != Role.FOCAL_POINT), role


def test_the_list_offers_a_role_only_its_actions(client):
    make_record(country="PE")
    client.force_login(make_editor("focal_point", countries=["PE"]))
    page = client.get(LIST).content.decode()
    assert 'value="bulk_submit"' in page and 'value="bulk_add_keyword"' in page
    assert 'value="bulk_publish"' not in page and 'value="bulk_archive"' not in page


# Classifications


def classified(state=State.DRAFT, *codes):
    practice = make_record(state=state)
    for code in codes:
        term = Term.objects.get(scheme="gcm", code=code)
        Classification.objects.create(practice=practice, term=term, reason_es=f"Motivo {code}")
    return practice


def judged(practice):
    return {row.term.code: row.status for row in practice.classifications.all()}


@pytest.mark.engines
def test_the_secretariat_confirms_the_proposed_classifications_it_chose_and_the_history_says_so(desk):
    practice = classified(State.DRAFT, "4", "7")
    page = ask(desk, "confirm", practice)
    assert all(reason in page.content.decode() for reason in ("Motivo 4", "Motivo 7"))
    chosen = practice.classifications.get(term__code="7")
    confirm(desk, page, classifications=[chosen.pk], note="Acordado en Lima.")
    assert judged(practice) == {"4": "proposed", "7": "confirmed"}
    chosen.refresh_from_db()
    assert chosen.confirmed_on == timezone.now().date()
    version = practice.versions.first()
    assert version.made_by.username == "secretaria"
    assert str(chosen.term) in version.reason and "Acordado en Lima." in version.reason


@pytest.mark.engines
def test_what_is_rejected_is_no_classification_and_no_filter_finds_the_practice_by_it(desk):
    practice = classified(State.DRAFT, "4", "7")
    page = ask(desk, "reject", practice)
    confirm(desk, page, classifications=[practice.classifications.get(term__code="4").pk])
    assert judged(practice) == {"7": "proposed"}
    assert [term.code for term in practice.gcm_objectives.all()] == ["7"]


def test_a_published_practice_is_judged_in_its_revision(desk):
    practice = classified(State.PUBLISHED, "4")
    page = ask(desk, "confirm", practice)
    confirm(desk, page, classifications=[practice.classifications.get().pk])
    assert judged(practice) == {"4": "proposed"}, "readers see it once the revision is published"
    assert judged(practice.open_revision) == {"4": "confirmed"}


def test_without_a_proposed_classification_there_is_nothing_to_judge(desk):
    practice = make_record()
    assert [line.practice for line in ask(desk, "confirm", practice).context["untouched"]] == [practice]


JUDGING = ["confirm", "reject"]


@pytest.mark.parametrize("name", JUDGING)
def test_the_secretariat_alone_judges_classifications(client, name):
    practice = classified(State.DRAFT, "4")
    row = practice.classifications.get()
    chosen = {"action": f"bulk_{name}", "_selected_action": [practice.pk], "confirmed": "1", "classifications": row.pk}
    done = {"confirm": {"4": "confirmed"}, "reject": {}}[name]
    for role in WHO:
        with undone():
            client.force_login(make_editor(role, countries=["CL"]))
            client.post(LIST, {**chosen, f"mark-{practice.pk}": bulk_actions.mark_of(practice)})
            may = role in (Role.SECRETARIAT, Role.ADMINISTRATOR)
            assert judged(practice) == (done if may else {"4": "proposed"}), role


def test_every_action_has_its_test_of_who_may():
    assert {*SOURCE, *JUDGING} == set(BULK_ACTIONS)
