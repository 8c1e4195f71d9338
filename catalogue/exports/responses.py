"""What answers with a file have in common: how it is named, made on the disk, or put together from lists of JSON."""

import tempfile
from datetime import UTC, datetime

from django.http import FileResponse


def named(response, name, extension, *, shown=False):
    """Return an answer that is saved as a file of today, or ``shown`` by the browser itself."""
    day = datetime.now(UTC).date().isoformat()
    disposition = "inline" if shown else "attachment"
    response["Content-Disposition"] = f'{disposition}; filename="csm-{name}-{day}.{extension}"'
    return response


def from_disk(write, content_type):
    """Answer with what ``write(file)`` writes to a file on the disk, which goes when it is sent."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    write(file)
    file.seek(0)
    return FileResponse(file, content_type=content_type)


def elements(batches):
    """Yield lists of JSON as the elements of one array."""
    separator = "\n"
    for lines in batches:
        yield separator + ",\n".join(lines)
        separator = ",\n"
