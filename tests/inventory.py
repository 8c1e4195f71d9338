"""``python -m tests.inventory``: writes into docs/testing.md what each file of tests protects and where it runs.

The sentence is the first line of the file, the place is told by its marks, so the table says nothing of its own.
"""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "testing.md"
BEGIN, END = "<!-- made by python -m tests.inventory -->", "<!-- end -->"


def files():
    return sorted((ROOT / "tests").rglob("test_*.py"))


def where(source):
    """Return where the tests of a file run, from the marks in its source."""
    tree = ast.parse(source)
    whole = [
        ast.unparse(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and "pytestmark" in node_names(node)
    ]
    if "mark.engines" in "".join(whole):
        return "both engines"
    return "both engines in part" if "mark.engines" in source else "SQLite"


def node_names(node):
    return {target.id for target in node.targets if isinstance(target, ast.Name)}


def row(file):
    """Return the line of the table for a file."""
    source, name = file.read_text(encoding="utf-8"), str(file.relative_to(ROOT))
    protects = ast.get_docstring(ast.parse(source)).splitlines()[0]
    folder = {"e2e": "Chromium", "faults": "`make faults`"}.get(file.parent.name)
    return f"| `{name}` | {protects} | {folder or where(source)} |"


def table():
    rows = "\n".join(map(row, files()))
    return f"{BEGIN}\n\n| file | protects | runs on |\n| --- | --- | --- |\n{rows}\n\n{END}"


def written(page):
    """Return the text of a page with its table as it is now."""
    before, _begin, rest = page.partition(BEGIN)
    return before + table() + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
