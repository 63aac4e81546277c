"""Choosing organisations, writing, looking at it, sending."""

from django.contrib import messages
from django.core import signing
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from quartierwerk import rights
from quartierwerk.rights import needs
from quartierwerk.web import addresses
from quartierwerk.web.once import may_repeat

from ..models import SentToMany
from . import actions, rules
from .forms import OrganisationFilter, WordsForm
from .rules import Recipients

SALT = "quartierwerk.directory.mailing"
SENT_SHOWN = 10


@may_repeat
@needs("directory.mail")
def write(request):
    """The filter stands in the address; looking at the mail sends nothing."""
    asked = OrganisationFilter(request.GET)
    to = rules.recipients(asked.rows(request.person))
    form = WordsForm(request.POST or None)
    preview = form.cleaned_data if form.is_bound and form.is_valid() and "edit" not in request.POST else None
    return _page(request, asked, to, form, preview, 422 if form.is_bound and form.errors else 200)


def _page(request, asked, to: Recipients, form, preview, status: int):
    sent = SentToMany.objects.all()
    if rights.bound_spaces(request.person, "directory.mail"):
        sent = sent.filter(sent_by=request.person.account_id)
    values = {
        "filter": asked,
        "to": to,
        "form": form,
        "preview": actions.written(preview["subject"], preview["text"], request.tenant) if preview else None,
        "words": preview,
        "seal": _seal(preview, to) if preview else "",
        "sent": sent[:SENT_SHOWN],
        "query": request.META.get("QUERY_STRING", ""),
        "crumbs": [
            (_("Organisations"), addresses.staff("directory_staff:organisations", request)),
            (_("Write to several"), ""),
        ],
    }
    return render(request, "directory/staff/mailing.html", values, status=status)


def _seal(words: dict, to: Recipients) -> str:
    digest = rules.digest(words["subject"], words["text"], [one.pk for one in to.mailed])
    return signing.dumps(digest, salt=SALT)


@needs("directory.mail")
@require_POST
def send(request):
    """What was looked at, to exactly those it was looked at for."""
    asked = OrganisationFilter(request.GET)
    to = rules.recipients(asked.rows(request.person))
    form = WordsForm(request.POST)
    if not form.is_valid() or not to.mailed:
        return _page(request, asked, to, form, None, 422)
    words = form.cleaned_data
    if not _was_looked_at(request.POST.get("seal", ""), words, to):
        messages.warning(
            request, _("Nothing was sent: the words or the organisations changed. Please look again.")
        )
        return _page(request, asked, to, form, words, 409)
    try:
        sent = actions.send_to_many(to, words["subject"], words["text"], asked.in_words(), by=request.person)
    except actions.SentAlready as before:
        when = date_format(timezone.localtime(before.sent.sent_at), "SHORT_DATETIME_FORMAT")
        messages.warning(
            request,
            _("Nothing was sent: this mail went to the same organisations on %(when)s.") % {"when": when},
        )
        return _page(request, asked, to, form, None, 409)
    told = ngettext("%(n)s mail is on its way.", "%(n)s mails are on their way.", sent.number)
    messages.success(request, told % {"n": sent.number})
    return redirect(addresses.staff("directory_staff:mailing", request))


def _was_looked_at(seal: str, words: dict, to: Recipients) -> bool:
    digest = rules.digest(words["subject"], words["text"], [one.pk for one in to.mailed])
    try:
        return bool(signing.loads(seal, salt=SALT, max_age=24 * 60 * 60) == digest)
    except signing.BadSignature:
        return False
