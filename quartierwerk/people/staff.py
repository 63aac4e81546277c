"""The back office's door, and its pages about colleagues."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quartierwerk.rights import Duty, find_or_404, needs, own_account
from quartierwerk.web import addresses
from quartierwerk.web.today import today as waiting

from . import actions, mails, pages, throttling
from .forms import DutyForm, EndForm, InvitationForm, RoleForm, end_of_day
from .handover import handover
from .models import DutyGrant, Invitation, Membership


@own_account
def start(request):
    """To one's only municipality, or the choice; and what has ended."""
    places = [place for place in pages.own_places(request) if place.may_enter]
    former = pages.former_places(request)
    if len(places) == 1 and not former:
        return redirect(reverse("staff-today", kwargs={"tenant": places[0].tenant.slug}))
    return render(request, "people/staff/start.html", {"places": places, "former": former})


@needs("staff.enter")
def today(request):
    """The first page after signing in: what waits, and what one may do here."""
    panels = list(waiting.panels(request))
    values = {
        "today": timezone.localdate(),
        "waiting": list(waiting.waiting(request)),
        "brief": [one for one in panels if one.number is not None],
        "panels": [one for one in panels if not one.is_aside],
        "aside": [one for one in panels if one.is_aside],
    }
    return render(request, "people/staff/today.html", values)


@needs("people.read")
def members(request):
    context = {
        "members": pages.members(request.tenant),
        "invitations": pages.invitations(),
        "crumbs": [(_("Colleagues"), "")],
    }
    return render(request, "people/staff/members.html", context)


@needs("people.invite")
def invite(request):
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        throttling.count(request, "invite", key=str(request.tenant.pk))
        throttling.count(request, "invite_address", key=f"{request.tenant.pk} {email}")
        try:
            with transaction.atomic():
                invitation, token = actions.invite(email, form.chosen_role(), form.place(), by=request.person)
                mails.send_invitation(request, invitation, token)
        except actions.Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The invitation is on its way. It counts for 14 days."))
            return redirect(addresses.staff("members", request))
    context = {"form": form, "crumbs": [(_("Colleagues"), _members(request)), (_("Invite"), "")]}
    return render(request, "people/staff/invite.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs("people.invite")
def send_again(request, pk):
    waiting = Invitation.objects.waiting()
    invitation = find_or_404(request.person, "people.invite", waiting, pk)
    throttling.count(request, "invite", key=str(request.tenant.pk))
    throttling.count(request, "invite_address", key=f"{request.tenant.pk} {invitation.email}")
    with transaction.atomic():
        token = actions.send_again(invitation, by=request.person)
        mails.send_invitation(request, invitation, token)
    messages.success(request, _("A new link is on its way. The one before does not work any more."))
    return redirect(addresses.staff("members", request))


@require_POST
@needs("people.invite")
def withdraw(request, pk):
    invitation = find_or_404(request.person, "people.invite", Invitation.objects.waiting(), pk)
    actions.withdraw(invitation, by=request.person)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect(addresses.staff("members", request))


def _members(request) -> str:
    return addresses.staff("members", request)


def _member_or_404(request, pk) -> pages.Member:
    """Somebody who holds or held a role here; people of other municipalities do not exist on this page."""
    found = pages.members(request.tenant, only=pk)
    if not found:
        raise Http404
    return found[0]


def _member_page(request, member, *, status=200, **forms):
    context = {
        "member": member,
        "is_oneself": member.account.pk == request.person.account_id,
        "role_form": forms.get("role_form") or RoleForm(prefix="role"),
        "duty_form": forms.get("duty_form") or DutyForm(prefix="duty"),
        "end_forms": [
            (role, forms.get("end_form") if forms.get("ending") == role.pk else _end_form(role))
            for role in member.roles
        ],
        "hand_over_url": handover.address(request, member.account.pk),
        "crumbs": [(_("Colleagues"), _members(request)), (member.account.name or member.account.email, "")],
    }
    return render(request, "people/staff/member.html", context, status=status)


def _end_form(role) -> EndForm:
    return EndForm(prefix=f"end-{role.pk}", initial={"last_day": pages.last_day(role.until)})


@needs("people.read")
def member(request, pk):
    return _member_page(request, _member_or_404(request, pk))


@require_POST
@needs("people.change")
def give_role(request, pk):
    member = _member_or_404(request, pk)
    form = RoleForm(request.POST, prefix="role")
    if form.is_valid():
        try:
            actions.give_role(member.account, form.chosen_role(), form.place(), by=request.person)
        except actions.Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The role is given."))
            return redirect(addresses.staff("member", request, pk=pk))
    return _member_page(request, member, role_form=form, status=422)


@require_POST
@needs("people.change")
def give_duty(request, pk):
    member = _member_or_404(request, pk)
    form = DutyForm(request.POST, prefix="duty")
    if form.is_valid():
        duty, until = Duty(form.cleaned_data["duty"]), end_of_day(form.cleaned_data["last_day"])
        try:
            actions.give_duty(member.account, duty, until, by=request.person)
        except actions.Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The duty is given."))
            return redirect(addresses.staff("member", request, pk=pk))
    return _member_page(request, member, duty_form=form, status=422)


def _membership(request, pk) -> Membership:
    return find_or_404(request.person, "people.change", Membership.objects.current(), pk)


@require_POST
@needs("people.change")
def end_role(request, pk):
    membership = _membership(request, pk)
    try:
        actions.end_role(membership, by=request.person)
    except actions.HandOverFirst as refusal:
        messages.error(request, str(refusal))
        return redirect(handover.address(request, membership.account_id) or _members(request))
    except actions.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The role has ended."))
    return redirect(addresses.staff("member", request, pk=membership.account_id))


@require_POST
@needs("people.change")
def change_end(request, pk):
    membership = _membership(request, pk)
    form = EndForm(request.POST, prefix=f"end-{pk}")
    if form.is_valid():
        try:
            actions.change_end(membership, end_of_day(form.cleaned_data["last_day"]), by=request.person)
        except actions.Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The last day is saved."))
            return redirect(addresses.staff("member", request, pk=membership.account_id))
    member = _member_or_404(request, membership.account_id)
    return _member_page(request, member, end_form=form, ending=membership.pk, status=422)


@require_POST
@needs("people.change")
def end_duty(request, pk):
    grant = find_or_404(request.person, "people.change", DutyGrant.objects.current(), pk)
    actions.end_duty(grant, by=request.person)
    messages.success(request, _("The duty has ended."))
    return redirect(addresses.staff("member", request, pk=grant.account_id))
