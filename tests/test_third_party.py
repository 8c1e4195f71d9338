"""Nothing is served that is not accounted for in docs/third-party.md."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LISTED = (ROOT / "docs" / "third-party.md").read_text(encoding="utf-8")
FOLDERS = ("static/fonts", "static/vendor")


def files():
    return [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]


def test_every_font_and_every_vendored_script_is_listed():
    assert files()
    for path in files():
        assert f"`{path.relative_to(ROOT)}`" in LISTED


def test_every_listed_file_is_there():
    named = [part for part in LISTED.split("`") if part.startswith("static/") and Path(part).suffix]
    assert named
    for name in named:
        assert (ROOT / name).is_file(), name


def test_every_font_and_every_vendored_script_has_its_licence_beside_it():
    for folder in FOLDERS:
        licences = [path for path in files() if path.suffix == ".txt" and path.is_relative_to(ROOT / folder)]
        works = [path for path in files() if path.suffix != ".txt" and path.is_relative_to(ROOT / folder)]
        for work in works:
            stem = work.name.split("-")[0].split(".")[0].casefold()
            assert any(licence.name.casefold().startswith(stem) for licence in licences), work
