"""The query of a text, with the synonyms of the editors."""

from functools import lru_cache

from catalogue.models.search import WORD_LENGTH, SynonymSet, SynonymToken
from catalogue.text.languages import content_language
from catalogue.text.search_query import forms_of, parse
from catalogue.text.search_tokens import words


def read_query(text, version):
    """Return the ``Query`` of a text in the active language, synonyms included."""
    return _parsed(text, content_language(), version)


@lru_cache(maxsize=200)
def _parsed(text, language, version):
    return parse(text, language=language, synonyms=_synonyms_of(words(text)))


def _synonyms_of(typed):
    """Return ``{form of an expression: all expressions of its sets}`` of the sets that may concern folded words."""
    found = {}
    tokens = _tokens((word,) for word in typed)
    for synonyms in SynonymSet.objects.holding(tokens) if tokens else ():
        expressions = synonyms.expressions()
        for form in {form for expression in expressions for form in forms_of(expression)}:
            found.setdefault(form, []).extend(expressions)
    return found


def index(synonyms):
    """Write the tokens by which a search finds a set anew."""
    tokens = {token[:WORD_LENGTH] for token in _tokens(synonyms.expressions())}
    synonyms.tokens.all().delete()
    SynonymToken.objects.bulk_create(SynonymToken(synonyms=synonyms, token=token) for token in sorted(tokens))


def rebuild():
    """Write the tokens of all sets anew."""
    for synonyms in SynonymSet.objects.all():
        index(synonyms)


def _tokens(expressions):
    return {form[0] for expression in expressions for form in forms_of(expression[:1])}
