"""Which texts of networks and countries exist in three languages."""

from modeltranslation.translator import TranslationOptions, register

from networks.models import Country, Network


@register(Network)
class NetworkTranslation(TranslationOptions):
    fields = ("name", "short_name", "description")


@register(Country)
class CountryTranslation(TranslationOptions):
    fields = ("name", "official_name")
