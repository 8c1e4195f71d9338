"""The closed lists by which the codebook describes a column: what its cells are, and where they come from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What the cells of a column are; the codebook shows the label."""

    TEXT = "text", _("text")
    CODE = "code", _("code")
    ADDRESS = "address", _("web address")
    DATE = "date", _("date (2026-01-31)")
    MOMENT = "moment", _("date and time in UTC (2026-01-31T12:00:00+00:00)")
    PARTIAL_DATE = "partial date", _("year, month or day (2015, 2015-04 or 2015-04-30; EDTF)")
    INTEGER = "integer", _("whole number")
    NUMBER = "number", _("number")
    BOOLEAN = "boolean", _("true or false")


class Source(models.TextChoices):
    """Where the values of a column come from."""

    PRESENTED = "presented", _("the publication or the institution that presented the practice")
    WRITTEN = "written", _("text by this catalogue, based on the source")
    CLASSIFIED = "classified", _("classification by this catalogue, not a statement of the source")
    GIVEN = "given", _("assigned by this catalogue")
    COMPUTED = "computed", _("calculated from the record")
