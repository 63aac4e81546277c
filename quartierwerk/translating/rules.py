"""What becomes of a text when a translator saves: on plain values."""

from quartierwerk.languages.states import TranslationState


def state_after(before: str | None, *, changed: bool, checked: bool, finish: bool) -> TranslationState | None:
    """The state to store, None where all stays as it is.

    before   stored state, None where there is no translation yet
    changed  the words differ from what stands there
    checked  the translator says that the words as they stand are right
    finish   "finished" was pressed, not "in work"

    Finishing a page declares nothing good that nobody touched: a machine's or an outdated text needs its own tick.
    A draft without a change marks nothing.
    """
    if not finish:
        return TranslationState.IN_WORK if changed else None
    if changed or checked or before == TranslationState.IN_WORK:
        return TranslationState.HUMAN
    return None
