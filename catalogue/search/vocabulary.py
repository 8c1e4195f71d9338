"""What the reader may have meant: the nearest word of the catalogue's own vocabulary."""

from collections import Counter, defaultdict
from difflib import SequenceMatcher
from functools import lru_cache

from catalogue.folding import fold
from catalogue.models import Practice, SearchDocument
from catalogue.search.text import word_spans

NEAR_ENOUGH = 0.7  # ratio of difflib; below it a suggestion reads as a guess
KEPT = 10_000  # answers for words typed wrong
CANDIDATES = 30  # words with most trigrams in common that are compared letter by letter


class Vocabulary:
    """The words of published practices, as they are written most often, found by their trigrams."""

    def __init__(self, texts):
        written = defaultdict(Counter)
        for text in texts:
            for start, end, word in word_spans(text):
                written[word][text[start:end].lower()] += 1
        self._nearest = {}
        self.words = {word: forms.most_common(1)[0] for word, forms in written.items() if len(word) > 2}
        self.by_trigram = defaultdict(list)
        for word in self.words:
            for trigram in trigrams(word):
                self.by_trigram[trigram].append(word)

    def nearest(self, word):
        """Return the word most like ``word`` as it is written, or None when none is near; looked for once."""
        if word not in self._nearest:
            if len(self._nearest) >= KEPT:
                self._nearest.clear()
            self._nearest[word] = self._look_for(word)
        return self._nearest[word]

    def _look_for(self, word):
        common = Counter(other for trigram in trigrams(word) for other in self.by_trigram[trigram])
        near = [
            (round(SequenceMatcher(None, word, other).ratio(), 1), self.words[other][1], other)
            for other, _shared in common.most_common(CANDIDATES)
        ]
        likeness, _times, best = max(near, default=(0, 0, ""))  # of two that are as near, the more frequent
        return self.words[best][0] if likeness >= NEAR_ENOUGH else None


def trigrams(word):
    """Return the trigrams of a word, its ends marked."""
    padded = f"  {word} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def did_you_mean(text, version):
    """Return ``text`` with its unknown words replaced by the nearest known ones, or None when there is nothing to mend.

    ``version`` is the catalogue's: the vocabulary is read once for each.
    """
    vocabulary = vocabulary_of(version)
    mended, place, changed = [], 0, False
    for start, end, word in word_spans(text):
        nearest = None if word in vocabulary.words else vocabulary.nearest(word)
        if nearest and fold(nearest) != word:
            mended += [text[place:start], nearest]
            place, changed = end, True
    return "".join([*mended, text[place:]]) if changed else None


@lru_cache(maxsize=1)
def vocabulary_of(version):
    """Return the vocabulary of the published practices at a version of the catalogue."""
    published = Practice.objects.published().values("pk")
    return Vocabulary(SearchDocument.objects.filter(pk__in=published).values_list("vocabulary", flat=True).iterator())
