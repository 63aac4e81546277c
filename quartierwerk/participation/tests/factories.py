"""Rows for tests; `token` goes into every personal field, so that leaks can be found."""

from datetime import timedelta

from django.utils import timezone

from quartierwerk.planning.tests import factories as plan
from quartierwerk.web import codes

from ..giving import receiving
from ..models import (
    AnswerTerm,
    Voice,
    VoiceAnswer,
    VoiceKind,
    VoiceNews,
    VoiceOriginal,
    VoicePhoto,
    VoiceState,
)


def voice(token: str = "", **values) -> Voice:
    today = timezone.localdate()
    values = {"kind": VoiceKind.WANT, "due_on": today + timedelta(days=14), **values}
    made = Voice.objects.create(**values)
    _original_of(made, token)
    return made


def _original_of(made: Voice, token: str) -> VoiceOriginal:
    mail = f"{''.join(token.lower().split())}@beispiel.example" if token else ""
    original = VoiceOriginal(
        voice=made, words=token or "Wo kann ich schwimmen lernen?", reach=mail, reopened_words=token
    )
    original.code_hash = codes.hash_of(receiving.code_of(original))
    original.save()
    return original


def original(token: str = "Amina", **values) -> VoiceOriginal:
    ended = timezone.now() - timedelta(days=1)
    return voice(token, answered_at=ended, **values).original


def published(words: str = "Eine Bank am Fluss fehlt.", **values) -> Voice:
    return voice(public_words=words, visibility="public", **{"state": VoiceState.CHECKED, **values})


def photo(token: str = "Foto", **values) -> VoicePhoto:
    about = values.pop("voice", None) or voice(answered_at=timezone.now() - timedelta(days=1))
    return VoicePhoto.objects.create(voice=about, content=token.encode(), mime_type="image/png")


def answer(words: str = "Ab Mai gibt es einen Kurs.", **values) -> VoiceAnswer:
    about = values.pop("voice", None) or published()
    return VoiceAnswer.objects.create(voice=about, words=words, signed_as="Koordinierungsstelle", **values)


def news(token: str = "") -> VoiceNews:
    return VoiceNews.objects.create(voice=voice(token), need=plan.need(), became="rejected")


def term(token: str = "") -> AnswerTerm:
    # One for each municipality, however many rows are asked for.
    return AnswerTerm.objects.get_or_create(defaults={"days": 21})[0]
