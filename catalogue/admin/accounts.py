"""Editing accounts: their roles, countries and languages; and the audit log."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice
from django_tasks_db.admin import DBTaskResult

from catalogue import models
from catalogue.editorial.mail import account_mail
from catalogue.editorial.workflow.roles import Role

# their pages would show the secrets of others; each account has its own page for its own
admin.site.unregister([TOTPDevice, StaticDevice])
admin.site.unregister(DBTaskResult)  # /readyz and the first page of the admin show when a task waits too long
admin.site.unregister(Group)  # the roles are fixed: one matrix says what each may do
admin.site.unregister(get_user_model())


def role_name(group):
    """Return the label of the role that a group stands for."""
    return str(Role(group.name).label if group.name in Role.values else group.name)


class RolesField(forms.ModelMultipleChoiceField):
    """Roles by their labels."""

    def label_from_instance(self, group):
        return role_name(group)


class RolesFilter(admin.RelatedFieldListFilter):
    """Accounts by role, under the labels of the roles."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.title = _("roles")

    def field_choices(self, field, request, model_admin):
        return [(group.pk, role_name(group)) for group in Group.objects.order_by("pk")]


class Profile(admin.StackedInline):
    model = models.EditorProfile
    can_delete = False
    filter_horizontal = ["countries"]


@admin.register(get_user_model())
class PersonAdmin(UserAdmin):
    """Accounts of the staff. Only superusers see superusers, and create them."""

    is_confirmed_first = True  # see catalogue/admin_site/site.py
    actions = ["send_link"]
    inlines = [Profile]
    list_display = ["username", "first_name", "last_name", "role_names", "is_active", "last_login"]
    list_filter = ["is_active", ("groups", RolesFilter)]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Access"), {"fields": ["is_active", "is_staff", "groups"]}),
    ]
    superuser_fieldset = (_("Full access"), {"fields": ["is_superuser"]})

    def get_inlines(self, request, obj):
        return self.inlines if obj else []  # the account first, then what belongs to it

    def get_queryset(self, request):
        people = super().get_queryset(request).prefetch_related("groups")
        return people if request.user.is_superuser else people.filter(is_superuser=False)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, self.superuser_fieldset] if obj and request.user.is_superuser else fieldsets

    def formfield_for_manytomany(self, db_field, request, **options):
        if db_field.name != "groups":
            return super().formfield_for_manytomany(db_field, request, **options)
        return RolesField(
            Group.objects.order_by("pk"), label=_("roles"), required=False, widget=forms.CheckboxSelectMultiple
        )

    @admin.action(description=_("Send an e-mail with a link to choose a password"), permissions=["change"])
    def send_link(self, request, people):
        """Invite people, or help those whose request for a link does not work."""
        reached = [person for person in people if person.is_active and person.is_staff and person.email]
        for person in reached:
            account_mail.send_link_later(person)
            self.log_change(request, person, _("A link to choose a password was sent."))
        left = ", ".join(person.get_username() for person in people if person not in reached)
        messages.success(request, _("E-mails sent: %d.") % len(reached))
        if left:
            messages.warning(
                request, _("Not sent, because the account has no e-mail address or is not active: %s.") % left
            )

    @admin.display(description=_("roles"))
    def role_names(self, person):
        return ", ".join(role_name(group) for group in person.groups.all() if group.name in Role.values)


@admin.register(models.AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    """The audit log, read only."""

    list_display = ["at", "event", "user", "subject"]
    list_filter = ["event", "at"]
    list_display_links = None
    date_hierarchy = "at"

    def has_change_permission(self, request, obj=None):
        return False

    has_add_permission = has_delete_permission = has_change_permission
