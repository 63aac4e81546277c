"""What the pages of minutes, guiding principle and campaigns share: the form, what it did, what was taken out before."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quartierwerk.rights import may

from ..editions.forms import RedactForm
from . import actions


def shown(request: HttpRequest, record: Any, is_frozen: bool) -> dict[str, Any]:
    """For `planning/staff/_take_out.html`."""
    return {
        "may_redact": is_frozen and may(request.person, actions.ACTION, record),  # type: ignore[attr-defined]
        "redacting": RedactForm(),
        "redactions": record.redaction_notes.all(),
    }


def take_out(request: HttpRequest, form: RedactForm, act: Callable[..., int], record: Any) -> bool:
    """Do what a sent form says; false where the page comes again with it."""
    if not form.is_valid():
        return False
    words = form.cleaned_data
    count = act(record, words["passage"], words["reason"], by=request.person)  # type: ignore[attr-defined]
    if not count:
        form.add_error("passage", _("These words stand nowhere here. Nothing was changed."))
        return False
    told = ngettext("Taken out in %(n)s place.", "Taken out in %(n)s places.", count)
    messages.success(request, told % {"n": count})
    return True
