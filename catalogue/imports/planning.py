"""What an import would do: whether each practice of a file is new, changed, unchanged or wrong. Writes nothing."""

import json
import re
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

from django.utils.translation import gettext as _

from catalogue.choices import Outcome, State, TranslationStatus
from catalogue.editorial.workflow import practice_content
from catalogue.exports.tables import IMPORTED, PRACTICES, RECORDS
from catalogue.imports import reading
from catalogue.imports.checking import check
from catalogue.imports.contents import Content
from catalogue.imports.known import Known
from catalogue.imports.problems import Problem, Problems
from catalogue.imports.spool import Spool
from catalogue.models import Practice
from catalogue.models.sequence import CODE_PATTERN
from catalogue.text.languages import CONTENT_LANGUAGES

AT_ONCE = 100  # practices compared at a time
LIKE_A_CODE = re.compile(CODE_PATTERN, re.IGNORECASE)
LONGEST_KEY = 60


class Planned(NamedTuple):
    """What the import means for one practice: ``content`` is what it will say, ``base`` tells what it says now."""

    row: int
    key: str
    title: str
    outcome: str
    problems: list
    practice: int | None = None
    content: dict | None = None
    base: str = ""


def fingerprint(content):
    """Return a short text that is another one for another content."""
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def plan(file, kind, notices, report=lambda done, total: None, organisations=None):
    """Yield a ``Planned`` for each practice of a file, in its order.

    ``notices`` are added to, and at the end the new ``organisations`` that the file names. ``report(done, total)`` is
    called now and then; while the file is read the total is unknown and 0. Raises ``Refused`` for an unreadable file.
    """
    with Spool() as spool:
        headers, found = reading.read(file, kind, spool, report=lambda done: report(done, 0))
        notices += found
        yield from _orphans(headers, spool)
        planner = Planner(headers, spool)
        total, done = spool.count(PRACTICES.name), 0
        rows = spool.in_order(PRACTICES.name)
        while some := list(islice(rows, AT_ONCE)):
            yield from planner.planned(some)
            done += len(some)
            report(done, total)
        if organisations is not None:
            organisations += planner.known.offers.planned()


def _orphans(headers, spool):
    """Yield what is wrong with the rows of other sheets that belong to no practice of the file."""
    for name in IMPORTED:
        if name in headers:
            for key, number in spool.orphans(name, PRACTICES.name):
                header = headers[name]
                sentence = _("The sheet of the practices has no row with the code “%(code)s”.") % {"code": key}
                problem = Problem(header.sheet, number, header.at("code"), sentence)
                yield Planned(number, key, "", Outcome.WRONG, [problem])


class Planner:
    """Compares the practices of a file with those that are stored."""

    def __init__(self, headers, spool):
        self.headers = headers
        self.header = headers[PRACTICES.name]
        self.spool = spool
        self.known = Known()
        self._seen = set()

    def planned(self, some):
        """Return what is planned for some rows ``[(key, row)]``."""
        keys = [key for key, _row in some]
        stored = {practice.code: practice for practice in Practice.objects.records().with_codes(keys).with_content()}
        related = {name: self.spool.of(name, keys) for name in (*IMPORTED, RECORDS.name) if name in self.headers}
        return [self._one(key, row, stored.get(key), related) for key, row in some]

    def _one(self, key, row, practice, related):
        problems = Problems()
        self._check_key(key, row, practice, problems)
        base = practice_content.content_of(practice) if practice else None
        content = Content(base, self.known, problems)
        rows = [(self.headers[name], related[name][key]) for name in IMPORTED if key in related.get(name, ())]
        content.merge(self.header, row, rows)
        changed = content.merged != content.stored
        if changed or not practice:
            self._complete(content)
            check(content, self.header, row)
        if changed and practice:
            self._check_practice(practice, key, row, related, problems)
        if problems:
            outcome = Outcome.WRONG
        else:
            outcome = Outcome.NEW if not practice else Outcome.CHANGED if changed else Outcome.UNCHANGED
        written = outcome in (Outcome.NEW, Outcome.CHANGED)
        return Planned(
            row=row.number,
            key=key,
            title=first_title(content.merged),
            outcome=outcome,
            problems=list(problems),
            practice=practice.pk if practice else None,
            content=content.merged if written else None,
            base=fingerprint(base) if written and practice else "",
        )

    def _check_key(self, key, row, practice, problems):
        """Refuse a code that names no practice, and what would report two rows apart."""
        if key and key in self._seen:
            problems.note(self.header, row, "code", _("This code already appears in an earlier row."))
        self._seen.add(key)
        if practice is None and LIKE_A_CODE.search(key):
            sentence = _(
                "There is no practice with the code “%(code)s”. New practices receive their code automatically."
            )
            problems.note(self.header, row, "code", sentence % {"code": key})
        elif len(key) > LONGEST_KEY or not key:
            sentence = _("Write the code of the practice; for a new one, a provisional code such as new-1.")
            problems.note(self.header, row, "code", sentence)
        slug = row.cells.get("slug")
        if practice and slug and slug != practice.slug:
            problems.note(self.header, row, "slug", _("The slug of a practice cannot be changed."))

    def _check_practice(self, practice, key, row, related, problems):
        """Refuse to change what is not open to a change now, or was changed since the file was made."""
        if practice.state == State.ARCHIVED:
            problems.note(self.header, row, "code", _("The practice is archived: reopen it first."))
        if practice.open_revision:
            problems.note(
                self.header, row, "code", _("This practice has an open proposed change: finish or discard it first.")
            )
        versions = related.get(RECORDS.name, {}).get(key, ())
        read = versions[0].cells.get("updated") if versions else row.cells.get("updated")
        if read and isinstance(read, str) and read < practice.updated.isoformat(timespec="seconds")[: len(read)]:
            sentence = _("The practice was changed after the file was created: export it again.")
            problems.note(self.header, row, "updated", sentence)

    @staticmethod
    def _complete(content):
        """Say of a new practice that the texts of its own language are the original ones."""
        fields = content.merged["fields"]
        status = f"translation_status_{fields['original_language']}"
        if content.is_new and fields.get(status) == TranslationStatus.MISSING:
            fields[status] = TranslationStatus.ORIGINAL.value


def first_title(content):
    """Return the title of a content in the first language that has one."""
    titles = (content["fields"][f"title_{language}"] for language in CONTENT_LANGUAGES)
    return next(filter(None, titles), "")
