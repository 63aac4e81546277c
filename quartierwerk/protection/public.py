"""My data: reading, taking along, withdrawing, erasing; with an account, or with a link that came by mail."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from quartierwerk.languages.tags import direction
from quartierwerk.people import throttling
from quartierwerk.privacy import erasing, package
from quartierwerk.privacy.rows import Subject
from quartierwerk.rights import open_to_all, own_account
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant
from quartierwerk.web.once import in_steps, may_repeat

from . import actions, consent, pages, purposes, requests
from .forms import RequestForm, SureForm, sent_form

# ---- with an account -----------------------------------------------------------------------------------------------------


@never_cache
@require_safe
@own_account
def own_data(request):
    found = package.collect(actions.subject_of(request.user))
    context = {
        "package": pages.shortened(found),
        "consents": pages.consents(actions.own_consents(request.user.pk)),
    }
    return render(request, "protection/public/own_data.html", context)


@never_cache
@require_safe
@own_account
def own_data_file(request):
    return _file(package.collect(actions.subject_of(request.user)))


def _file(found: package.Package) -> JsonResponse:
    answer = JsonResponse(found.as_json(), json_dumps_params={"ensure_ascii": False, "indent": 1})
    day = timezone.localtime(found.made_at).date().isoformat()
    answer.headers["Content-Disposition"] = f'attachment; filename="my-data-{day}.json"'
    return answer


@require_POST
@own_account
def withdraw(request, pk):
    if not actions.withdraw_own(pk, by=request.person):
        raise Http404
    messages.success(request, _("Withdrawn. From now on your data is not used for this any more."))
    return redirect("own-data")


@never_cache
@own_account
def answer_consent(request, slug, purpose):
    """One question, two answers of the same size. Asked in the reader's language where its wording is current."""
    known = purposes.ALL.get(purpose)
    tenant = get_object_or_404(Tenant, slug=slug)
    if known is None:
        raise Http404
    with scope.entered(scope.staff(tenant)):
        try:
            offered = consent.offered(known, request.lang)
        except consent.NoText:
            raise Http404 from None
        if request.method == "POST" and request.POST.get("answer") in ("yes", "no"):
            return _answered(request, offered)
    context = {
        "purpose": known,
        "place": tenant,
        "offered": offered,
        "text_dir": direction(offered.text.language),
    }
    return render(request, "protection/public/consent.html", context)


def _answered(request, offered):
    if request.POST.get("text") != str(offered.text.pk):
        messages.warning(request, _("The text was changed meanwhile. Please read the new one."))
        return redirect(request.path)
    agreed = request.POST["answer"] == "yes"
    consent.answer(
        offered.text,
        request.person.account_id,
        agreed=agreed,
        by=request.person,
        interpreter_helped="interpreter" in request.POST,
    )
    if agreed:
        messages.success(request, _("Thank you. You can withdraw this at any time, here, with one click."))
    else:
        messages.success(request, _("Noted: no. You lose nothing by it."))
    return redirect("own-data")


@own_account
@never_cache
@may_repeat
@reauthentication_required
def erase(request):
    """Closes the account. The confirmation can be read without signing in, since afterwards nobody can."""
    form = SureForm(sent_form(request))
    subject = actions.subject_of(request.user)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = actions.erase_account(request.user, by=request.person)
        except actions.Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            logout(request)
            pages.remember_outcome(request, outcome)
            return redirect("data-erased")
    context = {"form": form, "locked": package.told(erasing.preview(subject)), "base": "people/own.html"}
    return render(request, "protection/public/erase.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_safe
@open_to_all
def erased(request):
    """What was done, counted; shown to the browser that asked for it."""
    outcome = pages.remembered_outcome(request)
    if outcome is None:
        raise Http404
    return render(request, "protection/public/erased.html", {"outcome": outcome})


# ---- with a link that came by mail ---------------------------------------------------------------------------------------


@open_to_all
def ask(request):
    form = RequestForm(sent_form(request))
    if request.method == "POST" and form.is_valid():
        requests.ask(request, form.cleaned_data["mail"], request.lang)
        return redirect("data-request-sent")
    return render(request, "protection/public/ask.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@open_to_all
def sent(request):
    return render(request, "protection/public/sent.html")


@never_cache
@require_safe
@open_to_all
def open_link(request, token):
    """Takes the token out of the address at once, so that it stands in no log and no history."""
    throttling.count(request, "open_data_request", also_reading=True)
    requests.remember(request, token)
    return redirect("use-data-request")


@never_cache
@open_to_all
def use_link(request):
    if request.method == "POST":
        requests.use(request)
        return redirect("found-data")
    waiting = requests.waiting(request)
    return render(
        request, "protection/public/use_link.html", {"waiting": waiting}, status=200 if waiting else 404
    )


def _opened_or_404(request):
    asked = requests.opened(request)
    if asked is None:
        raise Http404
    return asked


@never_cache
@require_safe
@open_to_all
def found_data(request):
    asked = _opened_or_404(request)
    if requests.has_account(asked):
        return render(request, "protection/public/has_account.html")
    found = package.collect(Subject(mails=frozenset({asked.mail})))
    return render(request, "protection/public/found.html", {"package": pages.shortened(found)})


@never_cache
@require_safe
@open_to_all
def found_data_file(request):
    asked = _opened_or_404(request)
    if requests.has_account(asked):
        raise Http404
    return _file(package.collect(Subject(mails=frozenset({asked.mail}))))


@never_cache
@in_steps
@open_to_all
def erase_found(request):
    asked = _opened_or_404(request)
    if requests.has_account(asked):
        raise Http404
    form = SureForm(sent_form(request))
    if request.method == "POST" and form.is_valid():
        outcome = actions.erase_by_mail(asked)
        requests.close(request)
        pages.remember_outcome(request, outcome)
        return redirect("data-erased")
    locked = package.told(erasing.preview(Subject(mails=frozenset({asked.mail}))))
    context = {"form": form, "locked": locked, "base": "web/public_base.html"}
    return render(request, "protection/public/erase.html", context, status=422 if form.is_bound else 200)
