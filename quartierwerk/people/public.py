"""Pages of one's own account, and of people who were invited."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.socialaccount.adapter import get_adapter as social_adapter
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from quartierwerk import journal
from quartierwerk.rights import open_to_all, own_account

from . import actions, invited, kept, pages, throttling
from .forms import NewAccountForm, OwnAccountForm
from .models import Account
from .persons import person_of


@open_to_all
def no_sign_up(request):
    """There is no registration; the page says how one gets an account."""
    return render(request, "account/signup_closed.html")


# ---- one's own account ---------------------------------------------------------------------------------------------


@own_account
def own_account_page(request):
    form = OwnAccountForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        journal.record_security("own account changed", by=request.person)
        messages.success(request, _("Your name and language are saved."))
        return redirect("own-account")
    if form.is_bound:
        request.user.refresh_from_db()  # the frame shows the name that is stored, not the refused one
    status = 422 if form.is_bound else 200
    context = {"form": form, **pages.own_account(request)}
    return render(request, "people/public/own_account.html", context, status=status)


@own_account
def second_factor_needed(request):
    """Where people are sent whose role needs a second factor; the two ways to get one."""
    return render(request, "people/public/second_factor_needed.html")


@never_cache
@require_safe
@own_account
def kept_input(request, pk):
    """Everything that was typed, also where no page shows it in a form again."""
    typed = kept.find(request, pk)
    if typed is None:
        raise Http404
    return render(
        request, "people/public/kept.html", {"typed_before": typed, "fields": pages.kept_fields(typed)}
    )


@require_POST
@own_account
def discard_kept_input(request, pk):
    typed = kept.find(request, pk)
    kept.forget(request, pk=pk)
    messages.success(request, _("What you had typed is discarded."))
    return redirect(typed.page if typed else "own-account")


# ---- invitations -----------------------------------------------------------------------------------------------------


@never_cache
@require_safe
@open_to_all
def open_invitation(request, token):
    """Takes the token out of the address at once, so that it stands in no log and no history."""
    throttling.count(request, "open_invitation", also_reading=True)
    invited.remember(request, token)
    return redirect("invitation")


@never_cache
@open_to_all
def invitation(request):
    """Accept: as the person signed in, or with a new account. Wrong, used and expired links look the same."""
    waiting = invited.pending(request)
    if request.method == "POST":
        throttling.count(request, "accept_invitation", key=invited.pending_token(request))
    if waiting is None:
        invited.forget(request)
        return render(request, "people/public/invitation_gone.html", status=404)
    if request.user.is_authenticated:
        return _accept_as_oneself(request, waiting)
    if Account.objects.filter(email=waiting.email).exists():
        sign_in = f"{reverse('account_login')}?next={reverse('invitation')}"
        return render(
            request, "people/public/invitation_sign_in.html", {"invitation": waiting, "sign_in": sign_in}
        )
    return _accept_with_new_account(request, waiting)


def _accept_as_oneself(request, waiting):
    if request.user.email != waiting.email:
        return render(request, "people/public/invitation_other.html", {"invitation": waiting})
    if request.method == "POST":
        try:
            tenant = actions.accept(invited.pending_token(request), request.user)
        except actions.Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("own-account")
        invited.forget(request)
        messages.success(request, _("You now work with %(place)s.") % {"place": tenant.name})
        return redirect("staff-start")
    context = {"invitation": waiting, "roles": pages.invited_roles(waiting)}
    return render(request, "people/public/invitation_accept.html", context)


def _accept_with_new_account(request, waiting):
    form = NewAccountForm(request.POST or None, email=waiting.email)
    if request.method != "POST" or not form.is_valid():
        context = {
            "form": form,
            "invitation": waiting,
            "roles": pages.invited_roles(waiting),
            "services": social_adapter().list_providers(request),
        }
        return render(
            request, "people/public/invitation_new.html", context, status=422 if form.is_bound else 200
        )
    password = form.cleaned_data["password1"]
    with transaction.atomic():
        account = Account.objects.create_user(
            waiting.email, password, name=form.cleaned_data["name"], language=request.lang
        )
        actions.accept(invited.pending_token(request), account)
    invited.forget(request)
    journal.record_security("account made", by=person_of(account))
    login = Login(user=account, email=account.email, redirect_url=reverse("staff-start"))
    return perform_password_login(request, {"email": account.email, "password": password}, login)
