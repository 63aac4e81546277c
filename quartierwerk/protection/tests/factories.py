import secrets
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from quartierwerk.protection.models import Consent, ConsentText, DataRequest


def consent_text(
    purpose: str = "publish-name", version: int = 1, language: str = "de", **values
) -> ConsentText:
    return ConsentText.objects.create(
        purpose=purpose,
        version=version,
        language=language,
        **{
            "recipient": "alle, die die Seite lesen",
            "data_kinds": "Name, Telefon",
            "words": "Mein Name darf beim Angebot stehen.",
            **values,
        },
    )


def consent(token: str, account_id=None) -> Consent:
    # No field takes words: the token is that there is such a row.
    text = ConsentText.objects.order_by("-version").first() or consent_text()
    return Consent.objects.create(
        subject=account_id or uuid4(),
        text=text,
        purpose=text.purpose,
        agreed=True,
        ends_at=timezone.now() + timedelta(days=365),
    )


def data_request(token: str) -> DataRequest:
    return DataRequest.objects.create(
        mail=f"{token.lower()}@beispiel.example",
        token_hash=DataRequest.fingerprint(secrets.token_urlsafe(32)),
        expires_at=timezone.now() + timedelta(days=1),
    )
