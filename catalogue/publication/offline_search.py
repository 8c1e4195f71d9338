"""The list of the offline copy: every practice, its search index, and the choices of its filters.

The index is a script, since a page opened from a folder may not read any other file.
"""

import json

from catalogue.listing.cards import practice_card
from catalogue.listing.filters import practices_for
from catalogue.models import Practice
from catalogue.models.narrative import LONG_TEXTS
from catalogue.publication.blocks import plain_text
from catalogue.publication.facts import organisation_spans
from catalogue.text.folding import fold, sort_key
from catalogue.text.languages import CONTENT_LANGUAGES, localized

CHUNK = 50


def offline_index():
    """Return ``{"cards", "practices", "filters"}`` of all published practices in the active language."""
    cards, practices, choices = [], [], {}
    for practice in Practice.objects.published().by_code().for_detail().iterator(chunk_size=CHUNK):
        values = _filter_values(practice)
        for parameter, pairs in values.items():
            choices.setdefault(parameter, {}).update(pairs)
        cards.append(practice_card(practice))
        practices.append(
            {
                "title": _distinct_words(getattr(practice, f"title_{language}") for language in CONTENT_LANGUAGES),
                "text": _distinct_words(_searched_texts(practice, values)),
                **{parameter: list(pairs) for parameter, pairs in values.items()},
            }
        )
    return {"cards": cards, "practices": practices, "choices": choices}


def _filter_values(practice):
    """Return the codes and labels of a practice for each filter, named like the parameters of the site."""
    return {
        "network": {row.network.slug: localized(row.network, "name").text for row in practice.practice_networks.all()},
        "country": {state.iso2: localized(state, "name").text for state in practice.implementing_countries},
        "scope": {practice.scope: practice.get_scope_display()}
        | {row.scope: row.get_scope_display() for row in practice.further_scopes.all()},
        "status": {practice.status: practice.get_status_display()},
        "population": {term.code: term.label for term in practice.populations.all()},
        "keyword": {term.code: term.label for term in practice.keywords.all()},
        "gcm": {term.code: term.label for term in practice.gcm_objectives.all()},
        "sdg": {target.parent.code: target.parent.label for target in practice.sdg_targets.all() if target.parent},
        "evidence": {practice.evidence: practice.get_evidence_display()} if practice.evidence else {},
    }


def _searched_texts(practice, values):
    """Yield the texts that are searched beside the titles."""
    yield practice.code
    yield practice.acronym
    for field in ("summary", *LONG_TEXTS):
        yield localized(practice, field).text
    for row in practice.practice_organisations.all():
        yield plain_text(organisation_spans(row.organisation))
    for row in practice.legal_instruments.all():
        yield f"{localized(row, 'title').text} {row.number}"
    for row in (*practice.results.all(), *practice.places.all()):
        yield localized(row, "indicator" if hasattr(row, "indicator") else "name").text
    for pairs in values.values():
        yield from pairs.values()


def _distinct_words(texts):
    """Return the folded words of texts, each once."""
    words = "".join(letter if letter.isalnum() else " " for letter in fold(" ".join(map(str, texts)))).split()
    return " ".join(dict.fromkeys(words))


def list_context(index):
    """Return the context of the template of the list: the cards and the choices of each filter, in order."""
    labels = {name: each.label for name, each in practices_for({}).filters.items()}
    filters = [
        {
            "parameter": parameter,
            "label": labels[parameter],
            "choices": sorted(pairs.items(), key=lambda pair: _choice_order(*pair)),
        }
        for parameter, pairs in index["choices"].items()
        if pairs
    ]
    return {"cards": index["cards"], "filters": filters, "total": len(index["cards"])}


def _choice_order(code, label):
    return (int(code), "") if code.isdecimal() else (0, sort_key(str(label)))


def index_script(index):
    return f"window.catalogueIndex = {json.dumps(index['practices'], ensure_ascii=False)};\n"
