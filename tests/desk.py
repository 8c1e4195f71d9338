"""People of the desk and records for them: plain functions that build what a test needs and nothing else."""

import time
from contextlib import contextmanager
from itertools import count
from unittest.mock import patch

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.template.response import SimpleTemplateResponse
from django.urls import reverse

from catalogue.admin_site.reauthentication import CONFIRMED_AT
from catalogue.choices import State
from catalogue.models import Citation, EditorProfile, Practice
from networks.models import Country
from tests.factories import make_practice

_people = count(1)


def make_editor(role=None, *, countries=(), translates=(), language="es", **fields):
    """Return an account of the staff with a role, a mailbox and a profile."""
    name = fields.pop("username", f"{role or 'nobody'}-{next(_people)}")
    user = get_user_model().objects.create(username=name, email=f"{name}@example.org", is_staff=True, **fields)
    if role:
        user.groups.add(Group.objects.get_or_create(name=role)[0])
    profile = EditorProfile.objects.create(
        user=user, language=language, **{f"translates_{c}": True for c in translates}
    )
    profile.countries.set(Country.objects.filter(iso2__in=countries))
    return user


def confirmed(client, ago=0):
    """Return a client whose session was confirmed so many seconds ago, as ``accounts.reauthentication`` asks for."""
    session = client.session
    session[CONFIRMED_AT] = time.time() - ago
    session.save()
    return client


def make_record(*, state=State.DRAFT, **fields):
    """Return a practice that has everything publishing requires."""
    complete = {
        "summary_es": "Qué hace y con qué efecto.",
        "limits_none_reported": True,
        "contact": Practice.objects.filter(contact__isnull=False)[0].contact,
    }
    practice = make_practice(state=state, **{**complete, **fields})
    Citation.objects.create(practice=practice, author_es="Ministerio", as_printed="Ministerio, 2023", order=1)
    return practice


def make_small(code="CSM-2098-001", **fields):
    """Return a draft with two results and one place: a form that is opened and saved quickly."""
    texts = {"title": "El título de ayer", "objective_es": "Un objetivo", "limits_none_reported": False}
    practice = make_record(code=code, **{**texts, **fields})
    for order in (1, 2):
        practice.results.create(indicator_es=f"Casos {order}", kind="result", as_printed=f"{order} casos", order=order)
    practice.places.create(name_es="Un paso", order=1)
    return practice


def in_state(practice, state):
    """Put a stored practice into a state past the workflow, for tests of what follows."""
    Practice.objects.filter(pk=practice.pk).set_state(state)
    practice.refresh_from_db()
    return practice


@contextmanager
def undone():
    """Undo what is done to the database inside, so that one test can try many things on the same records."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def unrendered():
    """Leave the pages empty that are answered inside; status, forms and what else a view gives its template are there.

    To draw the form of a practice takes three times as long as to make it.
    """
    with patch.object(SimpleTemplateResponse, "rendered_content", ""):
        yield


def form_data(page):
    """What a browser would send back from the form of a page, unchanged."""
    data = {}
    context = page.context_data
    for form in [
        context["adminform"].form,
        *(f for s in context["inline_admin_formsets"] for f in [*s.formset, s.formset.management_form]),
    ]:
        for bound in form:
            value = bound.value()
            widget = bound.field.widget
            if hasattr(widget, "decompress"):
                parts = widget.decompress(value)
                data.update({f"{bound.html_name}_{i}": part or "" for i, part in enumerate(parts)})
            elif value is not None and value is not False:
                many = isinstance(value, (list, tuple))
                data[bound.html_name] = (
                    "on" if value is True else [getattr(v, "pk", v) for v in value] if many else value
                )
    return data


def change_form(editor, code):
    """Return the address of the form of a practice, as a draft, and what it sends back unchanged."""
    practice = in_state(Practice.objects.get(code=code), "draft")
    address = reverse("admin:catalogue_practice_change", args=[practice.pk])
    with unrendered():
        return address, form_data(editor.get(address))
