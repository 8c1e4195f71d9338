"""The tray of marked practices, which every page carries for the script."""

from django import template

from catalogue import selection

register = template.Library()


@register.inclusion_tag("catalogue/_tray.html")
def empty_tray():
    """Show the tray as the script takes it: without practices, its addresses without codes."""
    return selection.tray([])
