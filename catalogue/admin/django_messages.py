"""Messages of Django’s admin with translations of our own: Django’s have no gender and other words.

“Añadir práctica” beside “Agregar una práctica”, “Vista práctica”, “El práctica fue agregado”. A message in ``locale/``
overrides Django's; it is listed here so that ``manage.py messages`` finds it.
"""

from django.utils.translation import gettext_noop

WORDS = (
    gettext_noop("Add"),
    gettext_noop("Add %(name)s"),
    gettext_noop("Add %s"),
    gettext_noop("Add another %(model)s"),
    gettext_noop("Add another %(verbose_name)s"),
    gettext_noop("Add link"),
    gettext_noop("Added."),
    gettext_noop("Addition"),
    gettext_noop("Change my password"),
    gettext_noop("Change or view list link"),
    gettext_noop("Change password"),
    gettext_noop("Click here to select the objects across all pages"),
    gettext_noop("Delete multiple objects"),
    gettext_noop("Delete selected %(verbose_name_plural)s"),
    gettext_noop("Hold down “Control”, or “Command” on a Mac, to select more than one."),
    gettext_noop("No fields changed."),
    gettext_noop("Save and add another"),
    gettext_noop("Select %s to change"),
    gettext_noop("Select %s to view"),
    gettext_noop("The %(name)s “%(obj)s” was deleted successfully."),
    gettext_noop("The {name} “{obj}” was added successfully."),
    gettext_noop("The {name} “{obj}” was added successfully. You may add another {name} below."),
    gettext_noop("The {name} “{obj}” was changed successfully."),
    gettext_noop("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    gettext_noop("The {name} “{obj}” was changed successfully. You may edit it again below."),
    gettext_noop("View"),
    gettext_noop("View %s"),
    gettext_noop("Welcome,"),
    gettext_noop("Your password was changed."),
)
