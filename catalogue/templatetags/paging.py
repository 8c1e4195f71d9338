"""The links to the other pages of a list."""

from django import template

register = template.Library()


@register.inclusion_tag("catalogue/_pager.html")
def pager(page, query):
    """Show the links to the other pages, which keep the ``query`` of this one; nothing when there are none."""
    return {
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number),
        "address": f"{query}&" if query else "?",
    }
