"""Loads synthetic practices into the catalogue: ``python -m benchmarks.fill practices.jsonl [--limit N] [--alone]``.

The database is the one of ``DATABASE_URL``. The rows get the codes CSM-2090-000001 and so on and are published; a
second run with more rows adds only what is missing. ``--alone`` prepares an empty database with all that practices
refer to and without any other practice, so that every count is that of the rows.
"""

import argparse
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice

from benchmarks.dataset import COUNTRIES, NETWORKS, STATUSES, rows_in

BATCH = 2000  # rows held in memory at a time
CODE = "CSM-2090-"
FIRST_UPDATE = datetime(2024, 1, 1, tzinfo=UTC)  # a minute later for each row, so that an order by update is told
LANGUAGES = ("es", "en", "pt")


def main():
    options = parser().parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    import django

    django.setup()
    start = time.perf_counter()
    if options.alone:
        prepare_alone()
    added = load(options.rows, limit=options.limit)
    loaded = time.perf_counter()
    if added:
        after_load()
    print(
        f"{added} practices in {loaded - start:.1f} s, then {time.perf_counter() - loaded:.1f} s for what follows them."
    )


def parser():
    parser = argparse.ArgumentParser(description="Load synthetic practices into the database of DATABASE_URL.")
    parser.add_argument("rows", help="a practices.jsonl of benchmarks.make_dataset")
    parser.add_argument("--limit", type=int, help="stop after this row of the file")
    parser.add_argument("--alone", action="store_true", help="prepare an empty database without other practices")
    return parser


def prepare_alone():
    """Migrate an empty database and load what practices refer to; refuse one that holds other practices."""
    from django.core.management import call_command

    from catalogue.editorial.fixture_checks import FIXTURES
    from catalogue.models import Practice
    from networks.models import Network

    call_command("migrate", verbosity=0, interactive=False)
    if Practice.objects.exclude(code__startswith=CODE).exists():
        sys.exit("The database holds other practices; give DATABASE_URL of an empty one, or leave out --alone.")
    if not Network.objects.exists():
        referred_to = FIXTURES[: FIXTURES.index("practices")]  # what comes after refers to practices
        call_command("loaddata", *referred_to, verbosity=0)


def load(path, *, limit=None):
    """Add the rows that are not there yet, all or none, and return their number."""
    from django.db import transaction
    from django.utils import translation

    from catalogue.models import Practice

    present = Practice.objects.filter(code__startswith=CODE).count()
    rows = rows_in(path, after=present, limit=limit)
    added = 0
    with transaction.atomic(), translation.override("es"):
        known = Known()
        while batch := list(islice(rows, BATCH)):
            add(batch, known)
            added += len(batch)
    return added


def after_load():
    """Bring in step what the catalogue stores beside the practices, by those of the commands that there are."""
    from django.core.management import call_command, get_commands

    for command in ("rebuild_documents", "rebuild_search"):
        if command in get_commands():
            call_command(command, verbosity=0)


class Known:
    """The keys of what practices refer to; keywords and entities are added as they are met."""

    def __init__(self):
        from catalogue.models import Contact, Edition, Organisation, Term
        from networks.models import Country, Network

        self.networks = dict(Network.objects.values_list("slug", "pk"))
        self.countries = dict(Country.objects.values_list("iso2", "pk"))
        if not (set(NETWORKS.values()) <= set(self.networks) and set(COUNTRIES.values()) <= set(self.countries)):
            sys.exit("The networks or the States are missing; run `manage.py prepare` first, or load with --alone.")
        terms = list(Term.objects.order_by("scheme", "order", "code").values_list("scheme", "code", "pk"))
        self.keywords = {code: pk for scheme, code, pk in terms if scheme == "keyword"}
        self.terms = {scheme: [pk for named, _, pk in terms if named == scheme] for scheme, _, _ in terms}
        self.organisations = dict(Organisation.objects.values_list("slug", "pk"))
        self.contact = Contact.objects.values_list("pk", flat=True).first()
        self.edition = Edition.objects.values_list("pk", flat=True).first()

    def meet(self, rows):
        """Add the keywords and the entities of these rows that are new."""
        from catalogue.models import Organisation, Term

        words = {keyword_code(name): name for row in rows for name in row["keywords"]}
        self._add(
            self.keywords,
            [Term(scheme="keyword", code=code, **named(name)) for code, name in words.items()],
            lambda term: term.code,
        )
        entities = {entity_slug(row): row["entity"] for row in rows}
        self._add(
            self.organisations,
            [Organisation(slug=slug, kind="government", **named(name)) for slug, name in entities.items()],
            lambda organisation: organisation.slug,
        )

    def _add(self, keys, records, key_of):
        new = [record for record in records if key_of(record) not in keys]
        if new:
            keys.update((key_of(record), record.pk) for record in type(new[0]).objects.bulk_create(new))


