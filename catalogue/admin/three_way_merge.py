"""Three-way merge of one form: the record as an editor found it, as it is stored now, and as the editor sends it."""

from typing import NamedTuple

from django.forms import ModelChoiceField
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalogue.editorial.workflow.diff import compare_words

CHOICE = "_choice-"  # before the name of a field of which an editor chooses a text


class Choice(NamedTuple):
    """A field that both changed: the text of each as a diff against what it was before."""

    name: str
    label: str
    theirs: list
    mine: list
    their_value: str

    @property
    def input(self):
        return f"{CHOICE}{self.name}"


class ThreeWay(NamedTuple):
    """A form, and the record as the editor found it (``None``: not known) and as it is stored."""

    form: type
    base: object
    stored: object
    prefix: str | None = None

    def unbound(self, instance):
        return self.form(prefix=self.prefix, instance=instance)

    def changed_in(self, posted, instance):
        """Return the fields whose posted value differs from that of a record."""
        return set(self.form(posted, prefix=self.prefix, instance=instance).changed_data)

    def changed_by_them(self):
        """Return the fields whose stored value differs from what the editor found."""
        before, now = self.unbound(self.base).initial, self.unbound(self.stored).initial
        return {name for name in now if _comparable(before.get(name)) != _comparable(now[name])}


def merge_form(posted, versions, heading=""):
    """Put into ``posted`` what only they changed; return a ``Choice`` for every field that both changed."""
    stored = versions.unbound(versions.stored)
    different = versions.changed_in(posted, versions.stored) & set(stored.initial)
    if versions.base:
        different &= versions.changed_by_them()
        mine = versions.changed_in(posted, versions.base)
    else:
        mine = different
    for name in different - mine:
        put_value(posted, stored[name])
    sent = versions.form(posted, prefix=versions.prefix, instance=versions.stored)
    base = versions.unbound(versions.base) if versions.base else stored
    return [
        _choice(base[name], stored[name], sent[name], heading) for name in stored.fields if name in different & mine
    ]


def put_value(posted, bound):
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
    before = field_text(base)
    return Choice(
        name=stored.html_name,
        label=" – ".join(filter(None, [heading, capfirst(str(stored.label))])),
        theirs=compare_words(before, field_text(stored)),
        mine=compare_words(before, field_text(sent)),
        their_value=field_text(stored) if isinstance(stored.value(), str) else "",
    )


def field_text(bound):
    """Return the value of a field of a form as people read it."""
    value = bound.value()
    values = value if isinstance(value, (list, tuple)) else [value]
    return "; ".join(_value_text(bound.field, each) for each in values)


def _value_text(field, value):
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, ModelChoiceField):
        key = getattr(value, "pk", value)
        return str(next(iter(field.queryset.filter(pk=key)), key) if str(key).isdecimal() else key)
    labels = {str(key): label for key, label in getattr(field, "choices", ())}
    return str(labels.get(str(value), value))
