"""A search without an answer, as the words of a wish."""

from . import choices
from .near import Near
from .question import Question


def wish_of(request, question: Question, quarters) -> dict[str, str]:
    """A search as a wish: its words and filters in words, its topic, its quarter."""
    labels = [
        choices.label_of(name, question, quarters, request.lang, Near())
        for name in question.filters
        if name not in ("topic", "space", "within", "open")
    ]
    return {
        "words": " · ".join([part for part in (question.words, *labels) if part]),
        "topic": question.topic,
        "space": question.space,
        "language": request.lang,
    }
