"""The admin site: sign-in with a second factor, the first page, and what all of its pages refuse."""

from django import forms
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.signals import user_login_failed
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django_otp import login as note_second_factor, match_token

from catalogue.admin_site import passwords, reauthentication
from catalogue.admin_site.declared_lookups import DeclaredLookupsMixin, refuse_impossible
from catalogue.editorial import dashboard
from catalogue.editorial.privacy import second_factor
from catalogue.errors import Refused


class SignInForm(AdminAuthenticationForm):
    """User name, password and, for who has one, the second factor. Every failure gets the same response."""

    code = forms.CharField(
        label=_("Code of your second factor"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text"}),
        help_text=_("Only if you have set up a second factor: six digits from the app, or a recovery code."),
    )
    error_messages = dict.fromkeys(
        ("invalid_login", "inactive"),
        _("Login failed. Check the user name, the password and, if you use one, the code."),
    )

    def clean(self):
        cleaned = super().clean()
        user = self.get_user()
        if user and second_factor.has_one(user):
            device = match_token(user, cleaned.get("code", "").strip())
            if device is None:
                credentials = {"username": cleaned.get("username"), "password": "***"}
                user_login_failed.send(__name__, credentials=credentials, request=self.request)
                raise self.get_invalid_login_error()
            user.otp_device = device
        return cleaned

    def get_invalid_login_error(self):
        return ValidationError(self.error_messages["invalid_login"], code="invalid_login")


class SecondFactorForm(forms.Form):
    """A code of the app, to show that it is set up."""

    code = forms.CharField(
        label=_("Code"), max_length=12, widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )


class CatalogueAdminSite(AdminSite):
    """The admin of the catalogue."""

    site_header = site_title = _("Catalogue of practices")
    index_title = _("Editing area")
    login_form = SignInForm
    login_template = "admin/catalogue/login.html"
    index_template = "admin/catalogue/index.html"

    def has_permission(self, request):
        """Whether somebody is signed in as staff, with the second factor where the account has one."""
        if not super().has_permission(request):
            return False
        if not hasattr(request, "has_second_factor"):  # asked several times for one page
            request.has_second_factor = second_factor.has_one(request.user)
        return request.user.is_verified() or not request.has_second_factor

    def register(self, model_or_iterable, admin_class=None, **options):
        """Register models like Django; their lists accept only declared lookups."""
        given = admin_class or ModelAdmin
        declared = type(
            given.__name__, (DeclaredLookupsMixin, given), {"__module__": given.__module__, "__doc__": given.__doc__}
        )
        super().register(model_or_iterable, declared, **options)

    def admin_view(self, view, cacheable=False):
        """Redirect who owes a second factor to its page, ask for confirmation before accounts, and show refusals."""
        inner = super().admin_view(view, cacheable)
        open_views = (self.second_factor_view, self.logout, self.i18n_javascript)

        def guarded(request, *args, **kwargs):
            if not self.has_permission(request):
                return inner(request, *args, **kwargs)
            if view not in open_views and second_factor.is_owed(request.user):
                return redirect("admin:second_factor")
            try:
                refuse_impossible(request)
                page = self._is_confirmed_first(view, request) and reauthentication.confirmation_page(self, request)
                return page or inner(request, *args, **kwargs)
            except Refused as refusal:
                return self.refused(request, refusal.sentence)
            except OverflowError:  # SQLite converts a key that was sent to an integer of 64 bits
                return self.refused(request, _("A number is too large."))

        return guarded

    def refused(self, request, sentence):
        """Return 400 with the reason and a link to the same page without its query."""
        context = {**self.each_context(request), "title": _("The request cannot be answered"), "sentence": sentence}
        page = TemplateResponse(request, "admin/catalogue/refused.html", context, status=400)
        add_never_cache_headers(page)
        return page

    def autocomplete_view(self, request):
        """Search for a field that a form declares; Django's own view does for every relation of every model."""
        if not self._is_autocompleted(*map(request.GET.get, ("app_label", "model_name", "field_name"))):
            raise PermissionDenied
        return super().autocomplete_view(request)

    def _is_autocompleted(self, app_label, model_name, field_name):
        forms_and_rows = [form for editing in self._registry.values() for form in (editing, *editing.inlines)]
        fields = [(form.model._meta, form.autocomplete_fields) for form in forms_and_rows]
        return any(m.app_label == app_label and m.model_name == model_name and field_name in f for m, f in fields)

    def _is_confirmed_first(self, view, request):
        """Whether a view shows or changes how somebody gets in: one's second factor, and everything about accounts.

        The change of one's password asks for the old one itself.
        """
        editing = getattr(view, "__self__", None)
        if editing is self:
            return view == self.second_factor_view
        return getattr(editing, "is_confirmed_first", False) and editing.has_module_permission(request)

    def get_urls(self):
        own = [
            *passwords.password_reset_urls(site_header=self.site_header, site_title=self.site_title),
            path("second-factor/", self.admin_view(self.second_factor_view), name="second_factor"),
            path("r/<int:content_type_id>/<path:object_id>/", self.admin_view(self.public_page), name="view_on_site"),
        ]
        return [*own, *(url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site")]

    def public_page(self, request, content_type_id, object_id):
        """Redirect to the public page of a record. Django's own view would give the URL of any draft to anyone."""
        model = get_object_or_404(ContentType, pk=content_type_id).model_class()
        editing = self.get_model_admin(model) if self.is_registered(model) else None
        record = editing.get_object(request, object_id) if editing and editing.has_view_permission(request) else None
        if record is None or not editing.has_view_permission(request, record):
            raise Http404
        page = editing.view_on_site(record) if callable(editing.view_on_site) else record.get_absolute_url()
        if not page:
            raise Http404
        return redirect(page)

    def index(self, request, extra_context=None):
        return super().index(request, {**(extra_context or {}), "dashboard": dashboard.lists_for(request.user)})

    def password_change(self, request, extra_context=None):
        """Change one's own password."""
        request.current_app = self.name
        context = {**self.each_context(request), **(extra_context or {})}
        return passwords.ChangePassword.as_view(extra_context=context)(request)

    def second_factor_view(self, request):
        """Set the second factor up, create new recovery codes, or remove it."""
        user, codes = request.user, None
        has_one = second_factor.has_one(user)
        form = SecondFactorForm(request.POST if request.method == "POST" and "code" in request.POST else None)
        if request.method == "POST" and "remove" in request.POST and has_one:
            second_factor.remove(user, by=user)
            reauthentication.clear_confirmation(request.session)
            return redirect("admin:second_factor")
        if request.method == "POST" and "recovery" in request.POST and has_one:
            codes = second_factor.new_recovery_codes(user)
        elif not has_one and form.is_bound and form.is_valid():
            codes = self._confirmed(request, form)
        context = {
            **self.each_context(request),
            "title": _("Second factor"),
            "form": form,
            "codes": codes,
            "has_one": has_one or codes,
        }
        if not context["has_one"] and request.method == "POST":
            device = second_factor.new_device(user)
            context |= {"secret": second_factor.secret_of(device), "picture": second_factor.picture_of(device)}
        return TemplateResponse(request, "admin/catalogue/second_factor.html", context)

    def _confirmed(self, request, form):
        device = second_factor.new_device(request.user)
        codes = second_factor.confirm(device, form.cleaned_data["code"].replace(" ", ""))
        if codes is None:
            form.add_error("code", _("The code is incorrect. Codes change every 30 seconds: try the next one."))
        else:
            note_second_factor(request, device)
            reauthentication.clear_confirmation(request.session)
        return codes
