"""Voices of the example town, in seven languages and all states: all invented."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from quartierwerk.chain.models import Link, Relation
from quartierwerk.languages.states import TranslationState
from quartierwerk.people.models import Account
from quartierwerk.places.models import SocialSpace
from quartierwerk.planning.example.files import FILES, moment, read
from quartierwerk.planning.models import Need, Team
from quartierwerk.tenants import example
from quartierwerk.tenants.models import Tenant, Visibility
from quartierwerk.web import codes

from .. import rules, terms
from ..giving import receiving
from ..kinds import ENDED
from ..models import (
    Voice,
    VoiceAnswer,
    VoiceAnswerText,
    VoiceOriginal,
    VoiceState,
    VoiceStep,
    VoiceText,
)
from . import processes  # noqa: F401 - registers its part

DATA = Path(__file__).parents[1] / "data" / "example"
READ_AFTER = timedelta(days=2)


@example.part(order=80)
def voices(town: Tenant) -> None:
    path = DATA / town.slug / "voices.toml"
    if path.is_file():
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["voice"]
        Voices(town).store(entries)


class Voices:
    def __init__(self, town: Tenant):
        self.town = town
        self.spaces = {space.name: space for space in SocialSpace.objects.all()}
        self.teams = {team.number: team for team in Team.objects.current()}
        titles = {need.title: need for need in Need.objects.all()}
        self.needs = {one["key"]: titles[one["title"]] for one in read(FILES / town.slug / "needs.json")}
        desk = Account.objects.filter(email=f"koordination@{town.slug}.example").first()
        self.desk = desk.pk if desk else None

    def store(self, entries: list[dict[str, Any]]) -> None:
        for one in entries:
            voice = self._voice(one)
            self._original(voice, one)
            self._steps(voice, one)
            for language, (words, origin) in one.get("text", {}).items():
                VoiceText.objects.create(
                    record=voice, text_name="public_words", language=language, text=words, origin=origin,
                    state=TranslationState.HUMAN, source_text=voice.public_words,
                )  # fmt: skip
            if "answer" in one:
                self._answer(voice, one)
            if "need" in one:
                need = self.needs[one["need"]]
                Link.objects.create(
                    source_id=voice.element_id, target_id=need.element_id, relation=Relation.LED_TO
                )

    def _voice(self, one: dict[str, Any]) -> Voice:
        state = one.get("state", VoiceState.RECEIVED)
        public = one.get("public", "")
        words = one["words"] if public is True else public
        due = one.get("reopened", one["received"])
        team = self.teams.get(one.get("team", ""))
        looked_after = state == VoiceState.IN_WORK or state in ENDED
        return Voice.objects.create(
            kind=one["kind"],
            origin=one.get("origin", Voice.Origin.ONLINE),
            state=state,
            language=one["language"],
            space=self.spaces[one["space"]] if "space" in one else None,
            topics=one.get("topics", []),
            public_words=words,
            visibility=Visibility.PUBLIC if words else Visibility.TENANT,
            held_reason=one.get("held", ""),
            received_on=one["received"],
            due_on=terms.due_on(self.town, one["kind"], due),
            answered_at=moment(str(one["answered"])) if "answered" in one else None,
            not_ours_body=one.get("body", ""),
            reopened_on=one.get("reopened"),
            owner_team=team,
            owner_account_id=self.desk if looked_after and team is None else None,
        )

    def _original(self, voice: Voice, one: dict[str, Any]) -> None:
        original = VoiceOriginal(
            voice=voice,
            words=one["words"],
            reach=one.get("reach", ""),
            reopened_words=one.get("reopened_words", ""),
        )
        original.code_hash = codes.hash_of(receiving.code_of(original))
        original.save()

    def _steps(self, voice: Voice, one: dict[str, Any]) -> None:
        days = {VoiceState.RECEIVED: one["received"]}
        if voice.public_words:
            days[VoiceState.CHECKED] = one["received"] + READ_AFTER
        days[VoiceState(voice.state)] = one.get("reopened") or one.get("answered") or max(days.values())
        for state, on in days.items():
            VoiceStep.objects.create(voice=voice, state=state, on=on, at=moment(str(on)))

    def _answer(self, voice: Voice, one: dict[str, Any]) -> None:
        # Whoever said that it is not solved had been answered before.
        on = one.get("answered") or one["received"] + timedelta(days=rules.DAYS)
        answer = VoiceAnswer.objects.create(
            voice=voice,
            words=one["answer"],
            signed_as=self.town.contact_office or self.town.name,
            author=self.desk,
            at=moment(str(on)),
        )
        Link.objects.create(
            source_id=voice.element_id, target_id=answer.element_id, relation=Relation.ANSWERED_BY
        )
        if "own" in one:
            VoiceAnswerText.objects.create(
                record=answer, text_name="words", language=one["language"], text=one["own"],
                origin=self.town.contact_office, state=TranslationState.HUMAN, source_text=answer.words,
            )  # fmt: skip
