"""The index of names behind the suggestions: complete, in order, and written with every change."""

import random
import re
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from catalogue import migrations
from catalogue.choices import State
from catalogue.models import Organisation, Practice, SuggestedName, SuggestedRecord, SynonymToken
from catalogue.models.version import current
from catalogue.search import index, name_index
from catalogue.search.suggestions import suggestions
from catalogue.search.synonyms import read_query
from catalogue.text.folding import fold, sort_key
from catalogue.text.languages import CONTENT_LANGUAGES
from networks.models import Country, Forum, Meeting, Network
from tests.factories import make_many, make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

INTERFACE = {"es": "es", "en": "en", "pt": "pt-br"}
WORDS = ["Ñandú", "ñandutí", "Nanay", "Perú", "per-cápita", "PERSONA", "“Pérgola”", "de", "del", "da", "De_la", "(Dés)"]
WORDS += ["xu", "Xurubí", "à", "Á1", "1á", "ﷺ", "東京", "I.II", "e/o"]


def plain(text, language, limit):
    """Return what is to be suggested, computed from all names one by one."""
    typed = " ".join(fold(text).split())
    found = []
    for kind, record, own, names, further in everything(language):
        lines = [*further.splitlines(), *names]
        if re.search(rf"\W{re.escape(typed)}", "\n" + "\n".join(map(fold, lines))):
            begins = any(fold(name).startswith(typed) for name in (own, *further.splitlines()))
            shown = own
            if kind == "organisation" and record.shown_acronym not in own:
                shown = f"{own} ({record.shown_acronym})"
            found.append((not begins, sort_key(shown), kind, record.pk, shown))
    rows = [(kind, shown, "" if kind == "organisation" else pk) for _later, _key, kind, pk, shown in sorted(found)]
    return [(kind, shown) for kind, shown, _pk in dict.fromkeys(rows)][:limit]  # bodies of one name have one address


def everything(language):
    """Yield ``(kind, record, name on the page, all names, further names)`` of all that is public."""
    chain = [language, *(code for code in CONTENT_LANGUAGES if code != language)]
    for each in Practice.objects.published():
        pairs = [("short_title", language), ("title", language)]
        pairs += [(field, code) for field in ("short_title", "title") for code in chain[1:]]
        texts = [getattr(each, f"{field}_{code}") or "" for field, code in pairs]
        yield "practice", each, next(filter(None, texts)), texts, each.acronym
    organisations = Organisation.objects.filter(practices__state=State.PUBLISHED).distinct()
    of_kinds = {
        "network": (Network.objects.filter(active=True), ("name", "short_name"), lambda each: each.aliases),
        "country": (Country.objects.all(), ("name",), lambda each: each.aliases),
        "organisation": (organisations, ("name",), lambda each: each.acronym),
        "meeting": (Meeting.objects.all(), ("name",), lambda each: each.forum.acronym if each.forum else ""),
    }
    for kind, (records, fields, further) in of_kinds.items():
        for each in records:
            names = [getattr(each, f"{field}_{code}") or "" for field in fields for code in chain]
            yield kind, each, next(filter(None, names[: len(chain)])), names, further(each)


def typed_texts(draw):
    """Yield what people may type: beginnings of words, of two letters and of many, and texts that no name has."""
    names = [text for text in Practice.objects.values_list("title_es", flat=True) if text]
    names += [each.name for each in (*Network.objects.all(), *Country.objects.all(), *Meeting.objects.all()[:9])]
    for _ in range(12):
        words = draw.choice(names).split()
        rest = " ".join(words[draw.randrange(len(words)) :])
        yield rest[: draw.choice((2, 2, 3, 5, 12, 26, 60))].strip()
    yield from ("de", "pe", "xu", "zz", "ñ", "na", "(d", "1a", "東")


def change_something(draw):
    """Change a name, a state, an acronym, or delete a practice."""
    practice = draw.choice(Practice.objects.all())
    what = draw.randrange(4)
    if what == 0:
        practice.delete()
    elif what == 1:
        setattr(practice, f"title_{draw.choice(CONTENT_LANGUAGES)}", sentence(draw))
        practice.save()
    elif what == 2:
        Practice.objects.filter(pk=practice.pk).set_state(draw.choice([State.PUBLISHED, State.DRAFT]))
    else:
        organisation = draw.choice(Organisation.objects.all())
        organisation.name_es, organisation.acronym = sentence(draw), draw.choice(["", "PER", "DE / NAN"])
        organisation.save()


