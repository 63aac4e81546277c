"""The accessibility statement with its way to complain, which the law asks for (R1.12)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from quartierwerk.languages import reviews
from quartierwerk.rights import open_to_all
from quartierwerk.web.reach import is_mail, is_phone

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class BarrierForm(forms.Form):
    mark_optional = True
    error_title = _("Not sent yet")

    words = forms.CharField(
        label=_("What did not work?"),
        help_text=_("For example: a button that the keyboard does not reach, or a text nobody understands."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Please say what did not work.")},
    )
    page = forms.CharField(label=_("On which page?"), max_length=500, required=False)
    reply = forms.CharField(
        label=_("Mail address or phone number for an answer"),
        help_text=_("Without it we read your words, but cannot answer."),
        max_length=254,
        required=False,
    )

    def clean_reply(self) -> str:
        """A mail address or a phone number; with anything else the answer would reach nobody."""
        typed = self.cleaned_data["reply"].strip()
        if typed and not (is_mail(typed) or is_phone(typed)):
            raise forms.ValidationError(
                _(
                    "“%(typed)s” is neither a mail address nor a phone number. Please check it: 0511 123456 or name@post.example."
                ),
                params={"typed": typed[:40]},
            )
        return typed


@dataclass
class BarrierDesk:
    """Who takes complaints in. Without anybody the page names phone and mail and draws no form."""

    receive: Callable[[HttpRequest, dict[str, str]], None] | None = None


barrier_desk = BarrierDesk()


@open_to_all
def accessibility(request: HttpRequest) -> HttpResponse:
    receive = barrier_desk.receive
    values = {
        "crumbs": [(_("Accessibility"), "")],
        "sent": "sent" in request.GET,
        "unreviewed": reviews.in_state(reviews.MACHINE),
        "reviewed": reviews.in_state(reviews.REVIEWED),
    }
    if receive is None:
        return render(request, "web/public/accessibility.html", values)
    form = BarrierForm(request.POST or None, initial={"page": request.GET.get("page", "")})
    if request.method == "POST" and form.is_valid():
        receive(request, form.cleaned_data)
        return redirect(f"{request.path}?sent=1")
    status = 422 if form.is_bound else 200
    return render(request, "web/public/accessibility.html", {**values, "form": form}, status=status)
