"""The choices of filters that are rows of the database: networks, States, terms of the vocabularies."""

from typing import NamedTuple

from catalogue.caching.lru import ProcessCache
from catalogue.caching.shared import shared_entry
from catalogue.choices import Scheme
from catalogue.models import Edition, Term
from catalogue.text.folding import sort_key
from networks.models import Country, Network

_choices = ProcessCache(2)  # of the database and of its replica


class StoredChoices(NamedTuple):
    """The choices that are rows of the database, in all languages."""

    networks: list
    countries: list
    terms: list
    editions: list

    def labelled(self):
        """Return ``{parameter: [(code, label)]}`` in the active language, in which some are sorted."""

        def of(scheme):
            return [(term.code, term.label) for term in self.terms if term.scheme == scheme]

        def sorted_by_label(choices):
            return sorted(choices, key=lambda choice: sort_key(choice[1]))

        return {
            "network": [(network.slug, network.name) for network in self.networks],
            "country": sorted_by_label((country.iso2, country.name) for country in self.countries),
            "population": sorted_by_label(of(Scheme.POPULATION)),
            "keyword": sorted_by_label(of(Scheme.KEYWORD)),
            "gcm": of(Scheme.GCM),
            "principle": of(Scheme.PRINCIPLE),
            "sdg": of(Scheme.SDG),
            "sdg_target": of(Scheme.SDG_TARGET),
            "psdhm": of(Scheme.PSDHM),
            "edition": [(edition.slug, str(edition)) for edition in self.editions],
        }

    def codes(self):
        """Return ``{parameter: {primary key: code}}``; a target of an SDG stands for its goal."""
        terms = {term.pk: term.code for term in self.terms}
        return {
            "network": {network.pk: network.slug for network in self.networks},
            "country": {country.pk: country.iso2 for country in self.countries},
            "edition": {edition.pk: edition.slug for edition in self.editions},
            "sdg": {term.pk: terms[term.parent_id] for term in self.terms if term.parent_id},
            **dict.fromkeys(("population", "keyword", "gcm", "principle", "sdg_target", "psdhm"), terms),
        }


def stored_choices(version):
    """Return the ``StoredChoices`` of a version, read in four queries; a change of single practices leaves them."""
    return shared_entry(_choices, "stored", version, _read)


def _read():
    return StoredChoices(*(list(model.objects.all()) for model in (Network, Country, Term, Edition)))
