"""The codes that a file may name, read once for all its rows."""

from functools import cached_property

from django.utils.translation import gettext as _

from catalogue.choices import TERM_FIELDS
from catalogue.imports.cells import WrongCell
from catalogue.imports.organisations import Offers
from catalogue.models import Contact, Edition, Organisation, Reference, Term
from networks.models import Country, Network

CODE_FIELDS = {Network: "slug", Country: "iso2", Organisation: "slug", Contact: "slug", Edition: "slug"}


class Known:
    """Which records there are, by their codes."""

    def __init__(self):
        self._codes = {}
        self.offers = Offers()  # organisations of the file's own

    def key(self, model, code, row=None):
        """Return the natural key of a record as a version has it. Raises ``WrongCell`` when there is none.

        The cells of a ``row`` may describe an organisation that is not known yet.
        """
        if model not in self._codes:
            self._codes[model] = set(model.objects.values_list(CODE_FIELDS[model], flat=True))
        if code not in self._codes[model]:
            if model is Organisation and row is not None:
                self.offers.add_row(code, row)
                return [code]
            raise WrongCell(
                _("Code not found (%(kind)s): “%(code)s”.") % {"kind": model._meta.verbose_name, "code": code}
            )
        return [code]

    def reference(self, edition, number):
        """Return the natural key of an entry of a bibliography. Raises ``WrongCell`` when there is none."""
        if (edition, number) not in self._references:
            raise WrongCell(
                _("The edition “%(edition)s” has no reference number %(number)s.")
                % {"edition": edition, "number": number}
            )
        return [edition, number]

    def terms(self, field, codes):
        """Return the keys of terms in the order of their vocabulary. Raises ``WrongCell`` for an unknown one."""
        scheme = TERM_FIELDS[field]
        if strange := [code for code in codes if (scheme, code) not in self._terms]:
            raise WrongCell(
                _("Code not found (%(kind)s): “%(code)s”.") % {"kind": scheme.label, "code": ", ".join(strange)}
            )
        return [[str(scheme.value), code] for code in sorted(codes, key=lambda code: self._terms[scheme, code])]

    @cached_property
    def _terms(self):
        """``{(scheme, code): place}``"""
        named = Term.objects.values_list("scheme", "code").order_by("scheme", "order", "code")
        return {tuple(names): place for place, names in enumerate(named)}

    @cached_property
    def _references(self):
        return set(Reference.objects.values_list("edition__slug", "number"))
