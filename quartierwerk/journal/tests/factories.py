from quartierwerk.journal.models import SecurityEvent


def security_event(token: str, account_id=None) -> SecurityEvent:
    # An address cannot hold a token; documentation addresses stand in.
    return SecurityEvent.objects.create(action="signed in", address="192.0.2.44", actor=account_id)
