"""The zip with everything: all tables as CSV, the version of each record, the codebook and the manifest."""

import zipfile
from functools import partial
from hashlib import sha256

from catalogue.exports import codebook
from catalogue.exports.manifest import manifest
from catalogue.exports.responses import json_text
from catalogue.exports.spooled_tables import PIECE, spooled
from catalogue.exports.writers.csv_text import Lines


class Entry:
    """A file of the package while it is written: it is counted and hashed on its way."""

    def __init__(self, package, name):
        self.name = name
        self.digest = sha256()
        self.size = 0
        self._file = package.open(name, "w", force_zip64=True)

    def write(self, data):
        self.digest.update(data)
        self.size += len(data)
        self._file.write(data)

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self._file.close()

    def facts(self):
        """Return what the manifest says of the file."""
        return {"name": self.name, "bytes": self.size, "sha256": self.digest.hexdigest()}


def write_package(file, selection):
    """Write the package; its manifest comes last, because it knows the other files."""
    files = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:

        def add(name, pieces):
            with Entry(package, name) as entry:
                for piece in pieces:
                    entry.write(piece)
            files.append(entry.facts())

        first = Entry(package, f"{selection.main.table.name}.csv")
        with spooled(selection.layouts, selection.keys, first, Lines()) as (others, counts):
            files.append(first.facts())
            for layout, waiting in others:
                add(f"{layout.table.name}.csv", iter(partial(waiting.read, PIECE), b""))
        add("codebook.csv", [codebook.as_csv(selection.layouts).encode()])
        add("csv-metadata.json", [json_text(codebook.metadata(selection.layouts)).encode()])
        facts = manifest(selection, "zip", counts, files)
        package.writestr("manifest.json", json_text({**facts, "record_versions": "records.csv"}))
