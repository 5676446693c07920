"""Telling people that something is wrong: by mail, and by the robot of their chat group."""

import json
import logging
from collections.abc import Callable, Sequence
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

_LINES = 20
_SECONDS = 10


def raise_alarm(subject: str, lines: Sequence[str]) -> int:
    """Send ``subject`` with the first lines over every way that is set; return how many worked.

    A way that fails is logged and keeps no other from being tried.
    """
    subject = f"[{settings.SITE_NAME}] {subject}"
    left_out = len(lines) - _LINES
    shown = [*lines[:_LINES], *([_("… and %(count)s more") % {"count": left_out}] * (left_out > 0))]
    ways: dict[str, Callable[[str, str], object]] = {}
    if settings.ALARM_MAIL:
        ways["mail"] = _mail
    if settings.ALARM_WEBHOOK:
        ways["webhook"] = _post
    worked = 0
    for name, way in ways.items():
        try:
            way(subject, "\n".join(shown))
        except Exception:
            logger.exception("The alarm “%s” could not be given by %s.", subject, name)
        else:
            worked += 1
    return worked


def _mail(subject: str, text: str) -> None:
    send_mail(subject, text, None, settings.ALARM_MAIL)


def _post(subject: str, text: str) -> None:
    """Post what the robots of 企业微信 and 钉钉 alike take: a message of plain text."""
    body = json.dumps({"msgtype": "text", "text": {"content": f"{subject}\n{text}"}})
    request = Request(  # noqa: S310 - the settings allow http and https alone
        settings.ALARM_WEBHOOK, body.encode(), {"Content-Type": "application/json"}
    )
    with urlopen(request, timeout=_SECONDS):  # noqa: S310 - the same
        pass
