"""The base of every record: a natural key, and texts in three languages."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, router, transaction
from django.dispatch import Signal
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import NotRegistered, translator

UNPRINTABLE = re.compile(  # controls (C0, DEL, C1), surrogates, noncharacters
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
    + "]"
)
changed_in_bulk = Signal()  # sent in the transaction of rows written without ``save``, for which Django has no signal
FEW = 500  # rows written at once whose keys are sent


class RecordQuerySet(models.QuerySet):
    """Queryset that finds a record by its natural key, and sends ``changed_in_bulk`` when it writes rows.

    Receivers get the primary keys of the rows, ``None`` when they are more than ``FEW`` or unknown, and the names of
    the changed fields.
    """

    def update(self, **values):
        with transaction.atomic(using=self.db):
            keys = list(self.order_by().prefetch_related(None).values_list("pk", flat=True)[: FEW + 1])
            rows = super().update(**values)
            changed_in_bulk.send(self.model, using=self.db, keys=keys if len(keys) <= FEW else None, fields=set(values))
        return rows

    update.alters_data = True

    def bulk_create(self, *args, **options):
        with transaction.atomic(using=self.db):
            records = super().bulk_create(*args, **options)
            keys = [record.pk for record in records]
            known = len(keys) <= FEW and None not in keys
            changed_in_bulk.send(self.model, using=self.db, keys=keys if known else None, fields=set())
        return records

    def get_by_natural_key(self, *values):
        return self.get(**dict(zip(self.model.NATURAL_KEY, values, strict=True)))


class Record(models.Model):
    """A record whose ``NATURAL_KEY`` (field paths, ``__`` across relations) identifies it for people and fixtures."""

    NATURAL_KEY = ("slug",)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def save_base(self, *args, using=None, **options):
        """Write the row and let its receivers write theirs in one transaction."""
        database = using or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=database, savepoint=False):
            super().save_base(*args, using=using, **options)

    save_base.alters_data = True

    def _get_FIELD_display(self, field):
        """Return the label of a choice. Django's own hashes the labels of all choices, and so translates them."""
        value = getattr(self, field.attname)
        return force_str(dict(field.flatchoices).get(value, value), strings_only=True)

    def natural_key(self):
        return tuple(self._value_at(path.split("__")) for path in self.NATURAL_KEY)

    def clean(self):
        """Refuse a record that has a required text in no language; any one language will do.

        Texts are cleaned first, see ``clean_text``.
        """
        for field in self._meta.concrete_fields:
            value = self.__dict__.get(field.attname)
            if isinstance(value, str) and value != clean_text(value):
                setattr(self, field.attname, clean_text(value))
        languages = settings.MODELTRANSLATION_LANGUAGES
        missing = [
            name
            for name in translated_fields(type(self))
            if not self._meta.get_field(name).blank and not any(getattr(self, f"{name}_{code}") for code in languages)
        ]
        if missing:
            sentence = _("Complete this field in at least one language.")
            raise ValidationError({f"{name}_{languages[0]}": sentence for name in missing})

    def _value_at(self, path):
        value = self
        for name in path:
            value = getattr(value, name, None)  # a relation that a fixture gets wrong has no value yet
        return value


def clean_text(text):
    """Return a text as every file format can hold it: one kind of line end, no control character but tab and line feed.

    A browser sends other line ends, and every text would seem changed. Lone surrogates and noncharacters go as well.
    """
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def translated_fields(model):
    """Return the names of a model's translated fields, in the order of the model."""
    try:
        registered = translator.get_options_for_model(model).all_fields
    except NotRegistered:
        return []
    return [field.name for field in model._meta.fields if field.name in registered]
