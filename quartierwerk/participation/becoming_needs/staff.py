from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quartierwerk.rights import needs
from quartierwerk.web import addresses

from ..answering.staff import found, voice_page
from . import actions
from .forms import NeedOfVoiceForm


@needs("planning.write")
@require_POST
def make_need(request, pk):
    """One step: the need stands in the concept, and the chain leads from the voice to it."""
    voice = found(request, pk)
    form = NeedOfVoiceForm(request.POST, voice=voice, by=request.person)
    if not form.is_valid():
        return voice_page(request, voice, status=422, need_form=form)
    need = form.cleaned_data["need"]
    if need is None:
        need = actions.make_need(
            voice,
            title=form.cleaned_data["title"].strip(),
            urgency=form.cleaned_data["urgency"],
            language=request.tenant.source_language,
            by=request.person,
        )
    else:
        actions.tie(voice, need, by=request.person)
    messages.success(
        request, _("The need stands in the concept. Whoever gave the voice sees it once it is public.")
    )
    return redirect(addresses.staff("planning_staff:need", request, pk=need.pk))
