"""The query of a text, with the synonyms of the editors."""

from functools import lru_cache

from catalogue.models.search import SynonymSet
from catalogue.text.languages import content_language
from catalogue.text.search_query import forms_of, parse


def read_query(text, version):
    """Return the ``Query`` of a text in the active language, synonyms included."""
    return _parsed(text, content_language(), version)


@lru_cache(maxsize=200)
def _parsed(text, language, version):
    return parse(text, language=language, synonyms=stored_synonyms(version) if text else {})


@lru_cache(maxsize=2)
def stored_synonyms(version):
    """Return ``{form of an expression: all expressions of its sets}``, read once for each version."""
    found = {}
    for synonyms in SynonymSet.objects.all():
        expressions = synonyms.expressions()
        for form in {form for expression in expressions for form in forms_of(expression)}:
            found.setdefault(form, []).extend(expressions)
    return found
