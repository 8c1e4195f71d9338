"""Extracts the texts of the interface and updates the translations, without any program outside Python."""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import template

LOCALES = ("es", "pt_BR")  # the texts in the code are English
HEADER = "# Translation of the interface of the catalogue. The texts in the code are English."
SOURCES = ("catalogue", "networks", "templates")
PLURALS = {
    "pt_BR": "nplurals=2; plural=(n != 1);"
}  # CLDR puts 0 with 1, but a Brazilian reads “0 prática” as a mistake
LONG = 40  # characters of an English text that no translation may contain
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}


class Command(BaseCommand):
    """Update and compile the translations, or only check that they are complete."""

    help = "Extract the texts of code and templates into locale/, and compile the translations."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing; fail if a translation is missing")
        parser.add_argument("--compile", action="store_true", help="only compile what is there")

    def handle(self, *, check, **options):
        problems = []
        for locale in LOCALES:
            path = Path(settings.BASE_DIR, "locale", locale, "LC_MESSAGES", "django.po")
            catalogue = read_catalogue(path, locale)
            if not options["compile"]:
                before = set(identities(catalogue))
                catalogue.update(extracted(), no_fuzzy_matching=True)
                problems += [f"{path.relative_to(settings.BASE_DIR)}: {problem}" for problem in incomplete(catalogue)]
                if not check and before != set(identities(catalogue)):
                    write_catalogue(path, catalogue)
            if not check:
                with path.with_suffix(".mo").open("wb") as file:
                    write_mo(file, catalogue)
        for problem in problems:
            self.stderr.write(problem)
        if problems and check:
            raise CommandError(f"{len(problems)} texts are not translated; run `make messages` and complete locale/.")


def extracted():
    """Return a catalogue of every text that code and templates mark for translation."""
    catalogue = Catalog(project="catalogue", charset="utf-8")
    for folder in SOURCES:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if path.suffix in (".py", ".html", ".txt") and "migrations" not in path.parts:
                for _line, message, comments, context in messages_in(path):
                    catalogue.add(message, context=context, auto_comments=comments)
    return catalogue


def messages_in(path):
    """Return what Babel extracts from a file; Django's templates are turned into calls of gettext by Django."""
    source = path.read_bytes()
    if "jinja2" in path.parts:
        return extract("jinja2", io.BytesIO(source), keywords=KEYWORDS)
    if path.suffix != ".py":
        text = template.templatize(source.decode(), origin=str(path))
        source = "\n".join(line.strip() for line in text.splitlines()).encode()
    return extract("python", io.BytesIO(source), keywords=KEYWORDS)


def incomplete(catalogue):
    """Yield what is wrong with a translation: missing, fuzzy, with other placeholders, or with English in it."""
    texts = [text for message in catalogue for text in forms(message.id) if len(text) > LONG]
    for message in catalogue:
        if not message.id:
            continue
        if message.fuzzy or not all(forms(message.string)):
            yield f"no translation of {message.id!r}"
        else:
            yield from (f"{message.id!r}: {error}" for error in message.check(catalogue))
            yield from (f"{message.id!r}: holds the English text {text!r}" for text in english_texts_in(message, texts))


def english_texts_in(message, texts):
    """Return which of the English ``texts`` a translation contains: it has been appended to one of them."""
    return [text for text in texts if any(text in form for form in forms(message.string))]


def forms(text):
    """Return the forms of a text: singular and plural, or the only one."""
    return text if isinstance(text, (tuple, list)) else (text,)


def identities(catalogue):
    """Return what identifies each text."""
    return ((message.id, message.context) for message in catalogue)


def read_catalogue(path, locale):
    catalogue = Catalog(locale=locale, charset="utf-8", header_comment=HEADER, fuzzy=False)
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=locale)
    if locale in PLURALS:
        catalogue.mime_headers = [("Plural-Forms", PLURALS[locale])]
    return catalogue


def write_catalogue(path, catalogue):
    catalogue.obsolete.clear()
    catalogue.header_comment, catalogue.fuzzy = HEADER, False
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, no_location=True, sort_output=True, omit_header=False)
