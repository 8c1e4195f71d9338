"""The kinds of fields of the shapes. Every field is optional: a program may ask for few."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


def string(**options):
    return serializers.CharField(required=False, **options)


def strings(**options):
    return serializers.ListField(child=serializers.CharField(), required=False, **options)


def one_of(among, **options):
    return serializers.ChoiceField(choices=among, required=False, **options)


def many(shape):
    return shape(many=True, required=False)


def integer(**options):
    return serializers.IntegerField(required=False, **options)


def partial_date():
    return string(
        help_text=_(
            "Date in EDTF: 2015, 2023-04 or 2022-09-15. As an end, two dots (..) mean that it is ongoing."
            " Empty if not stated."
        )
    )


def boolean(**options):
    return serializers.BooleanField(required=False, **options)


def web_address():
    return serializers.URLField(required=False)
