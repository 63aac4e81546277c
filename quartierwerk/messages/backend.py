"""Mails that libraries send with Django's functions go through the outbox too, hence after commit and by the worker."""

import uuid

from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import get_language

from quartierwerk.languages import choosing

from .sending import store


class OutboxBackend(BaseEmailBackend):
    """`EMAIL_BACKEND`. Keeps the plain text; a library's HTML twin says the same."""

    def send_messages(self, email_messages):
        count = 0
        for message in email_messages:
            for recipient in message.recipients():
                store(
                    to=recipient,
                    lang=get_language() or choosing.DEFAULT,
                    subject=message.subject,
                    text=message.body,
                    # A library does not say which event it tells of; each call is one.
                    key=f"library {uuid.uuid4()}",
                )
            count += bool(message.recipients())
        return count
