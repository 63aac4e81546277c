"""System checks of what no lower package can see. Start checks stand in `start_checks.py`."""

from django.core import checks

from .transfer import tables


@checks.register()
def declared_models_can_leave(app_configs, **kwargs):
    return [
        checks.Error(f"{model._meta.label} {fault}", obj=model, id="operating.E001")
        for model, fault in tables.faults()
    ]
