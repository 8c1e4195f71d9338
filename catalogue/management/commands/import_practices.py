"""Imports practices from a spreadsheet, as the page of the admin does."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from catalogue.choices import Outcome
from catalogue.errors import Refused
from catalogue.imports import runs
from catalogue.models import ImportRun
from catalogue.server.disk_full import is_disk_full

LANGUAGES = [code for code, _name in settings.LANGUAGES]
REPORTS = 20  # times that the progress is printed


def organisation_line(organisation):
    """Return the line about an organisation that the import creates."""
    name = organisation["name_es"] or organisation["name_en"] or organisation["name_pt"]
    similar = f"; known and similar: {', '.join(organisation['similar'])}" if organisation["similar"] else ""
    return f"{organisation['slug']}: new organisation ({name}){similar}"


class Command(BaseCommand):
    """Check a spreadsheet and import it, all or nothing; or only check it."""

    help = "Import practices from an XLSX or CSV file: manage.py import_practices FILE --by USER [--dry-run]"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, nargs="?", help="XLSX or CSV as this catalogue exports it with lang=all")
        parser.add_argument("--by", help="account in whose name it is imported")
        parser.add_argument("--dry-run", action="store_true", help="say what it would do, and write nothing")
        parser.add_argument("--language", choices=LANGUAGES, default="en", help="of what is said about the file")
        parser.add_argument("--run", type=int, help="go on with an import that was handed in at the desk")
        parser.add_argument("--step", choices=runs.STEPS, help="with --run: what to do with it")
        parser.add_argument("--undone-by", type=int, help="with --step undo: the key of the account that asks for it")

    def handle(self, **options):
        try:
            return self.execute_options(**options)
        except Exception as problem:
            if not is_disk_full(problem):
                raise
            raise CommandError(f"The disk is full, so nothing was written: {problem}") from None

    def execute_options(self, file, by, dry_run, language, run, **options):
        if run:
            return self.go_on(run, options["step"], options["undone_by"])
        if not file or not file.is_file():
            raise CommandError("Name the file: manage.py import_practices FILE --by USER [--dry-run]")
        self.reported = 0
        try:
            with translation.override(language):
                return self.carry_out(file, self.account(by), dry_run=dry_run)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from None

    def go_on(self, pk, step, account):
        """Do a step of an import that was uploaded in the admin."""
        runs.run_step(ImportRun.objects.get(pk=pk), step, by=get_user_model().objects.filter(pk=account).first())

    def account(self, name):
        user = get_user_model().objects.filter(username=name or "").first()
        if user is None:
            raise CommandError("Name an account of the desk: --by USER")
        return user

    def carry_out(self, file, user, *, dry_run):
        with file.open("rb") as content:
            run = runs.opened_upload(content, file.name, by=user)
        rows = []
        for row in runs.planned_rows(run, self.report):
            self.print_row(row)
            rows.append(row)
        for notice in run.notices:
            self.stdout.write(notice)
        for organisation in run.organisations:
            self.stdout.write(organisation_line(organisation))
        self.stdout.write(", ".join(f"{outcome.label}: {number}" for outcome, number in run.counts))
        if run.wrong:
            raise CommandError("Nothing was imported: mend what is wrong first.")
        if dry_run or not (run.new or run.changed):
            return self.stdout.write("Nothing was written.")
        self.reported = 0
        runs.apply_at_once(run, rows, self.report)
        return self.stdout.write(f"Import {run.pk} is carried out. It can be undone at the desk.")

    def print_row(self, row):
        """Print a practice that is wrong, new or changed."""
        for sheet, number, column, sentence in row.problems:
            self.stdout.write(f"{sheet}, {number}, {column or '–'}: {sentence}")
        if row.outcome in (Outcome.NEW, Outcome.CHANGED):
            self.stdout.write(f"{row.key}: {row.get_outcome_display()} ({row.title})")

    def report(self, done, total):
        if total and done * REPORTS // total > self.reported:
            self.reported = done * REPORTS // total
            self.stderr.write(f"{done} / {total}")
            self.stderr.flush()
