"""Joint work, responsibilities and order, each number with the list behind it."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk import rights
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses
from quartierwerk.web.fields import WholeNumberField

from ..matrix.staff import concept_of
from ..measures.pages import JUDGED
from ..measures.rules import breadth, priority
from ..models import FieldOfAction, Measure, Stage, Team
from . import joint, placing, responsible

PER_PAGE = 50
# What is still to be decided about; `?stage=all` shows the others, too.
TO_DECIDE = (Stage.PROPOSED, Stage.PRIORITISED)


def _fields(concept) -> list[FieldOfAction]:
    return list(FieldOfAction.objects.current().filter(concept=concept))  # type: ignore[attr-defined]


@needs("planning.read")
def joint_work(request):
    """Share of measures with two departments and one partner from outside, by field and year (R2.13)."""
    concept, today = concept_of(request), timezone.localdate()
    measures = joint.measures_of(concept, request.person).filter(stage__in=joint.COUNTED)
    rows = joint.joints(measures, today.year)
    values = {
        "concept": concept,
        "table": joint.table(_fields(concept), rows, today.year),
        "departments": breadth.DEPARTMENTS,
        "partners": breadth.PARTNERS,
        "list_url": addresses.staff("planning_staff:joint_measures", request),
    }
    return render(request, "planning/staff/together/joint.html", values)


@needs("planning.read")
def joint_measures(request):
    """The measures behind a number: `?field=&year=&joint=1`."""
    concept, today = concept_of(request), timezone.localdate()
    year = request.GET.get("year", "")
    year = int(year) if year.isdecimal() and len(year) == 4 else today.year
    field = next((one for one in _fields(concept) if str(one.pk) == request.GET.get("field")), None)
    measures = list(
        joint.measures_of(concept, request.person).filter(stage__in=joint.COUNTED).order_by("sort_key")
    )
    rows = [one for one in joint.joints(measures, today.year) if one.year == year]
    if field is not None:
        rows = [one for one in rows if one.field == field.pk]
    only = request.GET.get("joint") == "1"
    is_joint = {one.measure: one.is_joint for one in rows}
    shown = [one for one in measures if one.pk in is_joint and (is_joint[one.pk] or not only)]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    values = {
        "page": page,
        "rows": [(one, [str(two.team) for two in one.teams.all() if two.part == "takes_part"], is_joint[one.pk]) for one in page],
        "field": field,
        "year": year,
        "only": only,
        "crumbs": [(_("Joint work"), addresses.staff("planning_staff:joint_work", request)), (str(year), "")],
    }  # fmt: skip
    return render(request, "planning/staff/together/joint_measures.html", values)


@needs("planning.read")
def responsibilities(request):
    """Every measure with who leads, takes part and is informed; `?field=` narrows, `?team=&part=` to what is behind a number."""
    concept = concept_of(request)
    fields = _fields(concept)
    field = next((one for one in fields if str(one.pk) == request.GET.get("field")), None)
    measures = joint.measures_of(concept, request.person).exclude(stage__in=(Stage.DONE, Stage.STOPPED))
    if field is not None:
        measures = measures.filter(in_fields__field=field)
    part = request.GET.get("part", "")
    only = (request.GET.get("team", ""), part) if part else None
    values = {
        "concept": concept,
        "fields": fields,
        "field": field,
        "shown": responsible.matrix(
            measures.order_by("sort_key"), Team.objects.order_by("position", "sort_key"), only
        ),
        "only": only,
        "without_url": f"{addresses.staff('planning_staff:measures', request)}?without=lead",
        "kept": f"concept={concept.slug}&field={field.pk if field else ''}",
    }
    return render(request, "planning/staff/together/responsible.html", values)


@needs("planning.read")
def ranking(request):
    """What comes first: places, what each judgement gives, and who overruled it why."""
    concept = concept_of(request)
    every = request.GET.get("stage") == "all"
    measures = joint.measures_of(concept, request.person).exclude(stage__in=(Stage.DONE, Stage.STOPPED))
    if not every:
        measures = measures.filter(stage__in=TO_DECIDE)
    rows = placing.ranked(measures)
    values = {
        "concept": concept,
        "every": every,
        "weights": [(JUDGED[name], weight) for name, weight in priority.WEIGHTS.items()],
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "unjudged": sum(one.placed.candidate.score.points is None for one in rows),
        "may_write": may(request.person, "planning.write"),
    }
    return render(request, "planning/staff/together/ranking.html", values)


class PlaceForm(forms.Form):
    place = WholeNumberField(
        label=gettext_lazy("Place by hand"), required=False, min_value=1, max_value=placing.LAST,
        help_text=gettext_lazy("Empty: the judgements decide."),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Why it shall stand there"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Everybody who sees the order reads the reason."),
    )  # fmt: skip

    def clean(self):
        values = super().clean()
        if values.get("place") and not values.get("reason", "").strip():
            self.add_error("reason", _("Please say why it shall stand there."))
        return values


@needs("planning.write")
def place_measure(request, pk):
    record = rights.find_or_404(request.person, "planning.write", Measure, pk)
    form = PlaceForm(
        request.POST or None, initial={"place": record.rank_override, "reason": record.rank_reason}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = form.cleaned_data
            placing.place_by_hand(record, values["place"], values["reason"], by=request.person)
            messages.success(request, _("Saved."))
            stage = "" if record.stage in TO_DECIDE else "?stage=all"
            return redirect(f"{addresses.staff('planning_staff:ranking', request)}{stage}")
    back = addresses.staff("planning_staff:ranking", request)
    values = {
        "form": form,
        "record": record,
        "back": back,
        "crumbs": [(_("Order"), back), (record.title, "")],
    }
    return render(request, "planning/staff/together/place.html", values, status=status)
