"""The rows of one inline in a posted form, brought into the order and number in which they are stored now."""

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalogue.admin.three_way_merge import ThreeWay, field_text, put_value

MOST_ROWS = 1000  # as many as Django reads


class PostedInline:
    """The formset that reads an inline, and what is stored of its rows."""

    def __init__(self, formset, inline, request, practice):
        self.form = formset.form
        self.prefix = formset.get_default_prefix()
        self.name = capfirst(str(inline.opts.verbose_name))
        unbound = formset(instance=practice, prefix=self.prefix, queryset=inline.get_queryset(request))
        self.stored = {str(form.instance.pk): form.instance for form in unbound.initial_forms}
        self.accessor = unbound.fk.remote_field.get_accessor_name()
        self.sentences = []

    def is_in(self, posted):
        """Whether a posted form holds this inline, with possible numbers of rows."""
        counts = [posted.get(f"{self.prefix}-{name}_FORMS", "") for name in ("TOTAL", "INITIAL")]
        return all(count.isdecimal() and len(count) < 5 and int(count) <= MOST_ROWS for count in counts)

    def stored_forms(self, posted):
        """Return the unbound form of every stored row at its index in the posted form."""
        if not self.is_in(posted):
            return []
        prefixes = [f"{self.prefix}-{index}" for index in range(self._count(posted, "INITIAL"))]
        rows = [(prefix, self.stored.get(posted.get(f"{prefix}-id"))) for prefix in prefixes]
        return [self.form(prefix=prefix, instance=row) for prefix, row in rows if row is not None]

    def arrange(self, posted, base):
        """Rewrite the inline in ``posted``: the stored rows in their order, then the new ones.

        Return a ``ThreeWay`` and a heading for every row that both have. ``base`` is the practice as it was opened.
        """
        sent, new = self._sent(posted, base)
        both = []
        for index, (key, stored) in enumerate(self.stored.items()):
            row, before = sent.pop(key, (None, None))
            versions = ThreeWay(self.form, before, stored, f"{self.prefix}-{index}")
            if row is None:  # they added it
                self._put_stored(posted, versions)
            else:
                self._write(posted, index, self._not_deleted(row, versions))
                both.append((versions, f"{self.name} {index + 1}"))
        new += [row for row, before in sent.values() if self._outlives_removal(row, before)]
        for index, row in enumerate(new, start=len(self.stored)):
            self._write(posted, index, row)
        posted[f"{self.prefix}-INITIAL_FORMS"] = str(len(self.stored))
        posted[f"{self.prefix}-TOTAL_FORMS"] = str(len(self.stored) + len(new))
        return both

    def _sent(self, posted, base):
        """Remove the rows from ``posted``; return the stored ones by key, with their records as opened, and the new."""
        total, initial = (self._count(posted, name) for name in ("TOTAL", "INITIAL"))
        rows = [self._take(posted, index) for index in range(max(total, initial))]
        found = list(getattr(base, self.accessor).all())
        before = found if len(found) == initial else [None] * initial
        keys = [row.get("id", [""])[0] for row in rows[:initial]]
        return dict(zip(keys, zip(rows[:initial], before, strict=True), strict=True)), rows[initial:]

    def _count(self, posted, name):
        return int(posted[f"{self.prefix}-{name}_FORMS"])

    def _take(self, posted, index):
        prefix = f"{self.prefix}-{index}-"
        names = [name for name in posted if name.startswith(prefix)]
        return {name.removeprefix(prefix): posted.pop(name) for name in names}

    def _write(self, posted, index, row):
        for name, values in row.items():
            posted.setlist(f"{self.prefix}-{index}-{name}", values)

    def _put_stored(self, posted, versions):
        for bound in versions.unbound(versions.stored):
            put_value(posted, bound)
        posted[f"{versions.prefix}-id"] = str(versions.stored.pk)
        posted[f"{versions.prefix}-practice"] = str(versions.stored.practice_id)

    def _not_deleted(self, row, versions):
        """Return a row, not removed when they have changed it meanwhile; add a sentence that says so."""
        if "DELETE" not in row or (versions.base and not versions.changed_by_them()):
            return row
        sentence = _("The other user changed a row that you removed: “%(row)s”. It is kept unless you remove it again.")
        self.sentences.append(sentence % {"row": f"{self.name}: {versions.stored}"})
        return {name: values for name, values in row.items() if name != "DELETE"}

    def _outlives_removal(self, row, before):
        """Whether a row that they removed stays, as a new one, because this editor changed it; add a sentence on it."""
        if "DELETE" in row:
            return False
        row.pop("id", None)
        scratch = QueryDict(mutable=True)
        self._write(scratch, 0, row)
        form = self.form(scratch, prefix=f"{self.prefix}-0", instance=before)
        if before is not None and not form.changed_data:
            return False
        sentence = _("The other user removed a row that you changed: “%(row)s”. It appears below as a new row.")
        text = "; ".join(filter(None, (field_text(form[name]) for name in form.changed_data or form.fields)))
        self.sentences.append(sentence % {"row": f"{self.name}: {text}"})
        return True
