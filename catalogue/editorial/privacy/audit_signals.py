"""Signal handlers that write the audit log: sign-ins, passwords, permissions, and files exported by staff."""

from contextvars import ContextVar
from datetime import timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.utils import timezone

from catalogue.choices import AuditEvent
from catalogue.editorial.mail import account_mail
from catalogue.editorial.privacy import audit_log
from catalogue.models import AuditEntry, EditorProfile
from catalogue.server.rate_limit import is_too_often

MAX_REFUSALS = 50  # recorded of one network within an hour, so that nobody fills the log
POWERS = ("is_active", "is_staff", "is_superuser")
LANGUAGES = ("translates_es", "translates_en", "translates_pt")
_request = ContextVar("the current request", default=None)


def middleware(get_response):
    """Make the request known to the signal handlers, and record every file that an account of the staff downloads."""

    def respond(request):
        handle = _request.set(request)
        try:
            response = get_response(request)
            if _is_download(request, response) and not _is_recorded(request):
                audit_log.record(AuditEvent.EXPORT, request.user, request.path)
            return response
        finally:
            _request.reset(handle)

    return respond


def _is_download(request, response):
    """Whether an account of the staff gets a file; the cookie is checked first, so that no public response varies."""
    is_file = "attachment" in response.get("Content-Disposition", "")
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    return is_file and signed_in and getattr(request.user, "is_staff", False)


def _is_recorded(request):
    """Whether this download was recorded within the hour; nobody fills the log by repeating it."""
    hour = timezone.now() - timedelta(hours=1)
    recorded = AuditEntry.objects.filter(event=AuditEvent.EXPORT, at__gt=hour, user=request.user)
    return recorded.filter(subject=audit_log.as_subject(request.path)).exists()


def warn_actor(sentence):
    """Show a sentence on the next page of the account that makes the request; a timer has none."""
    if (request := _request.get()) is not None:
        messages.warning(request, sentence, fail_silently=True)


def connect_audit_signals():
    """Connect the handlers to accounts, their groups and profiles."""
    user_logged_in.connect(_signed_in)
    user_logged_out.connect(_signed_out)
    user_login_failed.connect(_refused)
    pre_save.connect(_account_changes, sender=get_user_model())
    post_save.connect(_account_changed, sender=get_user_model())
    pre_save.connect(_clear_typed_data, sender=AccessAttempt)
    pre_save.connect(_profile_changes, sender=EditorProfile)
    for relation in (get_user_model().groups, get_user_model().user_permissions, EditorProfile.countries):
        m2m_changed.connect(_relation_changed, sender=relation.through)


def _actor():
    request = _request.get()
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def _signed_in(user, **kwargs):
    audit_log.record(AuditEvent.SIGN_IN, user)


def _signed_out(user, **kwargs):
    if user is not None:
        audit_log.record(AuditEvent.SIGN_OUT, user)


def _refused(credentials, request=None, **kwargs):
    """Record a refused sign-in; of a network only the first ones within an hour."""
    if request is not None and is_too_often(request, "refused", MAX_REFUSALS):
        return
    users = get_user_model().objects.filter(username=str(credentials.get("username", ""))[:150].replace("\0", ""))
    audit_log.record(AuditEvent.SIGN_IN_REFUSED, users.first())


def _account_changes(instance, update_fields, **kwargs):
    if update_fields is not None and set(update_fields) <= {"last_login"}:
        return
    stored = type(instance).objects.filter(pk=instance.pk).first() if instance.pk else None
    if stored is None:
        return
    if stored.email != instance.email:
        audit_log.record(AuditEvent.PERMISSIONS, _actor(), f"account {instance.pk}: e-mail address")
        instance._email_before = stored.email
    if stored.password != instance.password and not _is_only_rehashed(instance, update_fields):
        audit_log.record(AuditEvent.PASSWORD, _actor(), f"account {instance.pk}")
        instance._password_changed = True
    _record_changes(stored, instance, POWERS, instance.pk)


def _is_only_rehashed(account, update_fields):
    """Whether Django stores the same password with a newer hasher, as it does at a sign-in after an upgrade."""
    return set(update_fields or ()) == {"password"} and account._password is None


def _account_changed(instance, **kwargs):
    """E-mail the owner, at the address before a change: an intruder would change the address first."""
    before = instance.__dict__.pop("_email_before", None)
    if before:
        account_mail.send_change_later(instance, account_mail.NEW_ADDRESS, before)
    if instance.__dict__.pop("_password_changed", False):
        account_mail.send_change_later(instance, account_mail.NEW_PASSWORD, before)


def _clear_typed_data(instance, **kwargs):
    """Store of a refused sign-in nothing that was typed: it may be a password in the wrong field, or a code."""
    instance.get_data = instance.post_data = ""


def _profile_changes(instance, **kwargs):
    stored = EditorProfile.objects.filter(pk=instance.pk).first() or EditorProfile()
    _record_changes(stored, instance, LANGUAGES, instance.user_id)


def _record_changes(before, after, names, account):
    changed = [name for name in names if getattr(before, name) != getattr(after, name)]
    if changed:
        words = ", ".join(f"{name}={getattr(after, name)}" for name in changed)
        audit_log.record(AuditEvent.PERMISSIONS, _actor(), f"account {account}: {words}")


def _relation_changed(instance, action, model, pk_set, **kwargs):
    if action not in ("post_add", "post_remove", "post_clear"):
        return
    names = sorted(str(record.natural_key()[0]) for record in model.objects.filter(pk__in=pk_set or ()))
    account = getattr(instance, "user_id", None) or instance.pk
    words = f"{action.removeprefix('post_')} {', '.join(names)}".strip()
    audit_log.record(AuditEvent.PERMISSIONS, _actor(), f"account {account}: {words}")
