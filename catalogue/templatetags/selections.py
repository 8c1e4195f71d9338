"""The tray of marked practices, which every page carries for the script."""

from django import template

from catalogue.listing import selection

register = template.Library()


@register.inclusion_tag("catalogue/_tray.html")
def empty_tray(*, in_form=False):
    """Show the tray without practices: as the script takes it, or in the form before anything is marked."""
    return selection.tray([], in_form=in_form)
