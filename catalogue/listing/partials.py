"""Pieces of pages by the Jinja2 templates in templates/jinja2, for the parts that Django's engine is too slow for."""

from django.template import engines
from django.utils.safestring import mark_safe


def rendered(name, /, **context):
    """Return the template ``catalogue/<name>.html`` rendered: safe HTML, for templates of both engines."""
    template = engines["jinja2"].env.get_template(f"catalogue/{name}.html")
    return mark_safe(template.render(context))  # noqa: S308 - the environment escapes
