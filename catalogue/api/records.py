"""The records of the API: codes for programs, texts in the language asked for."""

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from catalogue import choices
from catalogue.server.absolute_urls import public_url
from catalogue.text.languages import content_language, localized

CLOSED_LISTS = {
    "scope": (_("Scope"), choices.Scope),
    "status": (_("Operational status"), choices.OperationalStatus),
    "evidence": (_("Evidence level"), choices.Evidence),
    "country_role": (_("Role of a country"), choices.CountryRole),
    "organisation_role": (_("Role of an organisation"), choices.OrganisationRole),
    "organisation_kind": (_("Sector of an organisation"), choices.OrganisationKind),
    "instrument_kind": (_("Type of legal instrument"), choices.InstrumentKind),
    "result_kind": (_("Kind of figure"), choices.ResultKind),
    "qualifier": (_("Qualifier of a figure"), choices.Qualifier),
    "link_kind": (_("Type of link"), choices.LinkKind),
    "link_status": (_("Status of an address"), choices.LinkStatus),
    "translation_status": (_("Status of a translation"), choices.TranslationStatus),
    "presentation_kind": (_("Type of presentation at a meeting"), choices.PresentationKind),
    "adaptation_stage": (_("Stage of an adaptation"), choices.AdaptationStage),
}
VOCABULARIES = (*choices.Scheme.values, *CLOSED_LISTS)


def api_url(name, *args, query=""):
    """Return the full URL of an endpoint."""
    return f"{settings.SITE_URL}{reverse(f'api:{name}', args=args)}{query}"


def addressed(record, name):
    """Return a record with its URL in the API beside that of its page."""
    return {**record, "api_url": api_url(name, record["slug"])}


def network_record(network, practices):
    """Return a network and the number of its ``practices``."""
    return {
        "slug": network.slug,
        "url": public_url(network),
        "api_url": api_url("network", network.slug),
        "language": content_language(),
        "name": localized(network, "name").text,
        "short_name": localized(network, "short_name").text,
        "description": localized(network, "description").text,
        "order": network.order,
        "active": network.active,
        "practices": practices,
        "practices_url": api_url("practices", query=f"?network={network.slug}"),
    }


def country_record(country, practices):
    """Return a member State and the number of ``practices`` it implements."""
    return {
        "iso2": country.iso2,
        "iso3": country.iso3,
        "m49": country.m49,
        "url": public_url(country),
        "api_url": api_url("country", country.iso2),
        "language": content_language(),
        "name": localized(country, "name").text,
        "official_name": localized(country, "official_name").text,
        "member_since": country.member_since,
        "practices": practices,
        "practices_url": api_url("practices", query=f"?country={country.iso2}"),
    }


def vocabulary_summary(name):
    """Return a vocabulary without its terms."""
    label = CLOSED_LISTS[name][0] if name in CLOSED_LISTS else capfirst(choices.Scheme(name).label)
    return {
        "name": name,
        "label": str(label),
        "closed": name in CLOSED_LISTS,
        "language": content_language(),
        "api_url": api_url("vocabulary", name),
    }


def term_record(term):
    """Return a term of an open vocabulary."""
    name = localized(term, "name")
    return {
        "code": term.code,
        "label": term.label,
        "broader": term.parent.code if term.parent else None,
        "gloss": localized(term, "gloss").text,
        "origin": term.origin_for_readers(name.language),
    }


def closed_terms(name):
    """Return the terms of a closed list."""
    nothing_more = {"broader": None, "gloss": "", "origin": ""}
    return [{"code": code, "label": str(label), **nothing_more} for code, label in CLOSED_LISTS[name][1].choices]
