"""What a contributor meets beside the code says the same as the code: hooks, container, forms."""

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
FORMS = sorted(ROOT.glob(".github/ISSUE_TEMPLATE/*.yml"))
ASKED = ("input", "textarea", "dropdown", "checkboxes")


def test_every_hook_is_a_line_of_make_check():
    check = re.search(r"^check:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.MULTILINE)[1]
    lines = {line.removeprefix("\t@").replace("$(PY)", ".venv/bin/python") for line in check.splitlines()}
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert repository["repo"] == "local", "a hook from elsewhere would have a version of its own"
    assert {hook["entry"] for hook in repository["hooks"]} <= lines


def test_the_container_installs_what_the_deciding_run_installs():
    named = re.findall(r"(?:missing|office)\+=\(([^)]*)\)", (ROOT / ".ci" / "run").read_text())
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
    installed = re.findall(r"install -y -qq ((?:--?[\w-]+ )*)([^&]*)", container["onCreateCommand"])
    assert {name for _options, names in installed for name in names.split()} == {
        name for names in named for name in names.split()
    }
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
