"""What responses with a file have in common: their name, a file on the disk, JSON, and arrays of JSON while they are
sent.
"""

import json
import tempfile
from datetime import UTC, datetime

from django.http import FileResponse, HttpResponse


def as_file(response, name, extension, *, shown=False):
    """Return a response that is saved as a file of today, or ``shown`` by the browser itself."""
    day = datetime.now(UTC).date().isoformat()
    disposition = "inline" if shown else "attachment"
    response["Content-Disposition"] = f'{disposition}; filename="csm-{name}-{day}.{extension}"'
    return response


def from_disk(write, content_type):
    """Return a response with what ``write(file)`` writes to a temporary file, which goes when it is sent."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    write(file)
    file.seek(0)
    return FileResponse(file, content_type=content_type)


def json_text(value):
    """Return JSON that people can read as well."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def json_response(value, content_type="application/json", **more):
    return HttpResponse(json_text(value), content_type=content_type, **more)


def json_with_array(head, name, batches, separator=", "):
    """Yield a JSON object: the members of ``head``, then an array under ``name`` from lists of JSON texts."""
    yield f'{json.dumps(head, ensure_ascii=False)[:-1]}{separator}"{name}": ['
    yield from json_elements(batches)
    yield "\n]}\n"


def json_elements(batches):
    """Yield lists of JSON texts as the elements of one array."""
    separator = "\n"
    for lines in batches:
        yield separator + ",\n".join(lines)
        separator = ",\n"
