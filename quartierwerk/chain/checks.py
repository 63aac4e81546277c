from django.apps import apps
from django.core import checks

from .models import InChain
from .register import kinds


@checks.register()
def every_record_of_the_chain_is_known(app_configs, **kwargs):
    """A model in the chain has its triggers, exactly one element, and a kind that the panel can show."""
    found = []
    for model in apps.get_models():
        if not issubclass(model, InChain):
            continue
        if kinds.by_name.get(model.chain_kind) is None or kinds.by_name[model.chain_kind].model is not model:
            found.append(
                checks.Error(
                    f"{model.__name__} is in the chain without a kind: decorate it with @in_chain and add its"
                    " kind to chain.register.kinds in apps.ready().",
                    obj=model,
                    id="chain.E001",
                )
            )
        if not any(constraint.fields == ("tenant", "element") for constraint in _unique(model)):
            found.append(
                checks.Error(
                    f"{model.__name__} lets two records share an element: add one_element(…) to its constraints.",
                    obj=model,
                    id="chain.E002",
                )
            )
    return found


def _unique(model):
    return model._meta.total_unique_constraints
