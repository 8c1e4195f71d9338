"""Organisations that a file names and the catalogue does not know: created by the import, deleted when it is undone.

They are planned as plain data, stored with the run: ``slug``, ``kind``, ``acronym``, the names, ``similar`` (known ones
that may be the same) and, once created, ``pk``.
"""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from catalogue.choices import OrganisationKind
from catalogue.editorial.workflow.similar_titles import likeness, meanings
from catalogue.imports import cells
from catalogue.imports.cells import WrongCell
from catalogue.models import Organisation
from catalogue.text.languages import CONTENT_LANGUAGES

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAMES = tuple(f"name_{language}" for language in CONTENT_LANGUAGES)
FACTS = ("slug", "kind", "acronym", *NAMES)
LIKE = 0.6  # of the words of the shorter name
NAMED = 3  # similar ones that are named


class Offers(dict):
    """The organisations that a file offers, by their codes."""

    def add_row(self, slug, row):
        """Note the organisation that the cells of a row describe. Raises ``WrongCell`` when they do not say enough."""
        names = {name: cells.as_text(row.get(f"organisation_{name}")).strip() for name in NAMES}
        if not any(names.values()):
            if slug not in self:
                raise WrongCell(
                    _("There is no organisation with the code “%(code)s”. To create it, write its name and its sector.")
                    % {"code": slug}
                )
            return
        kind = cells.code(cells.as_text(row.get("kind")).strip(), OrganisationKind)
        acronym = cells.as_text(row.get("acronym")).strip()
        offered = {"slug": slug, "kind": kind, "acronym": acronym, **names}
        if self.setdefault(slug, offered) != offered:
            raise WrongCell(_("Another row has different data for the new organisation “%(code)s”.") % {"code": slug})
        _check(offered)

    def planned(self):
        """Return them as the run stores them, each with the known ones that may be the same."""
        known = [(row, _meanings_of(_as_facts(row))) for row in Organisation.objects.all()] if self else []
        return [{**offered, "similar": _similar(offered, known)} for offered in self.values()]


def _check(offered):
    """Raise ``WrongCell`` for what the model would refuse."""
    if not SLUG.fullmatch(offered["slug"]):
        raise WrongCell(
            _(
                "The code of a new organisation can contain only lower-case letters, digits and hyphens;"
                " for example, iom."
            )
        )
    if not offered["kind"]:
        raise WrongCell(_("Write the sector of the new organisation in the column “kind”."))
    try:
        Organisation(**offered).clean_fields(exclude=["name"])
    except ValidationError as refusal:
        raise WrongCell(" ".join(refusal.messages)) from None


def _as_facts(row):
    return {name: getattr(row, name) or "" for name in FACTS}


def _meanings_of(facts):
    """Return what the name in each language means, and each acronym, as far as they are said."""
    acronyms = re.findall(r"\w+", facts["acronym"])  # of one organisation in several languages: IOM / OIM
    return [meanings(text) for text in (*(facts[name] for name in NAMES), *acronyms) if text]


def _similar(offered, known):
    """Return the names of the known organisations that may be the same, the most similar first."""
    own = _meanings_of(offered)
    shares = [(max((likeness(one, other) for one in own for other in of), default=0), row) for row, of in known]
    found = sorted((pair for pair in shares if pair[0] >= LIKE), key=lambda pair: (-pair[0], pair[1].slug))
    return [f"{row.slug} · {row}" for _share, row in found[:NAMED]]


def create_offered(run):
    """Create the organisations of a run that are still unknown, in the transaction of the import."""
    known = set(Organisation.objects.values_list("slug", flat=True))
    for offered in run.organisations:
        if offered["slug"] not in known:
            offered["pk"] = Organisation.objects.create(**{name: offered[name] for name in FACTS}).pk


def delete_created(run):
    """Delete what ``create_offered`` created, but for what somebody uses or has changed since."""
    for offered in run.organisations:
        made = Organisation.objects.filter(pk=offered.pop("pk", None)).first()
        if made and all(_as_facts(made)[name] == offered[name] for name in FACTS):
            try:
                with transaction.atomic():
                    made.delete()
            except ProtectedError:  # a practice or a contact names it by now
                continue
