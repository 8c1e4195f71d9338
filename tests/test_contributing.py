"""What a contributor meets beside the code says the same as the code: guide, hooks, container, forms, lists by hand."""

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from catalogue.api import access
from catalogue.citations import texts
from catalogue.exports.list_files import TABLES
from catalogue.exports.offered_formats import EXTENSIONS, LIST_FORMATS
from catalogue.listing.facets import CONDITIONS, FACETS
from catalogue.listing.page import FIELDS
from catalogue.text import numbers, search_tokens as text
from catalogue.text.languages import HTML_LANGUAGES
from catalogue.views.download import PRACTICE_WRITERS, WRITERS
from catalogue.views.open_data import KEEPS
from networks import partial_dates
from networks.admin import LANGUAGE_LABELS
from networks.languages import LANGUAGE_NAMES

ROOT = Path(__file__).resolve().parent.parent
ADDRESSES = (ROOT / "docs" / "addresses.md").read_text()
FORMS = sorted(ROOT.glob(".github/ISSUE_TEMPLATE/*.yml"))
ASKED = ("input", "textarea", "dropdown", "checkboxes")


def test_every_hook_is_a_line_of_make_check():
    check = re.search(r"^check:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.MULTILINE)[1]
    lines = {line.removeprefix("\t@").replace("$(PY)", ".venv/bin/python") for line in check.splitlines()}
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert repository["repo"] == "local", "a hook from elsewhere would have a version of its own"
    assert {hook["entry"] for hook in repository["hooks"]} <= lines


def test_the_container_installs_what_the_deciding_run_installs():
    """Both ask the list of tests/programs.py, which knows Debian's packages."""
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
    for installs in (container["onCreateCommand"], (ROOT / ".ci" / "run").read_text()):
        assert "python3 -m tests.programs" in installs
        assert {"make", "python3-venv"} <= set(re.findall(r"[\w-]+", installs))
    assert container["forwardPorts"] == [8000]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_asks_in_three_languages_and_each_question_once(path):
    form = yaml.safe_load(path.read_text())
    asked = [part for part in form["body"] if part["type"] in ASKED]
    sentences = [form["name"], form["description"], *(part["attributes"]["label"] for part in asked)]
    sentences += [part["attributes"]["description"] for part in asked if "description" in part["attributes"]]
    assert [sentence for sentence in sentences if sentence.count(" · ") != 2] == []
    assert len({part["id"] for part in asked}) == len(asked) > 0
    assert any(part.get("validations", {}).get("required") for part in asked)


def test_the_commits_that_blame_passes_by_are_named_in_full_with_their_subject():
    text = (ROOT / ".git-blame-ignore-revs").read_text()
    commits = re.findall(r"^# (.*)\n([0-9a-f]{40})$", text, re.MULTILINE)
    assert len(commits) == len(re.findall(r"^[^#\n]", text, re.MULTILINE))
    for subject, name in commits:
        ask = ["git", "log", "-1", "--format=%s", name]
        known = subprocess.run(ask, cwd=ROOT, capture_output=True, text=True, check=False)
        if known.returncode == 0:  # a copy of the newest commits alone does not know them
            assert known.stdout.strip() == subject


def test_every_filter_has_its_place_on_the_page():
    page = (ROOT / "templates" / "catalogue" / "practice_list.html").read_text()
    assert [name for name in FACETS if f"{{{{ {name} }}}}" not in page] == []
    assert set(CONDITIONS) <= {*FIELDS, "sort"}


def test_every_parameter_is_told_to_the_outside():
    assert [name for name in KEEPS if f"`{name}`" not in ADDRESSES] == []


def test_what_is_offered_is_what_is_written():
    books = {"pdf", "docx"}
    assert {*TABLES, *WRITERS, *books} == set(LIST_FORMATS)
    assert {*PRACTICE_WRITERS, *books} == EXTENSIONS


def test_every_format_is_told_to_the_outside():
    assert [name for name in LIST_FORMATS if not re.search(rf"[`.]{re.escape(name)}`", ADDRESSES)] == []


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (LANGUAGE_NAMES, settings.MODELTRANSLATION_LANGUAGES),
        (LANGUAGE_LABELS, settings.MODELTRANSLATION_LANGUAGES),
        (HTML_LANGUAGES, settings.MODELTRANSLATION_LANGUAGES),
        (numbers.SEPARATORS, settings.MODELTRANSLATION_LANGUAGES),
        (text._ALGORITHMS, settings.MODELTRANSLATION_LANGUAGES),
        (partial_dates.LOCALES, dict(settings.LANGUAGES)),
        (texts.LOCALES, dict(settings.LANGUAGES)),
        (access.LANGUAGES, {*settings.MODELTRANSLATION_LANGUAGES, *dict(settings.LANGUAGES)}),
    ],
)
def test_every_table_of_languages_has_each_language(table, codes):
    assert set(table) == set(codes)


def test_every_test_and_file_that_the_guide_names_exists():
    guide = (ROOT / "CONTRIBUTING.md").read_text()
    for path, test in re.findall(r"\*(tests/[\w./]+?\.py)(?:::(\w+))?\*", guide):
        assert (ROOT / path).is_file(), path
        assert not test or f"def {test}(" in (ROOT / path).read_text(), f"{path}::{test}"
    named = re.findall(r"`((?:catalogue|networks|templates|tests)/[\w./-]+)`", guide)
    assert len(named) > 30
    assert [path for path in named if not (ROOT / path).exists()] == []
