"""Who looks after an organisation's own entries: asked by mail, by those who keep the directory."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk import rights
from quartierwerk.people import actions, mails, pages, throttling
from quartierwerk.rights import Role, needs
from quartierwerk.web import addresses

from ..models import Organisation


class EditorForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Mail address"),
        help_text=gettext_lazy("The person gets a link that works for 14 days."),
    )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()


@needs("people.invite_editor")
def editors(request, pk):
    """Who looks after these entries, who is asked, and asking one more."""
    organisation = rights.find_or_404(request.person, "people.invite_editor", Organisation, pk)
    form = EditorForm(request.POST or None)
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"]
        throttling.count(request, "invite", key=str(request.tenant.pk))
        throttling.count(request, "invite_address", key=f"{request.tenant.pk} {email}")
        try:
            with transaction.atomic():
                place = actions.Place(organisation_id=organisation.pk)
                invitation, token = actions.invite(email, Role.ORGANISATION_EDITOR, place, by=request.person)
                mails.send_invitation(request, invitation, token)
        except actions.Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The invitation is on its way. It counts for 14 days."))
            return redirect(addresses.staff("directory_staff:editors", request, pk=pk))
    values = {
        "form": form,
        "organisation": organisation,
        "editors": pages.editors_of(organisation.pk),
        "invited": pages.editors_invited_to(organisation.pk),
        "crumbs": [
            (_("Organisations"), addresses.staff("directory_staff:organisations", request)),
            (organisation.name, ""),
        ],
    }
    return render(request, "directory/staff/editors.html", values, status=422 if form.is_bound else 200)
