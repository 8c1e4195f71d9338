"""Records for tests: plain functions that build what a test needs and nothing else."""

from itertools import count

from django.utils import timezone

from catalogue import partial_dates
from catalogue.choices import CountryRole, OrganisationRole, State
from catalogue.models import (
    Adaptation,
    Contact,
    Enquiry,
    Organisation,
    Practice,
    PracticeCountry,
    PracticeNetwork,
    PracticeOrganisation,
    derived,
)
from catalogue.search import index
from networks.models import Country, Network

_numbers = count(1)


def make_practice(*, network="gender-and-migration", country="CL", **fields):
    """Return a saved practice with a network, a country and an implementing entity; see ``_values``."""
    with derived.deferred():
        practice = Practice.objects.create(**_values(**fields))
        for model, row in _rows(network, country).items():
            model.objects.create(practice=practice, **row)
    return practice


def make_many(number, *, network="gender-and-migration", country="CL", **fields):
    """Return as many saved practices as ``make_practice`` would make of these fields, written at once.

    A field may be a function of the place in the list. The version of the catalogue, the search documents and the
    records of harvesters follow; what listens to ``save`` alone does not.
    """
    made, rows = [], _rows(network, country)
    for place in range(number):
        values = {name: value(place) if callable(value) else value for name, value in fields.items()}
        practice = Practice(updated=timezone.now(), **_values(**values))
        practice.runs_from, practice.runs_until = partial_dates.bounds(practice.start, practice.end)
        made.append(practice)
    with derived.deferred():
        made = Practice.objects.bulk_create(made)
        for model, row in rows.items():
            model.objects.bulk_create(model(practice=practice, **row) for practice in made)
        index.touch({practice.pk for practice in made})
    return made


def _values(*, title="Práctica de prueba", language="es", state=State.PUBLISHED, start="2020", end="..", **fields):
    """Return the fields of a practice with a code, a slug and a title of its own."""
    number = next(_numbers)
    values = {
        "code": f"CSM-2099-{number:03d}",
        "slug": f"test-practice-{number}",
        "scope": "national",
        "state": state,
        "start": start,
        "end": end,
        "original_language": language,
        f"title_{language}": f"{title} {number}" if title == "Práctica de prueba" else title,
    }
    return {**values, **fields}


def _rows(network, country):
    """Return the rows that give a practice its network, its country and its entity, by their models."""
    return {
        PracticeNetwork: {"network": Network.objects.get(slug=network), "order": 1},
        PracticeCountry: {
            "country": Country.objects.get(iso2=country),
            "role": CountryRole.IMPLEMENTING,
            "order": 1,
        },
        PracticeOrganisation: {
            "organisation": Organisation.objects.get(slug="iom"),
            "role": OrganisationRole.LEAD,
            "order": 1,
        },
    }


def make_adaptation(*, practice=None, country="PE", state=State.PUBLISHED, stage="adopted", **fields):
    """Return a saved adaptation, with evidence and contact, of a practice of Chile by another State."""
    fields.setdefault("evidence", "Boletín oficial 12/2030")
    fields.setdefault("contact", Contact.objects.first())
    return Adaptation.objects.create(
        practice=practice or make_practice(),
        country=Country.objects.get(iso2=country),
        state=state,
        stage=stage,
        **fields,
    )


def make_enquiry(*, practice=None, **fields):
    """Return a stored question of Ana, who wants to know what it costs."""
    asker = {"name": "Ana Pérez", "email": "ana@example.org", "institution": "Municipio", "language": "es"}
    question = fields.pop("question", "¿Cuánto cuesta la práctica?")
    return Enquiry.objects.create(practice=practice or make_practice(), question=question, **{**asker, **fields})
