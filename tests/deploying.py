"""What docs/deploying.md tells to type, in its order: blocks and commands in sentences, and what is marked as not run.

The first line of a block says as whom and where. A command in a sentence is run like those of a block, unless its
paragraph, item or row is marked; a mark alone in a paragraph is of its whole section.
"""

import re
from pathlib import Path
from typing import NamedTuple

PAGE = Path(__file__).resolve().parent.parent / "docs" / "deploying.md"
MARK = re.compile(r"\*\(not run: ([^*]+)\)\*")
HEAD = re.compile(r"# (?:as (administrator|catalogue)(?:, in (\S+))?|the (file|crontab of) (\S+))")
IN_A_SENTENCE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
BEGINS = re.compile(
    r"(manage\.py|sudo|systemctl|journalctl|curl|git|nginx|docker|kubectl|up|migrate|psql|pg_\w+|SELECT) .|ANALYZE$"
)
SITE = "/srv/catalogue/site"


class Command(NamedTuple):
    """A line to type: in which section it stands, as whom and where; or a file, whose lines are the text."""

    section: str
    line: int
    who: str
    folder: str
    text: str
    not_run: str = ""


def commands(page=None):
    """Return every command of the page, in order; those of marked passages say why they are not run."""
    found, section, whole, line = [], "", "", 1
    for passage in passages(page or PAGE.read_text(encoding="utf-8")):
        if passage.startswith("#"):
            section, whole = passage.strip("# \n"), ""
        elif passage.startswith("```"):
            found += of_a_block(section, line, passage)
        elif alone := MARK.fullmatch(passage.strip()):
            whole = alone.group(1)
        else:
            found += of_a_sentence(section, line, passage, whole)
        line += passage.count("\n")
    return found


def passages(page):
    """Yield the page in pieces that lose nothing: blocks, headings, and what a mark is of: paragraphs, items, rows."""
    fences = re.split(r"(^```.*?^```\n)", page, flags=re.MULTILINE | re.DOTALL)
    for number, piece in enumerate(fences):
        if number % 2:
            yield piece
        else:
            yield from filter(None, re.split(r"(?<=\n)(?=\n|[-|#]|\d+\. )", piece))


def of_a_block(section, line, passage):
    """Return the commands of a block, one for each line with those that continue it; a file is one."""
    first, *lines = passage.splitlines()[1:-1]
    head = HEAD.fullmatch(first)
    if head is None:
        raise ValueError(f"Line {line}: the block does not say who types it, or into which file: {first}")
    who, folder, kind, name = head.groups()
    if kind:
        return [Command(section, line, kind, name, "\n".join(lines) + "\n")]
    texts = re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines()
    return [Command(section, line, who, folder or "/", text) for text in texts]


def of_a_sentence(section, line, passage, whole):
    mark = MARK.search(passage)
    not_run = mark.group(1) if mark else whole
    texts = [" ".join(text.split()) for text in IN_A_SENTENCE.findall(passage)]
    return [Command(section, line, *typed(text), not_run) for text in texts if BEGINS.match(text)]


def typed(text):
    """Return as whom, where and what is typed for a command in a sentence."""
    if text.startswith("manage.py "):
        return "catalogue", SITE, f".venv/bin/python {text}"
    if text.startswith(("SELECT ", "ANALYZE")):
        return "administrator", "/", f'sudo -u postgres psql --dbname catalogue --command "{text}"'
    return "administrator", "/", f"sudo {text}" if text.startswith(("systemctl ", "journalctl ")) else text
