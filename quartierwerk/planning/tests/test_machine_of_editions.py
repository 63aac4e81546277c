"""Whatever is done with editions, in whatever order: none is adopted without the council, nothing frozen changes but for
a counted passage, numbers rise and stay, and one draft is open at a time."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from quartierwerk.rights import Role

from ..consulting import actions as consulting
from ..editions import actions, picture, redacting
from ..models import CostLine, CouncilDecision, Edition, Measure, Redaction
from . import factories

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NAME = "Frau Adıgüzel"
TAMPERING = {
    "another content": {"content": {}},
    "another title": {"title": "Andere"},
    "back to a draft": {"state": "draft", "decision": None, "adopted_at": None},
    "another number": {"number": 999},
    "hidden": {"visibility": "tenant"},
    "content without a count": {"content": {"fields": []}, "content_sha256": "a" * 64},
}
DECISIONS = {
    "carried": {"votes_yes": 20, "votes_no": 3},
    "unanimous": {"is_unanimous": True},
    "lost": {"votes_yes": 3, "votes_no": 20},
    "a tie": {"votes_yes": 9, "votes_no": 9},
    "no vote": {},
    "later": {"votes_yes": 20, "votes_no": 3, "days": 3},
    "earlier": {"votes_yes": 20, "votes_no": 3, "days": -30},
    "none": None,
}
CARRIED = {"carried", "unanimous"}


class EditionMachine(RuleBasedStateMachine):
    """One concept with one measure in a world of its own, which is undone at the end."""

    def __init__(self, by):
        super().__init__()
        self.world = transaction.atomic()
        self.world.__enter__()
        self.by, self.today = by, timezone.localdate()
        self.field = factories.field()
        self.concept = self.field.concept
        self.measure = factories.measure(
            "Kurse", fields=[self.field], lead_team=factories.team(), what=f"Fragen an {NAME}.",
            starts_on=self.today, ends_on=self.today + timedelta(days=90), hours_per_week=5,
            review_on=self.today + timedelta(days=60), review_how="Befragung",
        )  # fmt: skip
        CostLine.objects.create(measure=self.measure, year=2026, label="Honorare", planned_cents=100)
        self.is_complete, self.is_deferred, self.decisions = True, False, 0
        self.open: Edition | None = None
        self.states: dict[int, str] = {}
        # number → what was frozen, as text
        self.frozen: dict[int, str] = {}
        self.redacted: dict[int, int] = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)

    def tried(self, step, *args, fits: bool, **kwargs):
        """Do it; it works exactly where it fits, and else stores nothing."""
        try:
            with transaction.atomic():
                done = step(*args, by=self.by, **kwargs)
        except (actions.Refused, consulting.TakesNoComments):
            assert not fits
            return None
        assert fits
        return done

    @rule()
    def begin(self):
        made = self.tried(actions.open_edition, self.concept, "Ausgabe", fits=self.open is None)
        if made:
            self.open, self.is_deferred = made, False
            self.states[made.number] = "draft"

    @precondition(lambda self: self.open)
    @rule(days=st.integers(-1, 20))
    def consult(self, days):
        fits = self.states[self.open.number] == "draft" and days > 0
        if self.tried(actions.consult, self.open, self.today + timedelta(days=days), fits=fits):
            self.states[self.open.number] = "consultation"

    @precondition(lambda self: self.open)
    @rule()
    def time_passes(self):
        """The last day of the consultation is over."""
        Edition.objects.filter(pk=self.open.pk).update(consultation_until=self.today - timedelta(days=1))

    @precondition(lambda self: self.open and self.states[self.open.number] == "consultation")
    @rule(words=st.sampled_from(["", "Ab Herbst auch abends."]))
    def comment(self, words):
        runs = consulting.takes_comments(Edition.objects.get(pk=self.open.pk))
        given = self.tried(consulting.comment, self.open, "Bitte auch abends.", fits=runs)
        if given and words:
            consulting.answer(given, words, by=self.by)

    @precondition(lambda self: self.open)
    @rule()
    def back(self):
        fits = self.states[self.open.number] == "consultation"
        if self.tried(actions.back_to_draft, self.open, fits=fits):
            self.states[self.open.number] = "draft"

    @precondition(lambda self: self.open)
    @rule()
    def withdraw(self):
        self.tried(actions.withdraw, self.open, fits=True)
        self.states[self.open.number] = "withdrawn"
        self.open = None

    @precondition(lambda self: "withdrawn" in self.states.values())
    @rule(data=st.data())
    def take_up_again(self, data):
        number = data.draw(st.sampled_from([n for n, state in self.states.items() if state == "withdrawn"]))
        row = Edition.objects.get(concept=self.concept, number=number)
        if self.tried(actions.back_to_draft, row, fits=self.open is None):
            self.states[number] = "draft"
            self.open = row
            self.is_deferred = row.deferrals.exists()

    @precondition(lambda self: self.open)
    @rule(reason=st.sampled_from(["", "Das Geld ist noch offen."]))
    def defer(self, reason):
        with transaction.atomic():
            actions.defer(self.open, self.measure, reason, by=self.by)
        self.is_deferred = bool(reason)

    @rule(complete=st.booleans())
    def change_the_measure(self, complete):
        Measure.objects.filter(pk=self.measure.pk).update(
            what=f"Fragen an {NAME}." if complete else "", review_how="Befragung" if complete else ""
        )
        self.is_complete = complete

    @precondition(lambda self: self.open and self.decisions < 4)
    @rule(told=st.sampled_from(sorted(DECISIONS)))
    def adopt(self, told):
        values = DECISIONS[told]
        decision = None
        if values is not None:
            days = values.get("days", 0)
            self.decisions += 1
            decision = CouncilDecision.objects.create(
                concept=self.concept, body="Rat", paper_number=f"2026/{self.decisions}", wording="Beschlossen.",
                decided_on=self.today + timedelta(days=days), **{k: v for k, v in values.items() if k != "days"},
            )  # fmt: skip
        number = self.open.number
        row = Edition.objects.get(concept=self.concept, number=number)
        fits = (
            self.states[number] == "consultation"
            and row.consultation_until < self.today
            and not row.comments.filter(answer="").exists()
            and told in CARRIED
            and (self.is_complete or self.is_deferred)
        )
        made = self.tried(actions.adopt, self.open, decision, fits=fits)
        if made:
            self.states[number], self.open = "adopted", None
            self.frozen[number] = _text(Edition.objects.get(pk=made.pk).content)
            self.redacted[number] = 0

    @precondition(lambda self: self.frozen)
    @rule(data=st.data(), passage=st.sampled_from([NAME, "steht nirgends", "  "]))
    def withdraw_a_consent(self, data, passage):
        number = data.draw(st.sampled_from(sorted(self.frozen)))
        row = Edition.objects.get(concept=self.concept, number=number)
        there = self.frozen[number].count(NAME) if passage == NAME else 0
        assert actions.redact(row, passage, "Einwilligung widerrufen", by=self.by) == there
        if there:
            self.frozen[number] = self.frozen[number].replace(NAME, redacting.MARK)
            self.redacted[number] += 1

    @precondition(lambda self: self.frozen)
    @rule(data=st.data(), how=st.sampled_from([*sorted(TAMPERING), "deleted", "decision"]))
    def tamper(self, data, how):
        number = data.draw(st.sampled_from(sorted(self.frozen)))
        rows = Edition.objects.filter(concept=self.concept, number=number)
        with pytest.raises(IntegrityError), transaction.atomic():
            if how == "deleted":
                rows.delete()
            elif how == "decision":
                CouncilDecision.objects.filter(editions__in=rows).update(wording="Ganz anders.")
            else:
                rows.update(**TAMPERING[how])

    @invariant()
    def every_edition_is_what_it_should_be(self):
        rows = list(
            Edition.objects.filter(concept=self.concept).order_by("number").select_related("decision")
        )
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        assert {row.number: row.state for row in rows} == self.states
        assert sum(row.state in ("draft", "consultation") for row in rows) <= 1
        for row in rows:
            if row.state != "adopted":
                assert (row.decision, row.content, row.visibility) == (None, None, "tenant")
                continue
            assert row.decision.paper_number
            assert row.visibility == "public"
            assert _text(row.content) == self.frozen[row.number]
            assert row.content_sha256 == picture.fingerprint(row.content)

    @invariant()
    def withdrawn_consent_leaves_the_mark_and_no_word(self):
        for number, times in self.redacted.items():
            row = Edition.objects.get(concept=self.concept, number=number)
            assert row.redactions == times == Redaction.objects.filter(edition=row).count()
            assert (redacting.MARK in self.frozen[number]) == bool(times)
            if times:
                assert NAME not in _text(row.content)
                assert not Redaction.objects.filter(reason__contains=NAME).exists()


def _text(content) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False)


def test_editions_stay_true_whatever_is_done_to_them(cast):
    with cast.in_town():
        by = cast.person(Role.COORDINATOR)
        run_state_machine_as_test(
            lambda: EditionMachine(by),
            settings=settings(
                max_examples=20,
                stateful_step_count=30,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
