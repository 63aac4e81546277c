"""That something was not taken over: a link and no word of what was written or why, since mails are read by others, too."""

from uuid import UUID

from django.conf import settings

from quartierwerk.messages import sending
from quartierwerk.people.models import Account
from quartierwerk.tenants.models import Tenant

from ..models import Organisation


def tell_declined(
    organisation: Organisation | None, writer: UUID | None, path: str, key: str, tenant: Tenant
) -> None:
    """To the organisation and to whoever wrote it. path: where the answer can be read after signing in."""
    editor = Account.objects.filter(pk=writer, is_active=True).first() if writer else None
    office = organisation.email if organisation else ""
    link = {"link": settings.PUBLIC_URL.rstrip("/") + path}
    lang = tenant.source_language
    if office:
        sending.send("change declined", to=office, lang=lang, key=key, context=link)
    if editor and editor.email.casefold() != office.casefold():
        sending.send(
            "change declined",
            to=editor.email,
            lang=lang,
            key=f"{key} editor",
            context=link,
            account=editor.pk,
        )
