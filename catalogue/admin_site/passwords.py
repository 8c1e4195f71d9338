"""The pages on which somebody changes a password: with the old one, or with a link that came by e-mail."""

from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth import views
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import path, reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from catalogue.admin_site import reauthentication
from catalogue.editorial.mail import account_mail
from catalogue.server.rate_limit import HOUR, is_too_often, is_too_often_of

EMAILS_FROM_ONE_NETWORK = 10  # that are asked for within an hour
EMAILS_TO_ONE_ADDRESS = 3


class OldPasswordForm(AdminPasswordChangeForm):
    """The old password and a new one; five wrong old ones lock out as at sign-in."""

    def __init__(self, *arguments, request, **options):
        super().__init__(*arguments, **options)
        self.request = request

    def clean_old_password(self):
        old = self.cleaned_data["old_password"]
        if not reauthentication.is_own_password(self.request, old):
            raise ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return old


class ChangePassword(views.PasswordChangeView):
    """Change one's password."""

    form_class = OldPasswordForm
    success_url = reverse_lazy("admin:password_change_done")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "request": self.request}


class RequestLink(views.PasswordResetView):
    """Ask for the link by e-mail. The response is the same, and as quick, whether there is such an account or not."""

    template_name = "admin/catalogue/password_reset.html"
    success_url = reverse_lazy("admin:password_reset_done")

    def form_valid(self, form):
        if is_too_often(self.request, "password", EMAILS_FROM_ONE_NETWORK):
            form.add_error("email", _("Too many e-mails were requested in the last hour. Try again later."))
            page = self.render_to_response(self.get_context_data(form=form), status=429)
            page["Retry-After"] = HOUR
            return page
        email = form.cleaned_data["email"]
        if not is_too_often_of(email.casefold(), "password-address", EMAILS_TO_ONE_ADDRESS):
            account_mail.send_links_later(email)
        return views.FormView.form_valid(self, form)  # Django's own would send the e-mail now


class ChoosePassword(views.PasswordResetConfirmView):
    """Choose a password with the link of an e-mail; it signs nobody in, so that a second factor is still asked for."""

    success_url = reverse_lazy("admin:password_reset_complete")

    def dispatch(self, *arguments, **options):
        page = super().dispatch(*arguments, **options)
        # a form whose page sends no referrer has no origin either, and is refused; its address holds no token
        is_form = options["token"] == self.reset_url_token
        page["Referrer-Policy"] = "same-origin" if is_form else "no-referrer"
        return page

    def get_user(self, uidb64):
        person = super().get_user(uidb64)
        return person if person and person.is_active and person.is_staff else None

    @transaction.atomic
    def form_valid(self, form):
        return super().form_valid(form)


def password_reset_urls(**context):
    """Return the paths for who has forgotten a password, open to everybody; ``context`` is for their pages."""

    def page(route, view, name):
        return path(f"password_reset/{route}", never_cache(view.as_view(extra_context=context)), name=name)

    return [
        page("", RequestLink, "password_reset"),
        page("done/", views.PasswordResetDoneView, "password_reset_done"),
        page("complete/", views.PasswordResetCompleteView, "password_reset_complete"),
        page("<uidb64>/<token>/", ChoosePassword, "password_reset_confirm"),
    ]
