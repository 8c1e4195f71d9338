"""The rows of one group in a posted form, brought into the order and number in which they are stored now."""

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalogue.admin.three_way_merge import Three, in_words, put

MOST_ROWS = 1000  # as many as Django reads


class PostedRows:
    """A group of rows: the formset that reads it, and what is stored of it."""

    def __init__(self, formset, inline, request, practice):
        self.form = formset.form
        self.prefix = formset.get_default_prefix()
        self.name = capfirst(str(inline.opts.verbose_name))
        unbound = formset(instance=practice, prefix=self.prefix, queryset=inline.get_queryset(request))
        self.stored = {str(form.instance.pk): form.instance for form in unbound.initial_forms}
        self.accessor = unbound.fk.remote_field.get_accessor_name()
        self.sentences = []

    def is_in(self, posted):
        """Whether a posted form holds this group, with numbers of rows that can be."""
        counts = [posted.get(f"{self.prefix}-{name}_FORMS", "") for name in ("TOTAL", "INITIAL")]
        return all(count.isdecimal() and len(count) < 5 and int(count) <= MOST_ROWS for count in counts)

    def stored_forms(self, posted):
        """Return the unbound form of every stored row at its place in the posted form."""
        if not self.is_in(posted):
            return []
        prefixes = [f"{self.prefix}-{place}" for place in range(self._count(posted, "INITIAL"))]
        rows = [(prefix, self.stored.get(posted.get(f"{prefix}-id"))) for prefix in prefixes]
        return [self.form(prefix=prefix, instance=row) for prefix, row in rows if row is not None]

    def arrange(self, posted, base):
        """Rewrite the group in ``posted``: the stored rows in their order, then the new ones.

        Return a ``Three`` and a heading for every row that both have. ``base`` is the practice as the editor found it.
        """
        sent, new = self._sent(posted, base)
        both = []
        for place, (key, stored) in enumerate(self.stored.items()):
            row, before = sent.pop(key, (None, None))
            three = Three(self.form, before, stored, f"{self.prefix}-{place}")
            if row is None:  # they added it
                self._put_stored(posted, three)
            else:
                self._write(posted, place, self._not_deleted(row, three))
                both.append((three, f"{self.name} {place + 1}"))
        new += [row for row, before in sent.values() if self._outlives_removal(row, before)]
        for place, row in enumerate(new, start=len(self.stored)):
            self._write(posted, place, row)
        posted[f"{self.prefix}-INITIAL_FORMS"] = str(len(self.stored))
        posted[f"{self.prefix}-TOTAL_FORMS"] = str(len(self.stored) + len(new))
        return both

    def _sent(self, posted, base):
        """Take the rows out of ``posted``: those that were stored by key, each with what it said then, and the new."""
        total, initial = (self._count(posted, name) for name in ("TOTAL", "INITIAL"))
        rows = [self._take(posted, place) for place in range(max(total, initial))]
        found = list(getattr(base, self.accessor).all())
        before = found if len(found) == initial else [None] * initial
        keys = [row.get("id", [""])[0] for row in rows[:initial]]
        return dict(zip(keys, zip(rows[:initial], before, strict=True), strict=True)), rows[initial:]

    def _count(self, posted, name):
        return int(posted[f"{self.prefix}-{name}_FORMS"])

    def _take(self, posted, place):
        prefix = f"{self.prefix}-{place}-"
        names = [name for name in posted if name.startswith(prefix)]
        return {name.removeprefix(prefix): posted.pop(name) for name in names}

    def _write(self, posted, place, row):
        for name, values in row.items():
            posted.setlist(f"{self.prefix}-{place}-{name}", values)

    def _put_stored(self, posted, three):
        for bound in three.unbound(three.stored):
            put(posted, bound)
        posted[f"{three.prefix}-id"] = str(three.stored.pk)
        posted[f"{three.prefix}-practice"] = str(three.stored.practice_id)

    def _not_deleted(self, row, three):
        """Return a row without its tick for removal when they have changed it meanwhile, and say so."""
        if "DELETE" not in row or (three.base and not three.changed_by_them()):
            return row
        sentence = _("The other user changed a row that you removed: “%(row)s”. It is kept unless you remove it again.")
        self.sentences.append(sentence % {"row": f"{self.name}: {three.stored}"})
        return {name: values for name, values in row.items() if name != "DELETE"}

    def _outlives_removal(self, row, before):
        """Whether a row that they removed stays, as a new one, because this editor changed it; say so."""
        if "DELETE" in row:
            return False
        row.pop("id", None)
        scratch = QueryDict(mutable=True)
        self._write(scratch, 0, row)
        form = self.form(scratch, prefix=f"{self.prefix}-0", instance=before)
        if before is not None and not form.changed_data:
            return False
        sentence = _("The other user removed a row that you changed: “%(row)s”. It appears below as a new row.")
        told = "; ".join(filter(None, (in_words(form[name]) for name in form.changed_data or form.fields)))
        self.sentences.append(sentence % {"row": f"{self.name}: {told}"})
        return True
