from uuid import uuid4

from quartierwerk.messages import sending
from quartierwerk.messages.models import InstallationMail, Outgoing


def _values(token: str, account_id) -> dict:
    return {
        "to": f"{token.lower()}@beispiel.example",
        "lang": "de",
        "key": f"test {uuid4()}",
        "context": {"name": token, "link": f"https://beispiel.example/{token}"},
        "account": account_id,
    }


def outgoing(token: str, account_id=None) -> Outgoing:
    return sending.send("test", **_values(token, account_id))


def installation_mail(token: str, account_id=None) -> InstallationMail:
    return sending.send_for_installation("test", **_values(token, account_id))
