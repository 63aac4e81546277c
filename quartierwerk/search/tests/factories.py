from quartierwerk.search.models import SynonymRing
from quartierwerk.tenants.models import Visibility


def synonym_ring(token: str = "Rappelkiste", **values) -> SynonymRing:
    defaults = {
        "label": token,
        "concept": "childcare",
        "words": f"{token}\nRäuberhöhle",
        "visibility": Visibility.PUBLIC,
    }
    return SynonymRing.objects.create(**{**defaults, **values})
