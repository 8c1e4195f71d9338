"""The page on deploying hides no command from the test that types them, and names only what exists.

That test is tests/faults/test_deploying.py; it takes minutes and the rights of root, these take neither.
"""

import re
import shlex
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from tests import deploying

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = deploying.commands()
NOT_FILLED_IN = {"SELECT", "FROM", "ANALYZE", "UTF"}  # words of SQL and of an encoding
NO_COMMANDS = re.compile(r"make |--|systemd-analyze verify$|hot_standby = on$|hostssl |503 for …")
PASSAGES = list(deploying.passages(deploying.PAGE.read_text(encoding="utf-8")))


def test_nothing_of_the_page_is_lost_by_reading_it():
    assert "".join(PASSAGES) == deploying.PAGE.read_text(encoding="utf-8")
    assert len(COMMANDS) > 80
    assert {command.who for command in COMMANDS} == {"administrator", "catalogue", "file", "crontab of"}


def test_every_piece_of_code_with_a_space_in_it_is_typed_or_marked():
    spans = [
        span
        for passage in PASSAGES
        if not passage.startswith("```")
        for span in deploying.IN_A_SENTENCE.findall(passage)
        if re.search(r"\s", span)
    ]
    assert [span for span in spans if not deploying.BEGINS.match(span) and not NO_COMMANDS.match(span)] == []


def test_a_mark_says_why():
    page = deploying.PAGE.read_text(encoding="utf-8")
    marks = [" ".join(mark.split()) for mark in deploying.MARK.findall(page)]
    assert page.count("not run:") == len(marks)
    assert [mark for mark in marks if len(mark.split()) < 3] == ["…"]  # the one that tells what a mark is


@pytest.mark.parametrize(
    "page",
    [
        "## One\n\n```\nls\n```\n",
        "## One\n\n```sh\nls\n```\n",
        "## One\n\n```sh\n# as somebody\nls\n```\n",
    ],
)
def test_a_block_that_does_not_say_who_types_it_is_refused(page):
    with pytest.raises(ValueError, match="does not say who"):
        deploying.commands(page)


def test_a_command_in_a_sentence_is_typed_unless_its_paragraph_item_or_row_is_marked():
    page = (
        "## One\n\nDo `manage.py a b`.\n\nDo `manage.py c` *(not run: it is one of others)*.\n\n"
        "- `curl d` *(not run: it is for others)*\n- `curl e`\n\n| `curl f` |\n\n"
        "## Two\n\n*(not run: for all of it)*\n\nDo `curl g`.\n\n## Three\n\nDo `curl h`.\n"
    )
    typed = [command.text.split()[-1] for command in deploying.commands(page) if not command.not_run]
    assert typed == ["b", "e", "f", "h"]


def test_a_command_over_two_lines_is_typed_as_one():
    (command,) = deploying.commands("## One\n\n```sh\n# as catalogue, in /srv\nls a \\\n    b\n```\n")
    assert (command.who, command.folder, command.text) == ("catalogue", "/srv", "ls a b")


def test_every_command_of_manage_py_exists_with_its_options():
    called = [command.text for command in COMMANDS if "manage.py " in command.text]
    assert len(called) > 15
    for text in called:
        name, *arguments = shlex.split(re.split(r"manage\.py ", text.replace("\\%", "%"))[1])
        assert name in get_commands(), text
        package = get_commands()[name]
        parser = load_command_class(package, name).create_parser("manage.py", name)
        known = {option for action in parser._actions for option in action.option_strings}
        assert {argument for argument in arguments if argument.startswith("--")} <= known, text


def test_every_unit_that_is_named_is_shipped():
    started = " ".join(command.text for command in COMMANDS if "systemctl" in command.text)
    units = {re.sub("@.*", "@", word) for word in re.findall(r"\bcatalogue-[\w@.]+", started)}
    shipped = {path.name for path in (ROOT / "deploy" / "systemd").iterdir()}
    assert len(units) > 5
    assert {unit if "." in unit else f"{unit}.service" for unit in units} <= shipped


def test_every_shipped_file_that_is_named_is_there():
    page = deploying.PAGE.read_text(encoding="utf-8")
    names = set(re.findall(r"(?<![\w/])(?:deploy|tests|docs|catalogue)/\w[\w./]*\w", page)) - {"deploy/tls"}
    assert len(names) > 5
    assert [name for name in names if not (ROOT / name).exists()] == []


def test_every_word_in_capitals_is_explained():
    explained = set(re.findall(r"`([A-Z-]+)`", deploying.PAGE.read_text(encoding="utf-8").partition("## One host")[0]))
    typed = " ".join(command.text for command in COMMANDS if not command.not_run and "ALTER" not in command.text)
    used = set(re.findall(r"(?<![\w-])[A-Z]{2,}(?:-[A-Z]+)*(?![\w=-])", typed)) - NOT_FILLED_IN
    assert used == explained
