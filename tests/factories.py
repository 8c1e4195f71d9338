"""Records for tests: plain functions that build what a test needs and nothing else."""

from itertools import count

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
)
from catalogue.search import index
from networks.models import Country, Network

_numbers = count(1)


def make_practice(**fields):
    """Return a saved practice with a network, a country and an implementing entity; see ``_make_practice``."""
    with index.deferred():
        return _make_practice(**fields)


def _make_practice(
    *,
    title="Práctica de prueba",
    language="es",
    network="gender-and-migration",
    country="CL",
    state=State.PUBLISHED,
    start="2020",
    end="..",
    **fields,
):
    """Return a saved practice with a network, a country and an implementing entity."""
    number = next(_numbers)
    fields.setdefault("code", f"CSM-2099-{number:03d}")
    fields.setdefault("slug", f"test-practice-{number}")
    fields.setdefault(f"title_{language}", f"{title} {number}" if title == "Práctica de prueba" else title)
    practice = Practice.objects.create(
        scope=fields.pop("scope", "national"), state=state, start=start, end=end, original_language=language, **fields
    )
    PracticeNetwork.objects.create(practice=practice, network=Network.objects.get(slug=network), order=1)
    PracticeCountry.objects.create(
        practice=practice, country=Country.objects.get(iso2=country), role=CountryRole.IMPLEMENTING, order=1
    )
    PracticeOrganisation.objects.create(
        practice=practice, organisation=Organisation.objects.get(slug="iom"), role=OrganisationRole.LEAD, order=1
    )
    return practice


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
