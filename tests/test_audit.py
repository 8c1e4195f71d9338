"""The pinned packages: hashed, on the bill of materials, and none with a stored advisory."""

import json
import re

from tests.audit import LOCKS, ROOT, STORED, concerned, main, pinned


def test_no_pinned_version_has_a_stored_advisory():
    assert main([]) == 0


def test_a_version_with_an_advisory_is_found_and_the_mended_one_is_not():
    advisories = json.loads(STORED.read_text())["advisories"]
    assert {row["id"] for row in concerned({"django": "5.2.7", "gunicorn": "22.0.0"}, advisories)} >= {
        "CVE-2025-64459",
        "CVE-2024-6827",
    }
    assert [row["fixed"] for row in concerned({"django": "5.2.18"}, advisories)] == ["5.2.19"] * 5
    assert concerned({"django": "5.2.19"}, advisories) == []


def test_every_pinned_package_has_its_hash():
    for lock in LOCKS:
        text = (ROOT / lock).read_text().replace("\\\n", "")
        lines = [line for line in text.splitlines() if re.match(r"[\w.-]+==", line)]
        assert len(lines) > 30
        assert all("--hash=sha256:" in line for line in lines)


def test_the_bill_of_materials_names_every_package_that_runs():
    bill = json.loads((ROOT / "docs" / "sbom.cdx.json").read_text())
    assert bill["bomFormat"] == "CycloneDX"
    named = {part["name"].lower().replace("_", "-"): part["version"] for part in bill["components"]}
    assert named == pinned("requirements.txt")


def test_django_is_of_a_supported_series():
    assert pinned("requirements.txt")["django"].startswith("5.2."), "LTS, with security releases to April 2028"
