"""What the admin uses of Django: one private method and attribute, and hooks with known parameters."""

import ast
import inspect
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.admin import filters, helpers, options, sites, widgets
from django.contrib.admin.views import main
from django.contrib.auth import admin as auth_admin, forms as auth_forms, views as auth_views
from django.forms import forms, formsets, models
from django.views.generic import base, edit
from modeltranslation import admin as translation_admin

from catalogue.admin_site.site import CatalogueAdminSite

OURS = ("catalogue/admin", "catalogue/admin_site", "networks/admin.py")
THEIRS = (filters, helpers, options, sites, widgets, main, auth_admin, auth_forms, auth_views)
THEIRS += (forms, formsets, models, base, edit, translation_admin)


class Private(NamedTuple):
    """A private name of Django: why nothing public does, and its parameters, ``None`` for an attribute."""

    owner: type
    reason: str
    parameters: tuple | None = None


PRIVATE = {
    "_registry": Private(
        admin.AdminSite,
        "the autocomplete view asks which forms and inlines declare a field; no public method lists all ModelAdmins",
    ),
    "_get_obj_does_not_exist_redirect": Private(
        admin.ModelAdmin,
        "404 for a hidden record in change, delete and history, after Django's own 403; get_object comes before that",
        ("self", "request", "opts", "object_id"),
    ),
}


def is_private(name):
    return name.startswith("_") and not name.startswith("__") and name not in ("_", "_meta")  # _meta is documented


def defined_in(tree):
    """Return the private names that the classes of a module define: methods, class attributes, ``self._name = …``."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            names |= {part.name for part in node.body if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef))}
            targets = [target for part in node.body if isinstance(part, ast.Assign) for target in part.targets]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            names.add(node.attr)
    return set(filter(is_private, names))


def used_in(tree):
    """Return the private names that a module reads from any object, and those that its classes define."""
    read = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and is_private(node.attr)}
    return read | defined_in(tree)


def trees_of_ours():
    for place in OURS:
        path = Path(settings.BASE_DIR, place)
        for file in sorted(path.glob("*.py")) if path.is_dir() else [path]:
            yield ast.parse(file.read_text())


def test_the_private_names_of_django_in_use_are_these():
    theirs = set().union(*(defined_in(ast.parse(inspect.getsource(module))) for module in THEIRS))
    assert {"_registry", "_changeform_view", "_get_obj_does_not_exist_redirect"} <= theirs  # they are looked for
    assert set().union(*map(used_in, trees_of_ours())) & theirs == set(PRIVATE)


@pytest.mark.parametrize("name", PRIVATE)
def test_the_installed_django_has_a_private_name_as_it_is_used(name):
    private = PRIVATE[name]
    if private.parameters is None:
        assert hasattr(private.owner(), name)
    else:
        assert tuple(inspect.signature(getattr(private.owner, name)).parameters) == private.parameters


def test_the_registry_holds_the_admin_of_each_model():
    assert all(editing.model is model for model, editing in admin.site._registry.items())


def overrides():
    """Yield ``(ours, Django's)`` of every method of Django's classes that the admin overrides."""
    registered = [type(editing) for editing in admin.site._registry.values()]
    inlines = [inline for editing in registered for inline in editing.inlines]
    for leaf in [CatalogueAdminSite, *registered, *inlines]:
        for position, cls in enumerate(leaf.__mro__):
            if cls.__module__.startswith(("catalogue.admin", "networks.admin")):
                for name, ours in vars(cls).items():
                    bases = [each for each in leaf.__mro__[position + 1 :] if name in vars(each)]
                    found = [each for each in bases if each.__module__.startswith(("django.", "modeltranslation."))]
                    if inspect.isfunction(ours) and found and name != "__init__":
                        yield ours, vars(found[0])[name]


def test_every_hook_accepts_what_django_passes():
    """A parameter that a new Django passes to a hook is noticed here, not on the first page that uses the hook."""
    pairs = {(ours.__qualname__, ours, theirs) for ours, theirs in overrides() if inspect.isfunction(theirs)}
    assert {"PracticeAdmin.changeform_view", "CatalogueAdminSite.admin_view"} <= {name for name, *_pair in pairs}
    kinds = inspect.Parameter
    for name, ours, theirs in pairs:
        accepted = inspect.signature(ours).parameters.values()
        passed = inspect.signature(theirs).parameters.values()
        takes_any = any(parameter.kind == kinds.VAR_KEYWORD for parameter in accepted)
        names = {parameter.name for parameter in accepted}
        named = {each.name for each in passed if each.kind not in (kinds.VAR_KEYWORD, kinds.VAR_POSITIONAL)}
        assert takes_any or named <= names, f"{name} does not accept {named - names}"
