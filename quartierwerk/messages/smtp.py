"""Handing one mail to the mail server."""

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any

from django.conf import settings
from django.utils.encoding import punycode

from .models import Mail

# What the world outside may answer with; anything else is our own mistake and fails the job.
FAILURES = (smtplib.SMTPException, OSError, UnicodeError)


def send(mail: Mail) -> None:
    """Returns once the server has taken the mail. Raises one of FAILURES."""
    message = message_of(mail)
    with _connection() as server:
        server.send_message(message, from_addr=settings.MAIL_FROM, to_addrs=[ascii_address(mail.recipient)])


def message_of(mail: Mail) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    user, _at, domain = ascii_address(settings.MAIL_FROM).rpartition("@")
    message["From"] = Address(mail.sender_name or "Quartierwerk", user, domain)
    message["To"] = ascii_address(mail.recipient)
    if mail.reply_to:
        message["Reply-To"] = ascii_address(mail.reply_to)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = mail.message_id
    message["Content-Language"] = mail.language
    # No answer by holiday notices (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    if mail.calendar:
        message.add_attachment(
            mail.calendar, subtype="calendar", filename="termin.ics", params={"method": "PUBLISH"}
        )
    return message


def ascii_address(address: str) -> str:
    """bücher.example as mail servers know it; a local part beyond ASCII is left and needs their consent."""
    user, _at, domain = parseaddr(address)[1].rpartition("@")
    return f"{user}@{punycode(domain)}"


def _connection() -> smtplib.SMTP:
    place: dict[str, Any] = {
        "host": settings.MAIL_HOST,
        "port": settings.MAIL_PORT,
        "timeout": settings.MAIL_TIMEOUT,
        # Else smtplib asks the name service who we are, which can take longer than the mail.
        "local_hostname": settings.MAIL_DOMAIN,
    }
    if settings.MAIL_SECURITY == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(**place, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(**place)
    try:
        if settings.MAIL_SECURITY == "starttls":
            server.starttls(context=ssl.create_default_context())
        if settings.MAIL_USER:
            server.login(settings.MAIL_USER, settings.MAIL_PASSWORD)
    except BaseException:
        server.close()
        raise
    return server
