"""A document as PDF, typeset in a process of its own."""

import json
import subprocess
import sys
import threading

from django.conf import settings

SECONDS = 60  # a volume needs three
_one_at_a_time = threading.Semaphore()  # per worker: many requests at once take time, not memory


class TypesettingError(RuntimeError):
    """The typesetter could not make the file; the message is its own."""


def typeset_pdf(*documents, pages=None):
    """Return the PDF/UA-1 of a document; of several, of the first that fits into ``pages``, or of the last.

    Raises ``TypesettingError`` when there is no file after ``SECONDS`` or the typesetter fails.
    """
    job = json.dumps({"documents": documents, "pages": pages})
    try:
        with _one_at_a_time:
            process = subprocess.run(
                [sys.executable, "-m", "catalogue.publication.typeset"],
                input=job.encode(),
                capture_output=True,
                cwd=settings.BASE_DIR,
                env={},  # no setting and no secret of the site
                timeout=SECONDS,
                check=True,
            )
    except subprocess.TimeoutExpired as problem:
        raise TypesettingError(f"no file after {SECONDS} seconds") from problem
    except subprocess.CalledProcessError as problem:
        raise TypesettingError(problem.stderr.decode(errors="replace")[-2000:]) from problem
    return process.stdout
