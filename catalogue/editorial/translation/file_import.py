"""Importing a translation file: first a preview of what each line would change, then the change, all or nothing."""

from copy import deepcopy
from datetime import timedelta
from hashlib import sha256
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from catalogue.choices import State
from catalogue.editorial.translation.status import update_statuses, writable_languages
from catalogue.editorial.translation.translation_units import text_content_of, texts_in
from catalogue.editorial.workflow import diff, practice_content, revisions, workflow
from catalogue.editorial.workflow.roles import practices_for_editor
from catalogue.errors import Refused
from catalogue.models import Practice, TranslationUpload
from catalogue.models.editorial import REVISION_PREFIX
from catalogue.text.languages import CONTENT_LANGUAGES, LANGUAGE_NAMES

NEW, CHANGED, CONFIRMED, UNCHANGED, WRONG = "new", "changed", "confirmed", "unchanged", "wrong"
USED = (NEW, CHANGED, CONFIRMED)
KEPT_FOR = timedelta(days=7)
MOST_KEPT = 5  # files of one account
BATCH = 100


class Line(NamedTuple):
    """A line of the file; ``row`` is its number, ``problem`` why it cannot be read."""

    row: int
    code: str
    path: str
    language: str
    fingerprint: str
    translation: str
    still_right: bool
    problem: str = ""


class Finding(NamedTuple):
    """What a line would do: ``kind`` is one of the constants above, ``sentence`` says what is wrong with it."""

    line: Line
    kind: str
    label: str = ""
    pieces: tuple = ()
    sentence: str = ""


def store_upload(lines, *, by):
    """Store a file until it is applied; delete what is older than a week, and all but the newest files of ``by``."""
    TranslationUpload.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
    own = TranslationUpload.objects.filter(by=by).order_by("-pk").values_list("pk", flat=True)
    TranslationUpload.objects.filter(pk__in=list(own[MOST_KEPT - 1 :])).delete()
    language = next((line.language for line in lines if line.language in CONTENT_LANGUAGES), CONTENT_LANGUAGES[0])
    return TranslationUpload.objects.create(by=by, language=language, lines=[list(line) for line in lines])


def look(upload, user):
    """Return a ``Finding`` for each line, in the order of the file. Nothing is stored."""
    lines = [Line(*line) for line in upload.lines]
    judged = {}
    codes = list(dict.fromkeys(line.code for line in lines))
    for start in range(0, len(codes), BATCH):
        judged |= _judged_batch([line for line in lines if line.code in codes[start : start + BATCH]], user)
    return [judged[line] for line in lines]


def seal(findings):
    """Return a hash of a preview, which differs when the catalogue has changed since an earlier one."""
    text = "\n".join(f"{finding.line.row} {finding.kind} {finding.line.fingerprint}" for finding in findings)
    return sha256(text.encode()).hexdigest()[:16]


def _judged_batch(lines, user):
    codes = {line.code for line in lines}
    with_revisions = codes | {f"{REVISION_PREFIX}{code}" for code in codes}
    seen = practices_for_editor(user, Practice.objects.filter(code__in=with_revisions)).being_worked_on().for_detail()
    practices = {practice.record_code: practice for practice in seen}
    texts, judged, seen_before = {}, {}, set()
    for line in lines:
        practice = practices.get(line.code)
        if practice and (line.code, line.language) not in texts and line.language in CONTENT_LANGUAGES:
            writable = line.language in writable_languages(user, practice)
            texts[line.code, line.language] = texts_in(text_content_of(practice), line.language), writable
        key = (line.code, line.path, line.language)
        judged[line] = _judged(line, texts.get((line.code, line.language)), twice=key in seen_before)
        seen_before.add(key)
    return judged


def _judged(line, known, *, twice):
    """Return the ``Finding`` of one line; ``known`` are the texts of its practice and whether they may be written."""
    text = known[0].get(line.path) if known else None
    if sentence := _problem_of(line, known, text, twice):
        return Finding(line, WRONG, text.label if text else line.path, sentence=sentence)
    if not line.translation:
        return Finding(line, UNCHANGED, text.label)
    if line.translation == text.translation:
        return Finding(line, CONFIRMED if line.still_right and text.outdated else UNCHANGED, text.label)
    pieces = tuple(diff.compare_words(text.translation, line.translation))
    return Finding(line, NEW if text.is_missing else CHANGED, text.label, pieces)


def _problem_of(line, known, text, twice):
    """Return the sentence that says why a line is not used; empty when it can be."""
    if line.problem:
        return line.problem
    if not (known and known[1]):
        return _not_permitted(line, known)
    if text is None:
        return _("The practice has no text “%(path)s”; it may have been removed.") % {"path": line.path[:60]}
    if twice:
        return _("This text appears twice in the file; the first one is used.")
    if line.fingerprint != text.fingerprint:
        return _("The original has changed since the download. It now reads: “%(source)s”") % {
            "source": Truncator(text.source).chars(300)
        }
    return _validation_error(line, text)


def _not_permitted(line, known):
    if line.language not in CONTENT_LANGUAGES:
        return _("“%(language)s” is not a language of the catalogue. Write es, en or pt.") % {
            "language": line.language[:20]
        }
    if known is None:
        return _("The practice %(code)s does not exist, or you cannot translate it.") % {"code": line.code[:20] or "–"}
    return _("You cannot translate it into this language: %(language)s.") % {"language": LANGUAGE_NAMES[line.language]}


def _validation_error(line, text):
    try:
        text.field.run_validators(line.translation)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


def apply_upload(upload, *, by, seen):
    """Store what a file changes, in one transaction; return the number of texts and of practices.

    The texts of a published practice are stored in its revision. Raises ``Refused`` when the catalogue has
    changed since the preview with the seal ``seen``, or when the upload was applied already.
    """
    with transaction.atomic():
        if not TranslationUpload.objects.select_for_update().filter(pk=upload.pk).exists():
            raise Refused(_("These translations have already been saved."))
        findings = look(upload, by)
        if seal(findings) != seen:
            raise Refused(
                _("Something has changed since you opened this page. Nothing has been saved yet: review it again.")
            )
        by_code = {}
        for finding in findings:
            if finding.kind in USED:
                by_code.setdefault(finding.line.code, []).append(finding)
        for code, used in by_code.items():
            _store_translations(code, used, by)
        upload.delete()
    return sum(map(len, by_code.values())), len(by_code)


def _store_translations(code, findings, by):
    """Store translations in a practice, or its revision, as a new version."""
    practice = Practice.objects.records().get(code=code)
    practice = practice.open_revision or practice
    target = workflow.revise(practice, by=by) if practice.state == State.PUBLISHED else practice
    before = deepcopy(revisions.store_version(target).content)
    content = deepcopy(before)
    for finding in findings:
        _set_text(content, finding.line)
        _mark_up_to_date(before, finding)
    practice_content.write_content(target, content)
    update_statuses(target, before)
    revisions.store_version(target, by=by, reason=_("Translations from a file"))


def _set_text(content, line):
    accessor, _dot, name = line.path.rpartition(".")
    values = content["fields"]
    if accessor:
        rows, position = accessor.split(".")
        values = content["rows"][rows][int(position) - 1]
    values[f"{name}_{line.language}"] = line.translation


def _mark_up_to_date(before, finding):
    """Remove a translation that was confirmed from the outdated ones."""
    outdated = before["fields"]["outdated_texts"].get(finding.line.language, [])
    if finding.kind == CONFIRMED and finding.line.path in outdated:
        outdated.remove(finding.line.path)
