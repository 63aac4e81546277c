"""Groups and the questions of the mandate in the back office."""

from django.contrib import messages
from django.db.models import Max
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk import rights
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses, editing

from ...matrix.staff import concept_of
from ...measures import choices, staff_edit
from ...measures.kinds import RowsOf, Sort
from ...models import Group, MandateQuestion, Meeting
from . import pages
from .forms import GroupForm, GroupMemberForm, QuestionForm

SEAT_ROWS = RowsOf(
    GroupMemberForm, "seats", "members", gettext_lazy("Seats"), gettext_lazy("New seat"), gettext_lazy("One more seat"),
    given=lambda: {"teams": choices.teams(), "accounts": choices.accounts()},
)  # fmt: skip
GROUP = Sort(
    "group", "groups", Group, GroupForm, "planning.read", gettext_lazy("Add a group"), gettext_lazy("Group"), gettext_lazy("Groups"),
    rows=(SEAT_ROWS,), called="name",
)  # fmt: skip


@needs("planning.read")
def groups(request):
    concept = concept_of(request, missing_ok=True)
    rows = rights.visible(request.person, "planning.read", Group.objects.filter(concept=concept))
    listed, counted = pages.rows(rows.order_by("-ended_on", "name")), pages.by_state(concept)
    values = {
        "concept": concept,
        "working": [row for row in listed if row.group.ended_on is None],
        "ended": [row for row in listed if row.group.ended_on is not None],
        "states": [(state, label, counted[state]) for state, label in MandateQuestion.State.choices],
        "may_write": may(request.person, "planning.write"),
    }
    return render(request, "planning/staff/groups/groups.html", values)


@needs("planning.read")
def group(request, pk):
    found = rights.find_or_404(request.person, "planning.read", Group.objects.select_related("concept"), pk)
    values = {
        "shown": pages.group_page(
            found, rights.visible(request.person, "planning.read", Meeting.objects.all())
        ),
        "group": found,
        "may_write": may(request.person, "planning.write", found),
        "crumbs": [(_("Groups"), addresses.staff("planning_staff:groups", request)), (found.name, "")],
    }
    return render(request, "planning/staff/groups/group.html", values)


@needs("planning.write")
def add_group(request):
    return staff_edit.edit(request, GROUP, Group(concept=concept_of(request)))


@needs("planning.write")
def edit_group(request, pk):
    return staff_edit.edit(
        request, GROUP, rights.find_or_404(request.person, "planning.write", Group.objects.all(), pk)
    )


@needs("planning.read")
def questions(request):
    """What the concept was asked; `?state=` narrows to open, answered or decided ones."""
    concept = concept_of(request)
    state = request.GET.get("state", "")
    rows = pages.questions(concept)
    counted = pages.by_state(concept)
    if state in counted:
        rows = rows.filter(state=state)
    values = {
        "concept": concept,
        "rows": rows,
        "state": state if state in counted else "",
        "states": [("", _("all"), sum(counted.values()))]
        + [(value, label, counted[value]) for value, label in MandateQuestion.State.choices],
        "may_write": may(request.person, "planning.write"),
    }
    return render(request, "planning/staff/groups/questions.html", values)


@needs("planning.write")
def add_question(request):
    concept = concept_of(request)
    last = MandateQuestion.objects.filter(concept=concept).aggregate(last=Max("position"))["last"]
    return _edit(request, MandateQuestion(concept=concept, position=0 if last is None else last + 1))


@needs("planning.write")
def edit_question(request, pk):
    rows = MandateQuestion.objects.select_related("concept")
    return _edit(request, rights.find_or_404(request.person, "planning.write", rows, pk))


def _edit(request, record: MandateQuestion):
    form, status = QuestionForm(request.POST or None, instance=record, concept=record.concept), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                editing.save(form, action="planning.write", by=request.person)
            except editing.EditedMeanwhile:
                status = 409
            else:
                messages.success(request, _("Saved."))
                url = addresses.staff("planning_staff:questions", request)
                return redirect(f"{url}?concept={record.concept.slug}")
    values = {
        "form": form,
        "new": record._state.adding,
        "crumbs": [(_("Mandate"), addresses.staff("planning_staff:questions", request)), (_("Question"), "")],
    }
    return render(request, "planning/staff/groups/question.html", values, status=status)
