"""A name that only an institution can confirm is listed with whom to ask, marked for editors, not told to readers."""

from pathlib import Path

import pytest
from django.urls import reverse

from catalogue.choices import Origin
from catalogue.models import Contact, Organisation, Term
from networks.models import Forum, Network
from networks.unconfirmed_names import unconfirmed_name_languages, with_unconfirmed_name
from tests.desk import make_editor

pytestmark = pytest.mark.django_db

LIST = Path(__file__).parents[1] / "docs" / "to-confirm.md"
MARK = "sin confirmar por la institución"


def rows_marked():
    """Return the rows of the first part of the list, by the record that each names."""
    marked = LIST.read_text(encoding="utf-8").partition("## Marked in the records")[2].partition("\n## ")[0]
    cells = [row.strip("|").split("|") for row in marked.splitlines() if row.startswith("| ") and "`" in row]
    return {where.strip(): name.strip() for name, where, *_reason_and_whom in cells}


def names_marked():
    """Return the unconfirmed names of the catalogue, by the record that has them."""
    found = {}
    for kind, model in (("organisation", Organisation), ("term", Term)):
        for record in model.objects.all():
            names = [getattr(record, f"name_{code}") for code in unconfirmed_name_languages(record)]
            if names:
                found[f"{kind} `{' '.join(record.natural_key())}`"] = names
    for kind, model in (("network", Network), ("forum", Forum), ("contact", Contact)):
        found |= {f"{kind} `{record.slug}`": [] for record in with_unconfirmed_name(model.objects, "es")}
    return found


def test_every_unconfirmed_name_is_listed_with_whom_to_ask_and_nothing_else():
    listed, marked = rows_marked(), names_marked()
    assert sorted(listed) == sorted(marked)
    assert {where: names for where, names in marked.items() if not all(name in listed[where] for name in names)} == {}


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("catalogue_organisation", {"unconfirmed": "es"}),
        ("catalogue_term", {"unconfirmed": "es"}),
        ("catalogue_contact", {"name_unconfirmed__exact": "1"}),
        ("networks_network", {"name_unconfirmed__exact": "1"}),
        ("networks_forum", {"name_unconfirmed__exact": "1"}),
    ],
)
def test_the_list_at_the_desk_says_what_is_not_confirmed_and_finds_it(client, name, query):
    client.force_login(make_editor("secretariat"))
    page = client.get(reverse(f"admin:{name}_changelist"), query)
    shown = page.context_data["cl"].result_count
    assert shown > 0
    assert page.content.decode().count(f'field-confirmation">{MARK}') == shown


def test_the_form_of_an_organisation_says_in_which_language(client):
    client.force_login(make_editor("secretariat"))
    ombudsman = Organisation.objects.get(slug="ve-ombudsman-office")
    page = client.get(reverse("admin:catalogue_organisation_change", args=[ombudsman.pk])).content.decode()
    assert f"{MARK}: español" in page.lower()


def test_the_filter_finds_the_names_of_one_language(client):
    client.force_login(make_editor("secretariat"))
    found = client.get(reverse("admin:catalogue_organisation_changelist"), {"unconfirmed": "pt"}).context_data["cl"]
    assert set(found.queryset) == set(Organisation.objects.filter(origin_pt=Origin.UNVERIFIED))
    assert found.result_count > 0


def test_readers_are_not_told(client):
    goal = Term.objects.get(scheme="psdhm", code="h")
    assert goal.origin_es == Origin.UNVERIFIED
    for address in (
        "/es/marcos/psdhm/h/",
        "/es/redes/",
        "/es/foros/rncom/",
        "/es/practicas/consular-protocol-trafficking-smuggling-venezuela/",
    ):
        page = client.get(address)
        assert page.status_code == 200, address
        assert MARK not in page.content.decode(), address
    terms = client.get("/api/v1/vocabularies/psdhm/?lang=es")
    assert terms.status_code == 200
    assert goal.name_es.split("[")[0] in terms.content.decode()
    assert Origin.UNVERIFIED not in terms.content.decode()
