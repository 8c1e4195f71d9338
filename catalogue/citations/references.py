"""CSL-JSON items as BibTeX and RIS, for reference managers."""

import json
from typing import Any

# Characters with a meaning in LaTeX
LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\lbrace{}",
        "}": r"\rbrace{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
BABEL_LANGUAGES = {"es": "spanish", "en": "english", "pt-BR": "brazilian"}


def _iso_day(date: dict[str, Any]) -> str:
    """Return a CSL date with one known day as ``2026-11-22``."""
    year, *rest = date["date-parts"][0]
    return "-".join([f"{year:04}", *(f"{part:02}" for part in rest)])


def _one_line(text: str) -> str:
    """Return a text without line breaks and without control characters, which end a field or a file."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _latex(text: str) -> str:
    """Return a text for a BibTeX field: every character of LaTeX escaped, braces around it to keep its capitals."""
    return f"{{{_one_line(text).translate(LATEX)}}}"


def bibtex(item: dict[str, Any]) -> str:
    """Return an item as an entry of BibTeX, also with the fields of biblatex (``date``, ``eventdate``, ``urldate``)."""
    issued = _iso_day(item["issued"])
    fields = {
        "author": " and ".join(_latex(author["literal"]) for author in item["author"]),
        "title": _latex(item["title"]),
        "shorttitle": _latex(item.get("title-short", "")),
        "institution": _latex(item.get("publisher") or item["author"][0]["literal"]),
        "series": _latex(item.get("container-title", "")),
        "type": _latex(item["genre"]),
        "number": _latex(item.get("number", "")),
        "year": issued[:4],
        "date": issued,
        "note": _latex(item.get("note", "")),
        "eventdate": item.get("event-date", {}).get("raw", ""),
        "url": item["URL"],
        "urldate": _iso_day(item["accessed"]),
        "langid": BABEL_LANGUAGES[item["language"]],
        "abstract": _latex(item.get("abstract", "")),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value not in ("", "{}")]
    return f"@techreport{{{item['id']},\n" + ",\n".join(lines) + "\n}\n"


def ris(item: dict[str, Any]) -> str:
    """Return an item as a record of RIS; the period, for which RIS has no field, stands in EDTF among the notes."""
    issued, accessed = (_iso_day(item[name]).replace("-", "/") for name in ("issued", "accessed"))
    lines = [
        ("TY", "RPRT"),
        ("ID", item["id"]),
        *(("AU", author["literal"]) for author in item["author"]),
        ("TI", item["title"]),
        ("ST", item.get("title-short")),
        ("T2", item.get("container-title")),
        ("PB", item.get("publisher")),
        ("M3", item["genre"]),
        ("M1", item.get("number")),
        ("PY", issued[:4]),
        ("DA", issued),
        ("N1", f"event-date: {item['event-date']['raw']}" if "event-date" in item else None),
        ("N1", item.get("note")),
        ("LA", item["language"]),
        ("AB", item.get("abstract")),
        ("UR", item["URL"]),
        ("Y2", accessed),
    ]
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in lines if value) + "ER  - \r\n\r\n"


def csl_json(item: dict[str, Any]) -> str:
    """Return an item as CSL-JSON, on one line."""
    return json.dumps(item, ensure_ascii=False)
