"""The search index: a document for each practice, written in the transaction that changes the practice."""

from catalogue.models import Practice, derived
from catalogue.models.narrative import LONG_TEXTS
from catalogue.models.search import SearchDocument, SynonymSet
from catalogue.search import name_index, vocabulary
from catalogue.text.languages import CONTENT_LANGUAGES
from catalogue.text.search_tokens import ANALYSER, BOUNDARY, ranking_token, stem, token, words

BATCH = 500


def touch(practice_ids):
    """Index practices now, or at the end of ``deferred()``."""
    derived.touch(index, practice_ids)


def index(practice_ids):
    """Rebuild the documents of these practices; those that are deleted are skipped."""
    ids = sorted(practice_ids)
    for start in range(0, len(ids), BATCH):
        practices = Practice.objects.filter(pk__in=ids[start : start + BATCH]).for_detail()
        documents = [_document(practice) for practice in practices]
        vocabulary.add_words(document.vocabulary for document in documents)
        SearchDocument.objects.bulk_create(
            documents,
            update_conflicts=True,
            unique_fields=["practice"],
            update_fields=["title", "summary", "names", "body", "vocabulary", "analyser"],
        )
        name_index.index_records("practice", practices)


def out_of_step():
    """Return how many records lack what the search reads: a current document, names, or tokens of synonyms."""
    current = SearchDocument.objects.filter(analyser=ANALYSER)
    documentless = Practice.objects.exclude(pk__in=current.values("practice")).count()
    nameless = sum(name_index.nameless(kind).count() for kind in name_index.KINDS)
    return documentless + nameless + SynonymSet.objects.filter(tokens=None).count()


def _document(practice):
    """Return the unsaved document of a practice from ``for_detail()``."""
    title = _texts(practice, "title", "short_title")
    summary = [*_texts(practice, "summary"), *_name_texts([*practice.keywords.all(), *practice.populations.all()])]
    names = _names(practice)
    return SearchDocument(
        practice=practice,
        title=_tokens([*title, ("", practice.acronym), ("", practice.code)], ranked=True),
        summary=_tokens(summary, ranked=True),
        names=_tokens(names, written=True),
        body=_tokens(_body(practice)),
        vocabulary=" ".join(sorted({word for _language, text in (*title, *summary, *names) for word in text.split()})),
        analyser=ANALYSER,
    )


def _names(practice):
    """Return the names of networks, States, organisations, places and laws, with aliases, acronyms and meanings."""
    bodies = [row.organisation for row in practice.practice_organisations.all()]
    networks = [row.network for row in practice.practice_networks.all()]
    countries = practice.implementing_countries
    instruments = list(practice.legal_instruments.all())
    return [
        *_name_texts([*networks, *countries, *bodies, *practice.places.all()]),
        *_texts(practice, "acronym_meaning"),
        *(text for row in instruments for text in _texts(row, "title")),
        *(("", text) for record in (*networks, *countries) for text in record.aliases.splitlines()),
        *(("", body.acronym) for body in bodies),
        *(("", row.number) for row in instruments),
    ]


def _body(practice):
    """Return the long texts and the results, also as the source prints them."""
    return [
        *_texts(practice, *LONG_TEXTS),
        *(text for row in practice.results.all() for text in _texts(row, "indicator", "note", "period")),
        *(("", row.as_printed) for row in practice.results.all()),
    ]


def _texts(record, *fields):
    """Return ``(language, text)`` for every language in which the fields are filled."""
    return [
        (language, text)
        for field in fields
        for language in CONTENT_LANGUAGES
        if (text := getattr(record, f"{field}_{language}"))
    ]


def _name_texts(records):
    return [text for record in records for text in _texts(record, "name")]


def _tokens(texts, *, ranked=False, written=False):
    """Return the tokens of texts: stems, or the words themselves where a text has no language.

    ``written`` adds the words themselves for all texts, for a prefix that is longer than the stem; ``ranked`` does so
    too, and adds the stems once more, with their language, which raises the rank.
    """
    runs = [[stem(word, language) if language else token(word) for word in words(text)] for language, text in texts]
    if ranked or written:
        runs += [[token(word) for word in words(text)] for code, text in texts if code]
    if ranked:
        runs += [[ranking_token(stem(word, code), code) for word in words(text)] for code, text in texts if code]
    return f" {BOUNDARY} ".join(" ".join(run) for run in runs if run)
