"""``python -m tests.structure``: how the code is laid out, in figures with a limit each; ``make check`` calls it.

``--write`` puts the figures, the job of each package and the layers of ``pyproject.toml`` into the document.
"""

import argparse
import ast
import statistics
import sys
import tomllib
from collections import defaultdict
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

PACKAGES = ("catalogue", "networks")
DOCUMENT = Path("docs/architecture.md")
REQUIRED_BY_DJANGO = {"Command"}  # the class of every command
LONGEST_FUNCTION = 30  # lines
LAYERS = "imports point one way"


class Figure(NamedTuple):
    """What is counted, how many there are, the limit (None for none) and where the highest are."""

    what: str
    count: float
    limit: int | None = None
    where: list[str] | tuple[str, ...] = ()

    @property
    def problem(self):
        """What is wrong, or nothing."""
        if self.limit is None or self.count <= self.limit:
            return ""
        return f"{self.what}: {self.count}, at most {self.limit}: {'; '.join(self.where)}"


class Module(NamedTuple):
    """A module of the two packages: its path and its syntax tree."""

    path: Path
    lines: tuple[str, ...]
    tree: ast.Module

    @property
    def package(self):
        """The package of ``catalogue`` or module of its root that the module belongs to; ``networks`` is one."""
        return self.path.with_suffix("").parts[1] if self.path.parts[0] == "catalogue" else self.path.parts[0]

    @property
    def functions(self):
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    @property
    def names(self):
        """The functions and classes at the top of the module."""
        return {node.name for node in self.tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}

    @property
    def imported(self):
        """The packages of the project that the module imports, each time it does."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module == "catalogue":
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("catalogue."):
                yield node.module.split(".")[1]

    @property
    def unexplained_imports(self):
        """The lines of imports inside a function without a comment on the line, or on that of the import before it."""
        for function in self.functions:
            imports = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
            explained = any("#" in self.lines[node.lineno - 1] for node in imports[:1])
            yield from (f"{self.path}:{node.lineno}" for node in imports if not explained)


class Structure:
    """The figures of all modules."""

    def __init__(self, root=Path()):
        self.modules = []
        for path in sorted(path for package in PACKAGES for path in (root / package).rglob("*.py")):
            if "migrations" not in path.parts:
                text = path.read_text()
                self.modules.append(Module(path.relative_to(root), tuple(text.splitlines()), ast.parse(text)))

    @cached_property
    def functions(self):
        """``(lines, where)`` of every function, the longest first."""
        sizes = [
            (node.end_lineno - node.lineno + 1, f"{m.path}:{node.name}") for m in self.modules for node in m.functions
        ]
        return sorted(sizes, reverse=True)

    @cached_property
    def repeated_names(self):
        """Names of functions and classes that more than three modules define at their top."""
        found = defaultdict(list)
        for module in self.modules:
            for name in module.names - REQUIRED_BY_DJANGO:
                found[name].append(str(module.path))
        return [f"{name} ({', '.join(paths)})" for name, paths in sorted(found.items()) if len(paths) > 3]

    @cached_property
    def two_way_pairs(self):
        edges = {(module.package, other) for module in self.modules for other in module.imported}
        return sorted(f"{one} and {other}" for one, other in edges if one < other and (other, one) in edges)

    def lines(self, folder):
        return sum(len(module.lines) for module in self.modules if folder in (Path(), *module.path.parents))

    def figures(self):
        """Yield the ``Figure`` of each thing that is counted."""
        root = [str(module.path) for module in self.modules if module.path.parent == Path("catalogue")]
        packages = {module.path.parts[1] for module in self.modules if len(module.path.parts) > 2}
        long_functions = [f"{where} ({size})" for size, where in self.functions if size > LONGEST_FUNCTION]
        longest = max((len(module.lines), str(module.path)) for module in self.modules)
        late = [place for module in self.modules for place in module.unexplained_imports]
        yield Figure("modules in the root of `catalogue/`", len(root), 12, root)
        yield Figure("packages of `catalogue/`", len(packages))
        yield Figure("longest function, lines", self.functions[0][0], LONGEST_FUNCTION, long_functions)
        yield Figure("longest module, lines", longest[0], 300, longest[1:])
        yield Figure("median function, lines", statistics.median(size for size, _ in self.functions), 6)
        yield Figure("lines of `catalogue/caching/`", self.lines(Path("catalogue/caching")), 400)
        yield Figure("names defined in more than three modules", len(self.repeated_names), 0, self.repeated_names)
        yield Figure("pairs of packages that import each other", len(self.two_way_pairs), 0, self.two_way_pairs)
        yield Figure("imports inside a function without a reason", len(late), 0, late)
        yield Figure("lines of `catalogue/` and `networks/`, without migrations", self.lines(Path()))


def layers():
    """Return the layers of ``catalogue``, the highest first, as import-linter reads them."""
    contracts = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return next(contract["layers"] for contract in contracts if contract["name"] == LAYERS)


def jobs():
    """Return what each package of ``catalogue`` says of itself: the first line of its docstring."""
    for path in sorted(Path("catalogue").glob("*/__init__.py")):
        if docstring := ast.get_docstring(ast.parse(path.read_text())):
            yield f"`{path.parent.name}/`", docstring.splitlines()[0]


def blocks(structure):
    """Return what a command writes into the document: ``{name of the block: its table}``."""
    rows = (" ".join(f"`{name}`" for name in layer.split(" | ")) for layer in layers())
    figures = ((row.what, f"{row.count:,}", "" if row.limit is None else row.limit) for row in structure.figures())
    return {
        "packages": table(("package", "job"), jobs()),
        "layers": table(("", "imports only from rows below"), enumerate(rows, 1)),
        "figures": table(("what", "now", "at most"), figures),
    }


def table(heads, rows):
    """Return a table of Markdown."""
    return "".join(f"| {' | '.join(map(str, row))} |\n" for row in (heads, ["---"] * len(heads), *rows))


def main():
    """Say which limit is passed, and where; with ``--write``, write the document. Ends with 1 if something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write figures, packages and layers into the document")
    structure, text = Structure(), DOCUMENT.read_text()
    new, stale = text, []
    for name, block in blocks(structure).items():
        before, start, rest = new.partition(f"<!-- {name} -->\n")
        old, end, after = rest.partition(f"<!-- end of {name} -->")
        new = "".join((before, start, block, end, after))
        stale += [f"{DOCUMENT} shows other {name}: python -m tests.structure --write"] * (old != block)
    if parser.parse_args().write:
        DOCUMENT.write_text(new)
        stale = []
    problems = [figure.problem for figure in structure.figures() if figure.problem]
    sys.exit("\n".join(problems + [problem for problem in stale if "figures" not in problem]) or None)


if __name__ == "__main__":
    main()
