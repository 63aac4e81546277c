"""News of the needs and measures that a voice led to: kept as it happens, told as far as the record is public."""

from collections.abc import Callable
from uuid import UUID

from django.utils import timezone
from django.utils.safestring import SafeString

from quartierwerk.chain import reach
from quartierwerk.chain.register import Knot
from quartierwerk.languages import showing
from quartierwerk.languages.showing import Shown
from quartierwerk.planning.models import Measure, Need, Stage
from quartierwerk.planning.showing.changes import SAID_OF_STAGES
from quartierwerk.planning.showing.loading import with_children
from quartierwerk.planning.showing.states import NEED_LABELS
from quartierwerk.planning.showing.words import day
from quartierwerk.web import hits, markup

from ..models import Voice, VoiceNews, VoiceState

# The council's decision has a knot of its own.
_SAID: dict[str, Callable[[], str]] = {
    str(stage): said for stage, said in SAID_OF_STAGES.items() if stage != Stage.ADOPTED
}


def hear(record: Need | Measure) -> None:
    """All voices that led to it, also those whose need has the measure. In the transaction of the step itself."""
    groups = reach.whole_way(record.tenant_id, record.element_id)  # type: ignore[arg-type]
    voices = [
        pk for group in groups if (group.kind, group.side) == ("voice", reach.BEFORE) for pk in group.ids
    ]
    if not voices:
        return
    became = record.state if isinstance(record, Need) else record.stage
    for voice in Voice.objects.filter(element__in=voices).exclude(state=VoiceState.WITHDRAWN):
        VoiceNews.objects.create(voice=voice, became=became, **{record.chain_kind: record})


def of(voice: Voice, request) -> dict[Knot, list[hits.Knot]]:
    """What stands at which station of the way, the oldest first."""
    rows = VoiceNews.objects.filter(voice=voice)
    needs = _public(Need, rows.exclude(need=None).values("need"), request)
    measures = _public(Measure, rows.exclude(measure=None).values("measure"), request)
    found: dict[Knot, list[hits.Knot]] = {Knot.NEED: [], Knot.MEASURE: []}
    for row in rows:
        if row.need_id and (texts := needs.get(row.need_id)):
            found[Knot.NEED].append(_of_need(row, texts))
        elif row.measure_id and (texts := measures.get(row.measure_id)) and (said := _SAID.get(row.became)):
            found[Knot.MEASURE].append(_knot("measure", row, said(), _in_its_language(texts["title"])))
    return found


def _public(model: type[Need] | type[Measure], ids, request) -> dict[UUID, dict[str, Shown]]:
    """The texts of those that everybody may read."""
    rows = with_children(model.published.filter(pk__in=ids), "translations")
    return {one.pk: showing.show_all(one, request.lang) for one in rows}


def _of_need(row: VoiceNews, texts: dict[str, Shown]) -> hits.Knot:
    note, why = _in_its_language(texts["title"]), texts["rejected_reason"]
    if row.became == Need.State.REJECTED and why:
        note += SafeString(": ") + _in_its_language(why)
    return _knot("need", row, str(NEED_LABELS[Need.State(row.became)]), note)


def _in_its_language(shown: Shown) -> SafeString:
    return markup.bdi(shown.text, shown.language)


def _knot(icon: str, row: VoiceNews, title: str, note: SafeString) -> hits.Knot:
    return hits.Knot(icon=icon, kind=day(timezone.localdate(row.at)), title=title, note=note)
