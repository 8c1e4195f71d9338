"""Corrections of a search that finds nothing: the nearest word of the catalogue's vocabulary that finds something."""

from difflib import SequenceMatcher
from itertools import groupby, islice

from catalogue.models.search import WORD_LENGTH, VocabularyWord
from catalogue.text.search_query import excluded_in
from catalogue.text.search_tokens import word_spans

SHORTEST = 3  # letters of a word that is corrected
NEAR_ENOUGH = 0.7  # ratio of difflib; below it a suggestion reads as a guess
MOST_CORRECTED = 3  # words of a text; the database looks through its whole vocabulary for each
CANDIDATES = 30  # words with most trigrams in common that are compared letter by letter


def add_words(texts):
    """Add the words of texts to the vocabulary, each as it is written first."""
    written = {}
    for text in texts:
        for start, end, word in word_spans(text):
            if SHORTEST <= len(word) <= WORD_LENGTH:
                written.setdefault(word, text[start:end].lower()[:WORD_LENGTH])
    for word in VocabularyWord.objects.among(written):
        del written[word]
    rows = [VocabularyWord(word=word, written=form) for word, form in sorted(written.items())]
    VocabularyWord.objects.bulk_create(rows, ignore_conflicts=True)


def did_you_mean(text, finds):
    """Return ``text`` with its words that find nothing replaced by the nearest that do, or without those near none.

    ``finds`` returns how many published practices a text finds: a word that only drafts have is never shown. None when
    nothing is to mend, or too much, or nothing would be left; what is excluded cannot be why nothing is found.
    """
    unknown = list(islice(_unknown(text, finds), MOST_CORRECTED + 1))
    if not 0 < len(unknown) <= MOST_CORRECTED:
        return None
    corrected, position = [], 0
    for start, end, word in unknown:
        corrected += [text[position:start], _nearest(word, finds) or ""]
        position = end
    pieces = "".join([*corrected, text[position:]]).split()
    return " ".join(piece for piece in pieces if any(word_spans(piece))) or None


def _unknown(text, finds):
    """Yield where each word that finds nothing begins and ends, and the word; excluded and short ones aside."""
    excluded = excluded_in(text)
    for start, end, word in word_spans(text):
        if len(word) >= SHORTEST and not any(first < start < last for first, last in excluded) and not finds(word):
            yield start, end, word


def _nearest(word, finds):
    """Return the word most like ``word``, of those as near the one that finds most; None when none is near."""
    candidates = VocabularyWord.objects.near(word, CANDIDATES)
    compared = [(_likeness(word, other), other, written) for other, written in candidates]
    near = sorted((each for each in compared if each[0] >= NEAR_ENOUGH), reverse=True)
    for _likeness_of_all, alike in groupby(near, key=lambda each: each[0]):
        found, best = max((finds(other), written) for _likeness, other, written in alike)
        if found:
            return best
    return None


def _likeness(word, other):
    return round(SequenceMatcher(None, word, other).ratio(), 2)
