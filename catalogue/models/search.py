"""The search index: one document per practice, from which each database builds its own index."""

from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import connections, models
from django.db.models.lookups import Lookup
from django.utils.translation import gettext_lazy as _

from catalogue.models.practice import Practice
from catalogue.querysets.search_engines import ENGINES
from catalogue.text.search_tokens import words
from networks.records import Record, RecordQuerySet

WORD_LENGTH = 60  # letters of a word that can be suggested


class SearchDocument(models.Model):
    """The words of a practice in all languages, by weight, ready for the engine.

    PostgreSQL computes a ``tsvector`` from it, SQLite updates its index by triggers: no index lags behind its document.
    """

    practice = models.OneToOneField(Practice, models.CASCADE, primary_key=True, related_name="search_document")
    title = models.TextField()
    summary = models.TextField()
    names = models.TextField()
    body = models.TextField()
    vocabulary = models.TextField()  # words as they are written, of which ``VocabularyWord`` is made
    analyser = models.PositiveSmallIntegerField()

    def __str__(self):
        return str(self.practice_id)


class MatchField(models.TextField):
    """The column that FTS5 names after its table; it knows only ``__match``."""


@MatchField.register_lookup
class Match(Lookup):
    """``row__match``: the MATCH operator of FTS5."""

    lookup_name = "match"

    def as_sql(self, compiler, connection):
        left, left_parameters = self.process_lhs(compiler, connection)
        right, right_parameters = self.process_rhs(compiler, connection)
        return f"{left} MATCH {right}", [*left_parameters, *right_parameters]


class VocabularyQuerySet(models.QuerySet):
    """Words of the vocabulary."""

    def among(self, words):
        """Return the set of these folded words that are in the vocabulary."""
        return set(self.filter(word__in=words).values_list("word", flat=True))

    def near(self, word, number):
        """Return ``(folded word, as it is written)`` of the words with most trigrams in common with a folded word."""
        condition, nearness = ENGINES[connections[self.db].vendor].nearness(word)
        return self.filter(condition).order_by(nearness, "word").values_list("word", "written")[:number]


class VocabularyWord(models.Model):
    """A word of the records, folded and as it is written, for "did you mean".

    Words of drafts and of deleted practices are among them: search for a word before it is shown.
    """

    word = models.CharField(max_length=WORD_LENGTH, unique=True)
    written = models.CharField(max_length=WORD_LENGTH)

    objects = VocabularyQuerySet.as_manager()

    def __str__(self):
        return self.written


class SqliteVocabulary(models.Model):
    """The trigrams of the vocabulary: an FTS5 table of SQLite, updated by triggers."""

    word = models.OneToOneField(
        VocabularyWord, models.DO_NOTHING, primary_key=True, related_name="trigrams", db_column="rowid"
    )
    row = MatchField(db_column="catalogue_vocabulary")
    rank = models.FloatField()

    class Meta:
        managed = False
        db_table = "catalogue_vocabulary"

    def __str__(self):
        return str(self.word_id)


class PostgresIndex(models.Model):
    """The ``tsvector`` beside the document, computed by PostgreSQL."""

    practice = models.OneToOneField(
        Practice, models.DO_NOTHING, primary_key=True, related_name="postgres_index", db_column="practice_id"
    )
    vector = SearchVectorField()

    class Meta:
        managed = False
        db_table = "catalogue_searchdocument"

    def __str__(self):
        return str(self.practice_id)


class SqliteIndex(models.Model):
    """The FTS5 table of the documents, updated by triggers."""

    practice = models.OneToOneField(
        Practice, models.DO_NOTHING, primary_key=True, related_name="sqlite_index", db_column="rowid"
    )
    row = MatchField(db_column="catalogue_search")
    rank = models.FloatField()

    class Meta:
        managed = False
        db_table = "catalogue_search"

    def __str__(self):
        return str(self.practice_id)


class SynonymQuerySet(RecordQuerySet):
    """Sets of synonyms."""

    def holding(self, tokens):
        """Keep the sets that have an expression of which the first word is found by one of these tokens."""
        cut = {token[:WORD_LENGTH] for token in tokens}
        return self.filter(pk__in=SynonymToken.objects.filter(token__in=cut).values("synonyms"))


class SynonymSet(Record):
    """Words that a search treats as the same: spellings, acronyms, translations."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True, help_text=_("Used in files; it never changes."))
    words = models.TextField(
        _("words"), help_text=_("One word or expression per line; each finds all the others. Accents do not matter.")
    )

    objects = SynonymQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self):
        return ", ".join(self.words.splitlines())

    def clean(self):
        """Refuse a set that would change nothing."""
        super().clean()
        if len(self.expressions()) < 2:
            raise ValidationError({"words": _("Write at least two words or expressions, one per line.")})

    def expressions(self):
        """Return each line as a tuple of folded words, without repetitions."""
        return list(dict.fromkeys(filter(None, (tuple(words(line)) for line in self.words.splitlines()))))


class SynonymToken(models.Model):
    """A token that finds the first word of an expression: a search reads the sets of its words, not all of them."""

    synonyms = models.ForeignKey(SynonymSet, models.CASCADE, related_name="tokens")
    token = models.CharField(max_length=WORD_LENGTH, db_index=True)

    def __str__(self):
        return self.token
