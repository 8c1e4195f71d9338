"""Querysets shared by every model that is known by something other than its number."""

from django.db import models


class NaturalKeyQuerySet(models.QuerySet):
    """Finds a record by its natural key, so that fixtures name records instead of numbering them."""

    def get_by_natural_key(self, *values):
        return self.get(**dict(zip(self.model.NATURAL_KEY, values, strict=True)))


class NaturalKeyModel(models.Model):
    """A record whose ``NATURAL_KEY`` (field paths, ``__`` across relations) identifies it for people and fixtures."""

    NATURAL_KEY = ("slug",)

    objects = NaturalKeyQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self):
        return tuple(self._value_at(path.split("__")) for path in self.NATURAL_KEY)

    def _value_at(self, path):
        value = self
        for name in path:
            value = getattr(value, name, None)  # a relation that a fixture gets wrong has no value yet
        return value