def add(rows, known):
    """Store one batch of rows with all that belongs to them."""
    from catalogue.models import Link, Practice, PracticeCountry, PracticeNetwork, PracticeOrganisation

    known.meet(rows)
    practices = Practice.objects.bulk_create([practice_of(row, known) for row in rows])
    pairs = [(row, practice.pk) for row, practice in zip(rows, practices, strict=True)]
    insert(
        PracticeNetwork,
        [{"practice_id": pk, "network_id": known.networks[NETWORKS[row["network"]]], "order": 1} for row, pk in pairs],
    )
    insert(
        PracticeCountry,
        [
            {"practice_id": pk, "country_id": known.countries[COUNTRIES[iso2]], "role": "implementing", "order": order}
            for row, pk in pairs
            for order, iso2 in enumerate(row["countries"], start=1)
        ],
    )
    insert(
        PracticeOrganisation,
        [
            {"practice_id": pk, "organisation_id": known.organisations[entity_slug(row)], "role": "lead", "order": 1}
            for row, pk in pairs
        ],
    )
    insert(Link, [link_of(pk, order, url) for row, pk in pairs for order, url in enumerate(row["links"], start=1)])
    for field, terms_of in TERMS.items():
        insert(
            getattr(Practice, field).through,
            [{"practice_id": pk, "term_id": term} for row, pk in pairs for term in terms_of(row, known)],
        )


def insert(model, rows):
    """Store rows, given as ``{column: value}``, with the defaults of their model.

    As ``bulk_create`` does, but without a record for each row: of those there are fifteen to a practice, and making
    them takes longer than storing them.
    """
    from django.db import connection

    model_defaults = model()
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    defaults = [
        None if field.is_relation else field.get_db_prep_save(field.pre_save(model_defaults, add=True), connection)
        for field in fields
    ]
    plan = list(zip((field.attname for field in fields), defaults, strict=True))
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    line = f"({', '.join(['%s'] * len(fields))})"
    at_once = 900 // len(fields)  # SQLite takes 999 values in a statement
    with connection.cursor() as cursor:
        for first in range(0, len(rows), at_once):
            part = rows[first : first + at_once]
            values = [row.get(name, default) for row in part for name, default in plan]
            table = connection.ops.quote_name(model._meta.db_table)
            # only names of our own tables and columns are written into the statement
            cursor.execute(f"INSERT INTO {table} ({columns}) VALUES {', '.join([line] * len(part))}", values)


def link_of(practice, order, url):
    texts = named(f"Enlace {order}", "label")
    return {"practice_id": practice, "order": order, "url": url, "kind": "official", "language": "es", **texts}


def practice_of(row, known):
    """Return the practice that a row tells of, with the dates that a save would compute."""
    from catalogue import partial_dates
    from catalogue.models import Practice

    number = row["id"]
    start, end = period_of(row)
    runs_from, runs_until = partial_dates.bounds(start, end)
    moment = FIRST_UPDATE + timedelta(minutes=number)
    texts = {
        f"{name}_{language}": row[f"{name}_{language}"]
        for name in ("title", "summary", "description")
        for language in LANGUAGES
    }
    return Practice(
        code=f"{CODE}{number:06d}",
        slug=row["slug"],
        scope=row["scope"],
        status=STATUSES[row["status"]],
        evidence=("", "described", "figures", "evaluated")[number % 4],
        start=start,
        end=end,
        runs_from=runs_from,
        runs_until=runs_until,
        contact_id=known.contact,
        edition_id=known.edition,
        state="published",
        original_language="es",
        translation_status_es="original",
        translation_status_en="catalogue",
        translation_status_pt="catalogue",
        created=moment,
        updated=moment,
        **texts,
    )


def period_of(row):
    """Return start and end as EDTF: what is completed ended within four years, the rest goes on."""
    year = row["start_year"]
    return str(year), str(year + row["id"] % 5) if row["status"] == "completed" else ".."


def keyword_code(name):
    return slug_of(name)


def entity_slug(row):
    return f"made-up-{slug_of(row['entity'])}"


@cache
def slug_of(name):
    from django.utils.text import slugify

    return slugify(name)


def named(name, field="name"):
    """Return the same wording for the three languages, and for the column that stands for the first of them."""
    return {field: name, **{f"{field}_{language}": name for language in LANGUAGES}}


def some_of(scheme, number, amount):
    """Return a chooser of ``amount`` terms of a vocabulary, told by the number of the row: the rows name none."""

    def chosen(row, known):
        terms = known.terms.get(scheme, [])
        picks = {(row["id"] * number + step * step * 7) % len(terms) for step in range(amount)} if terms else ()
        return [terms[pick] for pick in sorted(picks)]

    return chosen


TERMS = {
    "keywords": lambda row, known: [known.keywords[keyword_code(name)] for name in row["keywords"]],
    "populations": some_of("population", 5, 2),
    "gcm_objectives": some_of("gcm", 3, 2),
    "guiding_principles": some_of("principle", 7, 2),
    "sdg_targets": some_of("sdg_target", 11, 2),
    "psdhm_programmes": some_of("psdhm", 13, 1),
}


if __name__ == "__main__":
    main()
