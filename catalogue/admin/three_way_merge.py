"""One form compared three ways: as an editor found the record, as it is stored now, as the editor sends it."""

from typing import NamedTuple

from django.forms import ModelChoiceField
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalogue.editorial.workflow.diff import words

CHOICE = "_choice-"  # before the name of a field of which an editor chooses a text


class Choice(NamedTuple):
    """A field that both wrote: the words of each, compared with what stood there before."""

    name: str
    label: str
    theirs: list
    mine: list
    their_value: str

    @property
    def input(self):
        return f"{CHOICE}{self.name}"


class Three(NamedTuple):
    """A form, and the record as the editor found it (``None``: not known) and as it is stored."""

    form: type
    base: object
    stored: object
    prefix: str | None = None

    def unbound(self, instance):
        return self.form(prefix=self.prefix, instance=instance)

    def changed_in(self, posted, instance):
        """Return the fields that say something else in the posted form than in a record."""
        return set(self.form(posted, prefix=self.prefix, instance=instance).changed_data)

    def changed_by_them(self):
        """Return the fields that say something else in the stored record than the editor found."""
        before, now = self.unbound(self.base).initial, self.unbound(self.stored).initial
        return {name for name in now if _comparable(before.get(name)) != _comparable(now[name])}


def merge_form(posted, three, heading=""):
    """Put into ``posted`` what only they changed; return a ``Choice`` for every field that both changed."""
    stored = three.unbound(three.stored)
    different = three.changed_in(posted, three.stored) & set(stored.initial)
    if three.base:
        different &= three.changed_by_them()
        mine = three.changed_in(posted, three.base)
    else:
        mine = different
    for name in different - mine:
        put(posted, stored[name])
    sent = three.form(posted, prefix=three.prefix, instance=three.stored)
    base = three.unbound(three.base) if three.base else stored
    return [
        _choice(base[name], stored[name], sent[name], heading) for name in stored.fields if name in different & mine
    ]


def put(posted, bound):
    """Put the value of a field of an unbound form into a posted form, as a browser would send it."""
    value = bound.value()
    if isinstance(value, (list, tuple)):
        posted.setlist(bound.html_name, [str(each) for each in value])
    elif value is False:
        posted.pop(bound.html_name, None)
    else:
        posted[bound.html_name] = "on" if value is True else "" if value is None else str(value)


def _comparable(value):
    if isinstance(value, (list, tuple)):
        return {getattr(part, "pk", part) for part in value}
    return "" if value is None else value


def _choice(base, stored, sent, heading):
    before = in_words(base)
    return Choice(
        name=stored.html_name,
        label=" – ".join(filter(None, [heading, capfirst(str(stored.label))])),
        theirs=words(before, in_words(stored)),
        mine=words(before, in_words(sent)),
        their_value=in_words(stored) if isinstance(stored.value(), str) else "",
    )


def in_words(bound):
    """Return what a field of a form says, as people read it."""
    value = bound.value()
    values = value if isinstance(value, (list, tuple)) else [value]
    return "; ".join(_name(bound.field, each) for each in values)


def _name(field, value):
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, ModelChoiceField):
        key = getattr(value, "pk", value)
        return str(next(iter(field.queryset.filter(pk=key)), key) if str(key).isdecimal() else key)
    labels = {str(key): label for key, label in getattr(field, "choices", ())}
    return str(labels.get(str(value), value))
