"""The tokens of the search index: words without accents and case, and without their ending in each language.

The same function runs on the index and on the query, so that both databases find the same practices.
"""

import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from catalogue.text.folding import fold

ANALYSER = 1  # raise it when the words below change: `readyz` then asks for `manage.py rebuild_search`
BOUNDARY = "0boundary0"  # stands between two texts, so that no phrase reaches from one into the other
WORD = re.compile(r"[^\W_]+")
_ALGORITHMS = {"es": "spanish", "en": "english", "pt": "portuguese"}


_of_thread = threading.local()  # a stemmer stores the word that it is stemming, so threads must not share one
# Snowball gives "migração" and "migrações" two stems; these endings are made singular first.
_PLURALS = {
    "es": ((r"([lnrdy])es$", r"\1"), (r"ises$", "is"), (r"ces$", "z")),
    "pt": (
        (r"coes$", "cao"),
        (r"oes$", "ao"),
        (r"aes$", "ae"),
        (r"aos$", "ao"),
        (r"([aou])is$", r"\1l"),
        (r"veis$", "vel"),
    ),
    "en": (),
}
_LITTLE_WORDS = """
    a al ante bajo con contra de del desde e el en entre es esta este hacia hasta la las lo los para por que se sin
    sobre su sus un una y o u
    the of and to in for is on that by with as it at from an or
    da das do dos em na nas no nos ao aos os as um uma com sem ou seu sua seus suas pelo pela
"""
STOP_WORDS = frozenset(_LITTLE_WORDS.split())


def words(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    return WORD.findall(fold(text))


def word_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield ``(start, end, folded word)`` for every word of a text as it is written."""
    for match in WORD.finditer(text):
        yield match.start(), match.end(), fold(match.group())


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a folded word in ``es``, ``en`` or ``pt``."""
    if len(word) > 4:  # shorter words lose what tells them apart
        for pattern, singular in _PLURALS[language]:
            word, changed = re.subn(pattern, singular, word)
            if changed:
                break
    return token(_stemmer(language).stemWord(word))


def _stemmer(language: str) -> Any:
    """Return the stemmer of a language for this thread."""
    if not hasattr(_of_thread, "stemmers"):
        import snowballstemmer  # takes long to import, with all its languages, and not every page needs it

        _of_thread.stemmers = {code: snowballstemmer.stemmer(name) for code, name in _ALGORITHMS.items()}
    return _of_thread.stemmers[language]


@lru_cache(maxsize=100_000)
def token(word: str) -> str:
    """Return the token of a folded word: ASCII, which no database splits; other scripts are written in hexadecimal."""
    return word if word.isascii() else f"u{word.encode('utf-8', 'replace').hex()}"


@lru_cache(maxsize=200_000)
def forms(written: str, language: str) -> frozenset[str]:
    """Return the tokens that find a word written in a language: the word and its stem."""
    word = fold(written)
    return frozenset((token(word), stem(word, language)))


def ranking_token(stemmed: str, language: str) -> str:
    """Return the token of a stem in the title or summary of a language; it only raises the rank."""
    return f"{language}0{stemmed}"
