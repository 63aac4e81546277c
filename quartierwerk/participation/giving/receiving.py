"""Keeping a voice: by oneself, told to the staff, or from paper. Whoever gave it gets a code, nothing else is asked."""

import secrets
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from quartierwerk import journal, rights
from quartierwerk.directory.requests.about import About
from quartierwerk.people import throttling
from quartierwerk.places.models import SocialSpace
from quartierwerk.rights import Person
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant
from quartierwerk.uploads.actions import Drawn
from quartierwerk.web import codes

from .. import terms
from ..models import Voice, VoiceOriginal, VoicePhoto, VoiceState, VoiceStep
from ..telling import tell_of_voice


@dataclass(frozen=True)
class Given:
    """What somebody said, as the form has checked it. space: the quarter's id, None for the whole municipality."""

    kind: str
    words: str
    language: str
    space: UUID | None = None
    topics: list[str] = field(default_factory=list)
    reach: str = ""
    photo: Drawn | None = None
    about: About | None = None
    origin: str = Voice.Origin.ONLINE
    received_on: date | None = None


def give(request, given: Given) -> Voice:
    """By somebody without account. Raises TooMany."""
    throttling.count(request, "voice")
    throttling.count_for_place(request, "voice_place")
    with scope.entered(scope.staff(request.tenant)), transaction.atomic():
        voice = receive(request.tenant, given, by=request.person)
        tell_of_voice(voice)
    return voice


@transaction.atomic
def receive(tenant: Tenant, given: Given, *, by: Person) -> Voice:
    """Within the municipality's scope. `code_of` gives the code for the slip."""
    received = given.received_on or timezone.localdate()
    voice = Voice.objects.create(
        kind=given.kind,
        origin=given.origin,
        language=given.language,
        space=SocialSpace.objects.filter(pk=given.space).first() if given.space else None,
        topics=given.topics,
        about_id=given.about.pk if given.about else None,
        about_title=given.about.title if given.about else "",
        received_on=received,
        # The term of what came on paper runs from the day on which it can be read here.
        due_on=terms.due_on(tenant, given.kind, timezone.localdate()),
    )
    original = VoiceOriginal(voice=voice, words=given.words, reach=given.reach)
    original.code_hash = codes.hash_of(code_of(original))
    original.save()
    if given.photo:
        VoicePhoto.objects.create(voice=voice, content=given.photo.content, mime_type=given.photo.mime_type)
    VoiceStep.objects.create(voice=voice, state=VoiceState.RECEIVED, on=received)
    journal.record("voice given", voice, by=by)
    return voice


@transaction.atomic
def type_in(tenant: Tenant, given: Given, *, by: Person) -> Voice:
    """Told to the staff, or from paper. Raises Refused, also where it would lie outside one's quarter."""
    rights.require(by, "voices.write")
    voice = receive(tenant, given, by=by)
    rights.require(by, "voices.write", voice)
    return voice


def code_of(original: VoiceOriginal) -> str:
    """The one that counts now: each new slip has another."""
    return codes.derived("voice", original.voice_id.bytes + original.codes_issued.to_bytes(2, "big"))


@transaction.atomic
def new_code(voice: Voice, *, by: Person) -> None:
    """The slip was lost: a new code, and the old one opens nothing any more. Raises Refused."""
    rights.require(by, "voices.write", voice)
    original = VoiceOriginal.objects.select_for_update().get(voice=voice)
    original.codes_issued += 1
    original.code_hash = codes.hash_of(code_of(original))
    original.save(update_fields=["codes_issued", "code_hash"])
    journal.record("code of a voice issued anew", voice, by=by)


def find(code: str) -> Voice | None:
    """Whose code this is, in the staff scope of its municipality."""
    digest = codes.hash_of(code)
    original = VoiceOriginal.objects.filter(code_hash=digest).select_related("voice").first()
    return original.voice if original and secrets.compare_digest(original.code_hash, digest) else None
