"""All texts of the product by language, and the words of the glossary: what tests/test_language.py reads."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml
from babel.messages.pofile import read_po
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
LOCALES = {"es": "es", "pt": "pt_BR"}
QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"|<code>.*?</code>|`[^`]*`|https?://\S+")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>")


class Text(NamedTuple):
    """One text: where it stands, in words a translator can search for, and what it says."""

    place: str
    words: str


def messages(locale):
    """Return the entries of the translations of one language, the head aside."""
    with (ROOT / "locale" / locale / "LC_MESSAGES" / "django.po").open("rb") as file:
        return [message for message in read_po(file, locale=locale) if message.id]


def forms(value):
    """Return the forms of a msgid or msgstr: one, or one for each plural."""
    return [value] if isinstance(value, str) else list(value)


def interface(language):
    """Yield each text of the interface: the English ones stand in the code, the others in locale/."""
    for message in messages(LOCALES.get(language, "es")):
        texts = message.id if language == "en" else message.string
        yield from (Text(f"msgid “{forms(message.id)[0][:60]}”", text) for text in forms(texts))


@cache
def fixtures():
    """Return each row of the fixtures with the name of its file: as data, without a database."""
    loaded = (
        (path.name, yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
        for path in sorted((ROOT / "fixtures").glob("*.yaml"))
    )
    return [(name, row) for name, rows_ in loaded for row in rows_]


def rows(model):
    """Return the fields of each row of one model."""
    return [row["fields"] for _name, row in fixtures() if row["model"] == model]


def contents(language):
    """Yield each text of the fixtures that is written in one language."""
    for file, row in fixtures():
        fields = row["fields"]
        name = " ".join(str(fields[key]) for key in ("code", "slug", "practice", "order", "term") if key in fields)
        for field, value in fields.items():
            if field.endswith(f"_{language}") and not field.startswith(("origin", "translation_status")):
                yield Text(f"{file}: {row['model']} {name}, {field}", value)


def texts(language):
    return [*interface(language), *contents(language)]


def unquoted(words):
    """Return a text without what is quoted from somebody else: quotations, titles, code and addresses."""
    return QUOTED.sub("“…”", words)


def glossary():
    """Return ``{language: [(form that is not used, form that is)]}`` of locale/GLOSSARY.md."""
    lines = [line for line in (ROOT / "locale" / "GLOSSARY.md").read_text(encoding="utf-8").splitlines() if "|" in line]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
    rejected = {"en": [], "es": [], "pt": []}
    for english, spanish, portuguese, _meaning, *nots in rows:
        for language, used, forms_ in zip(rejected, (english, spanish, portuguese), nots, strict=True):
            rejected[language] += [(form.strip(), used) for form in forms_.split(";") if form.strip()]
    return rejected


def pattern_of(form):
    """Return the pattern of a form of the glossary: whole words; “…” at its end stands for any ending.

    Capitals tell a name from a word: a form with one is looked for as it is written.
    """
    stem, any_ending = form.removesuffix("…"), form.endswith("…")
    words = r"\s+".join(map(re.escape, stem.split()))
    ending = r"\w*" if any_ending else ""
    return re.compile(rf"(?<!\w){words}{ending}(?!\w)", 0 if stem != stem.lower() else re.I)
