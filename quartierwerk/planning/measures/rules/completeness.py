"""The council's five questions to every measure: what, when, who leads, which staff and money, how it is reviewed
(R2.05). A measure that does not answer them all cannot be adopted."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _


class Question(StrEnum):
    WHAT = "what"
    WHEN = "when"
    WHO = "who"
    MEANS = "means"
    REVIEW = "review"


class Missing(StrEnum):
    WHAT = "what"
    START = "start"
    END = "end"
    LEAD = "lead"
    STAFF = "staff"
    MONEY = "money"
    REVIEW_DAY = "review day"
    REVIEW_WAY = "review way"


QUESTION_OF = {
    Missing.WHAT: Question.WHAT,
    Missing.START: Question.WHEN,
    Missing.END: Question.WHEN,
    Missing.LEAD: Question.WHO,
    Missing.STAFF: Question.MEANS,
    Missing.MONEY: Question.MEANS,
    Missing.REVIEW_DAY: Question.REVIEW,
    Missing.REVIEW_WAY: Question.REVIEW,
}


@dataclass(frozen=True)
class Answers:
    """What a record says. hours_per_week 0 and a cost line of 0,00 € are answers; nothing at all is none."""

    what: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    has_lead: bool = False
    hours_per_week: Decimal | None = None
    posts: int = 0
    cost_lines: int = 0
    unclear_cost_lines: int = 0
    review_on: date | None = None
    review_how: str = ""


def missing(answers: Answers) -> list[Missing]:
    """In the order of the questions."""
    given = {
        Missing.WHAT: bool(answers.what.strip()),
        Missing.START: answers.starts_on is not None,
        Missing.END: answers.ends_on is not None,
        Missing.LEAD: answers.has_lead,
        Missing.STAFF: answers.hours_per_week is not None or answers.posts > 0,
        Missing.MONEY: answers.cost_lines > answers.unclear_cost_lines,
        Missing.REVIEW_DAY: answers.review_on is not None,
        Missing.REVIEW_WAY: bool(answers.review_how.strip()),
    }
    return [one for one, is_given in given.items() if not is_given]


def unanswered(found: list[Missing]) -> list[Question]:
    return list(dict.fromkeys(QUESTION_OF[one] for one in found))


def words(one: Missing) -> str:
    return {
        Missing.WHAT: _("It is not said what happens, in words for everybody."),
        Missing.START: _("The first day is missing."),
        Missing.END: _("The last day is missing."),
        Missing.LEAD: _("Nobody leads."),
        Missing.STAFF: _("It is not said which staff works on it; 0 hours are an answer, too."),
        Missing.MONEY: _("There is no cost line with an amount; 0,00 € is an answer, too."),
        Missing.REVIEW_DAY: _("The day of the review is missing."),
        Missing.REVIEW_WAY: _("It is not said how the measure is reviewed."),
    }[one]
