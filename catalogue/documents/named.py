"""Networks, States and terms, which documents name by their primary keys: each process has them in memory."""

from catalogue.caching.lru import ProcessCache
from catalogue.caching.shared import shared_entry
from catalogue.documents.shapes import NAMED
from catalogue.models import Term

_newest = ProcessCache(2)  # of the database and of its replica


class NamedRecords:
    """The records of ``NAMED`` as the database has them: ``records`` are ``{model: {primary key: record}}``.

    They are shared between requests: read only.
    """

    def __init__(self):
        self.records = {model: {record.pk: record for record in model.objects.all()} for model in NAMED}
        terms = self.records[Term]
        self.position_of_term = {key: position for position, key in enumerate(terms)}
        for term in terms.values():
            term.parent = terms.get(term.parent_id)

    def terms(self, keys):
        """Return the terms with these primary keys in the order of their vocabulary."""
        return [self.records[Term][key] for key in sorted(keys, key=self.position_of_term.__getitem__)]


def named_records(version):
    """Return the ``NamedRecords`` of a version of the catalogue; a change of practices leaves them as they are."""
    return shared_entry(_newest, "named", version, NamedRecords)
