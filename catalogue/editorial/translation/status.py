"""How the texts of each language came to be, what an edit does to that, and who translates what.

The original is what a practice says in its original language. Contents (see ``practice_content``) are compared, so the
rule is the same for the form, a revision, an import and a translator's file.
"""

from copy import copy
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.utils import timezone

from catalogue.choices import State, TranslationStatus
from catalogue.editorial.translation.translation_units import texts_of, waiting_texts
from catalogue.editorial.workflow import practice_content
from catalogue.editorial.workflow.roles import Action, Role, may, own_languages, practices_for_editor
from catalogue.models import Practice
from catalogue.text.languages import CONTENT_LANGUAGES, LANGUAGE_NAMES

# What an edit does


def update_statuses(practice, before, *, small_correction=False, today=None):
    """Update the status of each language after an edit of the texts, in the transaction of the edit.

    ``before`` is the content before it, ``None`` for a new practice. A change of the original marks the other
    languages outdated from ``today`` on, unless it is a small correction; a translation that is edited is up to date
    again. A status that the editor has set by hand stays as it was set.
    """
    after = practice_content.read_content(practice)
    if before and _translatable(before) == _translatable(after):
        return
    wanted = statuses_after(before, after, small_correction=small_correction, today=today or timezone.now().date())
    stored = Practice.objects.get(pk=practice.pk)
    changed = [name for name, value in wanted.items() if getattr(stored, name) != value]
    for name, value in wanted.items():
        setattr(stored, name, value)
        setattr(practice, name, value)
    if changed:
        stored.save(update_fields=[*changed, "updated"])


def with_updated_statuses(before, after):
    """Return a content with the statuses that ``update_statuses`` would store after an edit of ``before``."""
    if _translatable(before) == _translatable(after):
        return after
    wanted = statuses_after(before, after, small_correction=False, today=timezone.now().date())
    return {**after, "fields": {**after["fields"], **practice_content.as_json_values(wanted)}}


def _translatable(content):
    names = ("original_language", "outdated_texts", *(f"translation_status_{code}" for code in CONTENT_LANGUAGES))
    return texts_of(content), [content["fields"].get(name) for name in names]


class Edit(NamedTuple):
    """What an edit changed: the fields before and after it, and the texts of both."""

    before: dict
    after: dict
    old: dict
    new: dict


def statuses_after(before, after, *, small_correction, today):
    """Return the fields of a practice that hold the status of its languages, by name, as they are after an edit."""
    before = before or {"fields": {"outdated_texts": {}}, "rows": {}}
    edit = Edit(before["fields"], after["fields"], texts_of(before), texts_of(after))
    fields, outdated_texts = {}, {}
    for language in CONTENT_LANGUAGES:
        status, outdated = _status(edit, language, _outdated(edit, language, small_correction))
        since = edit.before.get(f"outdated_since_{language}")
        fields[f"translation_status_{language}"] = status
        fields[f"outdated_since_{language}"] = _day(since, today) if status == TranslationStatus.OUTDATED else None
        if outdated:
            outdated_texts[language] = outdated
    return {**fields, "outdated_texts": outdated_texts}


def _day(since, today):
    return type(today).fromisoformat(since) if since else today


def _outdated(edit, language, small_correction):
    """Return the paths of the texts whose original changed after their translation."""
    source = edit.after["original_language"]
    if language == source:
        return []
    already = edit.before.get("outdated_texts", {}).get(language, [])
    outdated = []
    for path, texts in edit.new.items():
        origin = _origin(path, texts, edit.old)
        was = edit.old.get(origin, dict.fromkeys(CONTENT_LANGUAGES, ""))
        source_changed = texts[source] != was[source] and not small_correction
        if was[language] == texts[language] and (source_changed or origin in already):
            outdated.append(path)
    return outdated


def _origin(path, texts, old):
    """Return the path of a text before the edit: rows are inserted, deleted and moved."""
    if "." not in path or old.get(path) == texts:
        return path
    kind, _place, name = path.split(".")
    same = (other for other, was in old.items() if was == texts and other.split(".")[::2] == [kind, name])
    return next(same, path)


def _status(edit, language, outdated):
    """Return the status of a language and its outdated texts."""
    field = f"translation_status_{language}"
    stored, chosen = edit.before.get(field, TranslationStatus.MISSING), edit.after[field]
    if not edit.new.get("title", {}).get(language):
        return TranslationStatus.MISSING, []
    if chosen not in (stored, TranslationStatus.MISSING):  # set by the editor
        by_hand = [path for path, texts in edit.new.items() if texts[language]]
        return chosen, (outdated or by_hand) if chosen == TranslationStatus.OUTDATED else []
    if language == edit.after["original_language"]:
        return TranslationStatus.ORIGINAL, []
    if outdated:
        return TranslationStatus.OUTDATED, outdated
    to_be_named = (TranslationStatus.MISSING, TranslationStatus.OUTDATED)
    return (TranslationStatus.CATALOGUE if stored in to_be_named else stored), []


# Who translates what


def languages_for(user, practice=None):
    """Return the languages whose texts an account may write in a practice; without one, in any."""
    if may(user, Action.EDIT, practice):
        return list(CONTENT_LANGUAGES)
    return own_languages(user) if may(user, Action.TRANSLATE, practice) else []


def writable_languages(user, practice):
    """Return the languages an account may write now in what is worked on: the practice, its revision or one to come."""
    worked_on = practice.open_revision or practice
    if worked_on.state == State.PUBLISHED:
        if not may(user, Action.REVISE, worked_on):
            return []
        worked_on = copy(worked_on)
        worked_on.state = State.DRAFT  # what its revision would be
    return languages_for(user, worked_on)


def practices_to_translate(user, language):
    """Return the practices, or their open revisions, of which a text waits in a language; the oldest first.

    Only what the account may see in the admin, and nothing when the language is not one of its own.
    """
    if language not in languages_for(user):
        return Practice.objects.none()
    return practices_for_editor(user, Practice.objects.all()).being_worked_on().waiting_for(language)


def translations_waiting(user):
    """Return ``[(language, name, number of practices)]`` of what waits for an account, without zeros."""
    counted = [(code, LANGUAGE_NAMES[code], practices_to_translate(user, code).count()) for code in languages_for(user)]
    return [entry for entry in counted if entry[2]]


class BoardLine(NamedTuple):
    """The line of a practice on the translation board, in one language."""

    practice: Practice
    status: str
    missing: int
    outdated: int
    since: object


def board_line(practice, language):
    """Return the line of a practice that came from ``practices_to_translate``, fetched with ``for_detail``."""
    texts = waiting_texts(practice, language)
    missing = sum(text.is_missing for text in texts)
    status = practice.text_status_in_words(language)
    return BoardLine(practice, status, missing, len(texts) - missing, practice.waiting_since)


def translators_into(language):
    """Return the accounts whose turn it is: the translators of a language, the secretariat when there are none."""
    active = get_user_model().objects.filter(is_active=True, is_staff=True)
    own = {"groups__name": Role.TRANSLATOR, f"editor_profile__translates_{language}": True}
    return list(active.filter(**own).order_by("username")) or list(
        active.filter(groups__name=Role.SECRETARIAT).order_by("username")
    )