def sentence(draw):
    return " ".join(draw.choice(WORDS) for _ in range(draw.randint(1, 9)))


@pytest.mark.parametrize("seed", range(2))
def test_suggestions_are_those_of_all_names_looked_through_one_by_one(seed):
    draw = random.Random(seed)
    make_many(
        40,
        title=lambda place: f"{sentence(draw)} a{place}",
        title_en=lambda place: draw.choice(["", sentence(draw)]),
        short_title_pt=lambda place: draw.choice(["", sentence(draw)[:60]]),
        acronym=lambda place: draw.choice(["", "", "ÑAN", "XU"]),
        state=lambda place: draw.choice([State.PUBLISHED, State.PUBLISHED, State.DRAFT]),
    )
    for _ in range(2):
        for text in typed_texts(draw):
            language, limit = draw.choice(CONTENT_LANGUAGES), draw.choice((3, 8, 200))
            with translation.override(INTERFACE[language]):
                expected = plain(text, language, limit) if len(text) > 1 else []
                assert [row[:2] for row in suggestions(text, limit)] == expected, (text, language)
        for _ in range(6):
            change_something(draw)


def stored():
    """Return every row of the index, without its own keys."""
    names = SuggestedName.objects.values_list("record__kind", "record__key", "language", "start")
    sorts = SuggestedRecord.objects.values_list("kind", "key", *(f"sort_{code}" for code in CONTENT_LANGUAGES))
    return sorted(map(as_text, names)), sorted(map(as_text, sorts))


def as_text(row):
    return tuple(bytes(value).decode() if isinstance(value, bytes | memoryview) else str(value) for value in row)


def test_a_search_is_given_the_synonyms_of_its_words_after_a_rebuild_too():
    SynonymToken.objects.all().delete()
    assert index.out_of_step() > 0
    call_command("rebuild_search", verbosity=0)
    [term] = read_query("trata de personas", current()).terms
    assert ("human", "trafficking") in term.phrases


def test_it_is_written_with_every_change_as_a_rebuild_would_write_it():
    make_practice(title="Ñandutí", acronym="ÑAN")
    Network.objects.first().save()
    as_written = stored()
    SuggestedRecord.objects.all().delete()
    call_command("rebuild_search", verbosity=0)
    assert stored() == as_written


def test_the_migration_that_made_it_filled_it_in_the_same_way():
    make_practice(title="Ñandutí breve", short_title_pt="Brève", acronym="ÑAN")
    as_written = stored()
    SuggestedRecord.objects.all().delete()
    [path] = Path(migrations.__path__[0]).glob("*_suggested_names.py")
    import_module(f"catalogue.migrations.{path.stem}").fill(apps, SimpleNamespace(connection=connection))
    assert stored() == as_written


def test_a_record_saved_without_a_new_name_leaves_its_names_as_they_are():
    practice = make_practice(title="Ñandutí")
    rows = set(SuggestedName.objects.values_list("pk", flat=True))
    practice.summary_es = "Otro resumen"
    practice.save()
    assert set(SuggestedName.objects.values_list("pk", flat=True)) == rows


def test_an_acronym_of_a_forum_finds_its_meetings_when_it_changes():
    forum = Forum.objects.filter(meetings__isnull=False).first()
    forum.acronym = "XYLO"
    forum.save()
    assert {row.kind for row in suggestions("xylo")} == {"meeting"}


def test_names_go_with_their_records():
    network, practice = Network.objects.first(), make_practice()
    keys = {"network": network.pk, "practice": practice.pk}
    practice.delete()
    name_index.forget("network", {network.pk})
    for kind, key in keys.items():
        assert not SuggestedRecord.objects.filter(kind=kind, key=key).exists()
        assert not SuggestedName.objects.filter(record__kind=kind, record__key=key).exists()


@pytest.mark.parametrize("kind", name_index.KINDS)
def test_a_record_without_its_names_is_noticed_and_given_them(client, kind):
    SuggestedRecord.objects.filter(kind=kind).first().delete()
    assert index.out_of_step() == 1
    assert client.get("/readyz").status_code == 503
    call_command("rebuild_search", verbosity=0)
    assert client.get("/readyz").status_code == 200


def test_names_of_what_was_deleted_unseen_go_with_a_rebuild():
    SuggestedRecord.objects.create(kind="practice", key=99_999_999)
    call_command("rebuild_search", verbosity=0)
    assert not SuggestedRecord.objects.filter(key=99_999_999).exists()
