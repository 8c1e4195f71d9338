"""The links to the other pages of a list."""

from django import template

from catalogue.listing.paging import pager

register = template.Library()
register.simple_tag(pager)
