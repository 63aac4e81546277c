from django.conf import settings
from django.core import checks
from django.utils import translation

from .kinds import IN_SUBJECT, all_kinds, placeholders
from .writing import ALWAYS


@checks.register()
def mails_say_no_more_than_declared(app_configs, **kwargs):
    """No name in a subject, and no value that the kind does not declare."""
    found = []
    with translation.override(None):
        for kind in all_kinds():
            if extra := placeholders(str(kind.subject)) - IN_SUBJECT:
                found.append(
                    checks.Error(
                        f"The subject of the mail {kind.name} shows {', '.join(sorted(extra))}."
                        " Move it into the text: subjects are seen by others.",
                        id="messages.E001",
                    )
                )
            used = {name for text in kind.texts() for name in placeholders(str(text))}
            if unknown := used - kind.values - IN_SUBJECT:
                found.append(
                    checks.Error(
                        f"The mail {kind.name} uses {', '.join(sorted(unknown))} without declaring it.",
                        id="messages.E002",
                    )
                )
            if ALWAYS & kind.values:
                found.append(
                    checks.Error(
                        f"The mail {kind.name} declares name or link, which every mail has in its own place.",
                        id="messages.E003",
                    )
                )
    return found


@checks.register(deploy=True)
def mails_can_go_out(app_configs, **kwargs):
    found = []
    if not settings.MAIL_HOST:
        found.append(
            checks.Error(
                "No mail server is set, so nobody could be invited or renew a password."
                " Set MAIL_HOST and MAIL_FROM (docs/operating.md).",
                id="messages.E010",
            )
        )
    elif settings.MAIL_USER and settings.MAIL_SECURITY == "none":
        found.append(
            checks.Error(
                "The password of the mail server would travel unprotected."
                " Set MAIL_SECURITY to starttls or tls.",
                id="messages.E011",
            )
        )
    if settings.MAILS_READ_AT:
        found.append(
            checks.Error("Mails could be read at /mail/. Use the production settings.", id="messages.E012")
        )
    return found
