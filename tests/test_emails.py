"""Every e-mail has a greeting, and says what happened, what to do, until when, who acted, and who writes."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from catalogue.choices import State, TransitionKind
from catalogue.editorial.mail import account_mail, enquiry_mail, verification_reminders, workflow_mail
from catalogue.editorial.workflow import review_requests, workflow
from catalogue.text.languages import interface_language_of
from tests.desk import confirmed, make_editor, make_record, make_small
from tests.factories import make_enquiry

pytestmark = pytest.mark.django_db

GREETINGS = {
    "es": "Estimada/o Ana Quispe:\n\n",
    "en": "Dear Ana Quispe,\n\n",
    "pt": "Prezada(o) Ana Quispe,\n\n",
}
CLOSINGS = {
    "es": "\n\nAtentamente,\nSecretaría Técnica de la CSM\nCatálogo de prácticas",
    "en": "\n\nKind regards,\nSACM Technical Secretariat\nCatalogue of practices",
    "pt": "\n\nAtenciosamente,\nSecretaria Técnica da CSM\nCatálogo de práticas",
}


def letters_to(language):
    """Return every letter that a person can get, in a language, by its name."""
    name = {"first_name": "Ana", "last_name": "Quispe"}
    ana = make_editor("focal_point", countries=["PE"], language=language, **name)
    luis = make_editor("secretariat", first_name="Luis", last_name="Rojas")
    practice = make_record(country="PE", next_review=date(2026, 11, 4), created_by=ana)
    workflow.move(practice, TransitionKind.SUBMIT, by=ana)
    workflow.move(practice, TransitionKind.REQUEST_CHANGES, by=luis, note="Falta la fecha.")
    asked = make_enquiry(practice=practice, language=language, name="Ana Quispe", answer="Diez.")
    with override(interface_language_of(language)):
        return {
            "step": workflow_mail.transition_email(practice.transitions.first(), ana),
            "reminder": verification_reminders.reminder_email(ana, [practice]),
            "review": review_requests.review_email([practice], ana, luis),
            "answer": enquiry_mail.answer_email(asked),
            "password": account_mail.link_email(ana),
            "account": account_mail.change_email(ana, ana.email, account_mail.NEW_PASSWORD),
        }


@pytest.mark.parametrize("language", GREETINGS)
def test_every_letter_to_a_person_greets_by_name_and_is_signed(language):
    for name, letter in letters_to(language).items():
        assert letter.body.startswith(GREETINGS[language]), name
        assert letter.body.rstrip().endswith(CLOSINGS[language]), name
        assert "\n\n\n" not in letter.body.rstrip(), name
        assert "\n" not in letter.subject, name


def test_a_letter_about_a_step_says_what_happened_what_to_do_and_who_did_it():
    body = letters_to("en")["step"].body
    assert "Changes were requested in the following record:" in body
    assert "Please make the changes that the note asks for and submit it again:" in body
    assert "By: Luis Rojas" in body
    assert "Note: Falta la fecha." in body


def test_a_reminder_says_since_when_with_the_month_in_small_letters_and_when_the_next_one_comes():
    body = letters_to("pt")["reminder"].body
    assert "pendente desde 4 de novembro de 2026" in body
    assert "quatro semanas" in body


def test_a_letter_to_the_secretariat_greets_it_and_names_nobody_who_asked():
    asked = make_enquiry()
    for letter in (enquiry_mail.question_email(asked), enquiry_mail.many_questions_email(asked)):
        assert letter.body.startswith("Estimado equipo de la Secretaría Técnica:\n\n")
        assert "Ana" not in letter.body
        assert "\n\n\n" not in letter.body.rstrip()


# What else the editing area writes in the reader's language


def test_dates_of_the_editing_area_have_months_in_small_letters(client):
    client.force_login(make_editor("secretariat"))
    practice = make_record(state=State.PUBLISHED, next_review=date(2025, 11, 4))
    page = client.get(reverse("admin:index"), headers={"accept-language": "pt-br"}).content.decode()
    assert str(practice.code) in page
    assert "desde 4 de novembro de 2025" in page


@pytest.mark.parametrize(("language", "word"), [("es", "Punto focal de un país"), ("pt-br", "Ponto focal de um país")])
def test_the_filter_of_roles_has_their_names_and_not_those_of_groups(client, language, word):
    make_editor("focal_point")
    client.force_login(make_editor("administrator", is_superuser=True))
    confirmed(client)
    page = client.get(reverse("admin:auth_user_changelist"), headers={"accept-language": language}).content.decode()
    assert word in page
    assert "focal_point" not in page.split('id="changelist-filter"')[1]


def test_who_may_not_change_a_figure_reads_it_without_the_zeros_of_the_table(client):
    practice = make_small()
    practice.results.update(value="13.0000")
    client.force_login(make_editor("reader"))
    page = client.get(reverse("admin:catalogue_practice_change", args=[practice.pk])).content.decode()
    assert ">13<" in page
    assert "13,0000" not in page
