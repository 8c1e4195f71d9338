"""Words as the index keeps them: without accents and case, and without their ending in each language.

The same function runs on the index and on the query, so that both databases find the same practices.
"""

import re
import threading
from functools import lru_cache

from catalogue.text.folding import fold

ANALYSER = 1  # raise it when the words below change: `readyz` then asks for `manage.py rebuild_search`
BOUNDARY = "0boundary0"  # stands between two texts, so that no phrase reaches from one into the other
WORD = re.compile(r"[^\W_]+")
_ALGORITHMS = {"es": "spanish", "en": "english", "pt": "portuguese"}


class _Stemmers(threading.local):
    """The stemmers of a thread: each holds the word it works at, so two threads in one would mix their words."""

    def __init__(self):
        import snowballstemmer  # takes long to import, with all its languages, and not every page needs it

        self.of = {language: snowballstemmer.stemmer(name) for language, name in _ALGORITHMS.items()}


_stemmers = _Stemmers()
# Snowball keeps "migração" and "migrações" apart; these endings are made singular first.
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


def words(text):
    """Return the folded words of a text, in order."""
    return WORD.findall(fold(text))


def word_spans(text):
    """Yield ``(start, end, folded word)`` for every word of a text as it is written."""
    for match in WORD.finditer(text):
        yield match.start(), match.end(), fold(match.group())


@lru_cache(maxsize=100_000)
def stem(word, language):
    """Return the stem of a folded word in ``es``, ``en`` or ``pt``."""
    if len(word) > 4:  # shorter words lose what tells them apart
        for pattern, singular in _PLURALS[language]:
            word, changed = re.subn(pattern, singular, word)
            if changed:
                break
    return token(_stemmers.of[language].stemWord(word))


@lru_cache(maxsize=100_000)
def token(word):
    """Return a folded word in letters that no database takes apart: other scripts are written in hexadecimal."""
    return word if word.isascii() else f"u{word.encode('utf-8', 'replace').hex()}"


@lru_cache(maxsize=200_000)
def forms(written, language):
    """Return the tokens under which a word, as it is written in a language, can be found."""
    word = fold(written)
    return frozenset((token(word), stem(word, language)))


def in_language(stemmed, language):
    """Return the token that says a stem stands in the title or summary of a language; it only raises the rank."""
    return f"{language}0{stemmed}"
