"""E-mails about a transition of a practice or of an adaptation, to those it concerns."""

from smtplib import SMTPRecipientsRefused

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _, gettext_lazy

from catalogue.choices import CountryRole, TransitionKind
from catalogue.editorial.mail.sending import form_url, language_of, new_email, send_email
from catalogue.editorial.privacy import audit_signals
from catalogue.editorial.workflow.roles import Role, name_of
from catalogue.models import AdaptationStep

SUBJECTS = {
    TransitionKind.SUBMIT: gettext_lazy("submitted for review"),
    TransitionKind.REQUEST_CHANGES: gettext_lazy("changes requested"),
    TransitionKind.PUBLISH: gettext_lazy("published"),
    TransitionKind.ARCHIVE: gettext_lazy("archived"),
    TransitionKind.REOPEN: gettext_lazy("reopened as a draft"),
}
HAPPENED = {
    TransitionKind.SUBMIT: gettext_lazy("The following record was submitted for review:"),
    TransitionKind.REQUEST_CHANGES: gettext_lazy("Changes were requested in the following record:"),
    TransitionKind.PUBLISH: gettext_lazy("The following record was published:"),
    TransitionKind.ARCHIVE: gettext_lazy("The following record was archived and is no longer public:"),
    TransitionKind.REOPEN: gettext_lazy("The following record was reopened as a draft:"),
}
TO_DO = {
    TransitionKind.SUBMIT: gettext_lazy("Please review it, and then publish it or request changes:"),
    TransitionKind.REQUEST_CHANGES: gettext_lazy("Please make the changes that the note asks for and submit it again:"),
    TransitionKind.PUBLISH: gettext_lazy("No action is required. You can see it in the editing area:"),
    TransitionKind.ARCHIVE: gettext_lazy("No action is required. You can see it in the editing area:"),
    TransitionKind.REOPEN: gettext_lazy("You can edit it again and submit it for review:"),
}


def send_after_commit(transition):
    """E-mail those concerned once a transition is stored; a mail server that fails undoes nothing."""
    transaction.on_commit(lambda: _send_to_each(transition), robust=True)


def _send_to_each(transition):
    for person in recipients(transition):
        problem = send_email(transition_email(transition, person), _subject_of(transition)[0])
        if problem:
            audit_signals.warn_actor(
                _(
                    "The step was saved, but the notification e-mail could not be sent. Please inform the"
                    " people concerned yourself."
                )
            )
            if not isinstance(problem, SMTPRecipientsRefused):  # the next e-mail would wait for the same server
                return


def recipients(transition):
    """Return the accounts a transition concerns, without who made it: who reviews, or who wrote.

    Of what becomes public or ceases to be, also the focal points of its States: of an adaptation those that adapt and
    those whose practice it is.
    """
    if transition.move == TransitionKind.SUBMIT:
        concerned = Q(groups__name__in=[Role.SECRETARIAT, Role.REVIEWER])
    else:
        find = _concerned_by_adaptation if isinstance(transition, AdaptationStep) else _concerned_by_practice
        writers, countries = find(transition)
        concerned = Q(pk__in=writers - {None})
        if transition.move in (TransitionKind.PUBLISH, TransitionKind.ARCHIVE):
            concerned |= Q(groups__name=Role.FOCAL_POINT, editor_profile__countries__in=countries)
    active = get_user_model().objects.filter(concerned, is_active=True, is_staff=True).exclude(email="")
    return list(active.exclude(pk=transition.by_id).distinct().order_by("pk"))


def _concerned_by_practice(transition):
    """Return the keys of who wrote and submitted a practice or its revision, and of its States."""
    practice = transition.practice
    copy = practice.open_revision or practice
    writers = {practice.created_by_id, copy.created_by_id, copy.submitted_by_id, _last_submitter(practice.transitions)}
    return writers, _implementing(practice)


def _concerned_by_adaptation(transition):
    adaptation = transition.adaptation
    writers = {adaptation.created_by_id, _last_submitter(adaptation.steps)}
    return writers, {adaptation.country_id, *_implementing(adaptation.practice)}


def _last_submitter(transitions):
    last = transitions.filter(move=TransitionKind.SUBMIT).first()
    return last.by_id if last else None


def _implementing(practice):
    return practice.practice_countries.filter(role=CountryRole.IMPLEMENTING).values_list("country", flat=True)


def transition_email(transition, person):
    """Return the e-mail about a transition in the language of ``person``."""
    with language_of(person):
        name, record, target = _subject_of(transition)
        return new_email(
            person.email,
            _("%(code)s: %(step)s") % {"code": name, "step": SUBJECTS[transition.move]},
            "transition.txt",
            to=name_of(person),
            what=HAPPENED[transition.move],
            to_do=TO_DO[transition.move],
            by=name_of(transition.by) if transition.by else "",
            transition=transition,
            practice=record,
            address=form_url(target),
        )


def _subject_of(transition):
    """Return what a transition is of: its short name, its whole name, and the row whose form is to be opened."""
    if isinstance(transition, AdaptationStep):
        adaptation = transition.adaptation
        words = {"country": adaptation.country.name, "practice": adaptation.practice}
        return str(adaptation), _("Adaptation (%(country)s): %(practice)s") % words, adaptation
    practice = transition.practice
    return practice.code, practice, practice.open_revision or practice
