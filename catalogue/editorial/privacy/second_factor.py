"""The second factor of an account: codes from an app on the telephone, and recovery codes for when it is lost."""

import base64
import secrets
from io import BytesIO

from django.conf import settings
from django.db import transaction
from django_otp import devices_for_user
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from catalogue.choices import AuditEvent
from catalogue.editorial.mail import account_mail
from catalogue.editorial.privacy import audit_log
from catalogue.editorial.workflow.roles import Action, may

RECOVERY_CODES = 10


def has_one(user):
    """Whether an account has confirmed a second factor."""
    return any(True for _device in devices_for_user(user))


def is_owed(user):
    """Whether an account must set one up before it may do anything else."""
    concerned = {"optional": False, "required": True}.get(settings.SECOND_FACTOR)
    if concerned is None:
        concerned = may(user, Action.PUBLISH)
    return concerned and not has_one(user)


@transaction.atomic
def new_device(user):
    """Return a device that waits for its first code; one that was never confirmed is used again."""
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return device or TOTPDevice.objects.create(user=user, name="app", confirmed=False)


def secret_of(device):
    """Return the secret as people type it: groups of four letters."""
    text = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def picture_of(device):
    """Return the secret as a QR code: an SVG in a ``data:`` address."""
    import qrcode.image.svg  # imports lxml and Pillow, for one page of the admin

    file = BytesIO()
    qrcode.make(device.config_url, image_factory=qrcode.image.svg.SvgPathImage).save(file)
    return "data:image/svg+xml;base64," + base64.b64encode(file.getvalue()).decode()


@transaction.atomic
def confirm(device, code):
    """Confirm a device when ``code`` is right; return the recovery codes, ``None`` when it is wrong."""
    if not device.verify_token(code):
        return None
    TOTPDevice.objects.filter(user=device.user, confirmed=True).delete()
    device.confirmed = True
    device.save()
    return new_recovery_codes(device.user)


@transaction.atomic
def new_recovery_codes(user):
    """Return ten new codes, each good once; those given before no longer work."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery")
    codes = [f"{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _number in range(RECOVERY_CODES)]
    for code in codes:
        device.token_set.create(token=code)
    audit_log.record(AuditEvent.SECOND_FACTOR, user, "set up")
    return codes


@transaction.atomic
def remove(user, *, by):
    """Remove the second factor of an account, as its owner or an administrator asks."""
    for device in list(devices_for_user(user, confirmed=None)):
        device.delete()
    audit_log.record(AuditEvent.SECOND_FACTOR, by, f"removed from account {user.pk}")
    account_mail.send_change_later(user, account_mail.SECOND_FACTOR_GONE)
