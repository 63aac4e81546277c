"""Who looks after a voice, the answer, and passing on the duty where somebody else is responsible."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from quartierwerk import journal, rights
from quartierwerk.chain.actions import link
from quartierwerk.chain.models import Relation
from quartierwerk.languages.states import TranslationState
from quartierwerk.planning.models import Team
from quartierwerk.rights import Person

from ..kinds import ENDED
from ..models import AnswerTerm, Voice, VoiceAnswer, VoiceAnswerText, VoiceState
from ..moving import NotNow, locked, move
from ..telling import tell_giver


@dataclass(frozen=True)
class Answer:
    """own_words: the same in the language of whoever gave the voice; body: who is responsible, where we are not."""

    words: str
    signed_as: str
    own_words: str = ""
    own_origin: str = ""
    body: str = ""


@transaction.atomic
def take_up(voice: Voice, team: Team | None, *, by: Person) -> Voice:
    """Somebody works on it: this person, or a team. Raises NotNow, Refused."""
    voice = locked(voice)
    rights.require(by, "voices.write", voice)
    if voice.state in ENDED:
        # Only whoever gave it says that it is not solved: with a new term.
        raise NotNow
    move(voice, VoiceState.IN_WORK)
    journal.record("voice taken up", voice, by=by)
    voice.owner_team, voice.owner_account_id = team, None if team else by.account_id
    voice.save(update_fields=["state", "owner_team", "owner_account_id"])
    return voice


@transaction.atomic
def answer(voice: Voice, given: Answer, *, by: Person) -> VoiceAnswer:
    """Answered, or somebody else is responsible and named. The giver hears of it. Raises NotNow, Refused."""
    voice = locked(voice)
    rights.require(by, "voices.write", voice)
    move(voice, VoiceState.NOT_OURS if given.body else VoiceState.ANSWERED)
    journal.record("voice answered", voice, by=by)
    voice.not_ours_body = given.body
    voice.answered_at = timezone.now()
    if not voice.owner_account_id and not voice.owner_team_id:
        # Where it comes back as not solved, it comes back to who answered.
        voice.owner_account_id = by.account_id
    voice.save(update_fields=["state", "not_ours_body", "answered_at", "owner_account_id"])
    record = VoiceAnswer.objects.create(
        voice=voice,
        words=given.words,
        language=voice.tenant.source_language,
        signed_as=given.signed_as,
        author=by.account_id,
    )
    link(voice, record, Relation.ANSWERED_BY, by=by)
    if given.own_words:
        VoiceAnswerText.objects.create(
            record=record,
            text_name="words",
            language=voice.language,
            text=given.own_words,
            state=TranslationState.HUMAN,
            source_text=given.words,
            origin=given.own_origin,
        )
    tell_giver(voice, VoiceAnswer.objects.filter(voice=voice).count())
    return record


@transaction.atomic
def set_terms(term: AnswerTerm, *, days: int, question_days: int, by: Person) -> AnswerTerm:
    """For what arrives from now on; promises already given stay."""
    rights.require(by, "voices.set_terms", term)
    term.days, term.question_days = days, question_days
    term.save()
    journal.record("terms for answers changed", term, by=by, fields=["days", "question_days"])
    return term
