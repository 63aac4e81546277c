"""Migrations in seconds instead of minutes, although every table names its municipality.

While migrating, Django draws a changed model anew together with every model related to it in either direction, and by
way of the municipality all models are related: half a second for each of some thousand operations. What has to be
drawn anew is only what refers to the changed model, directly or further on; what the model itself refers to stays.
"""

from typing import Any

from django.db.migrations.state import ModelState, ProjectState, resolve_relation
from pgtrigger.migrations import AddTrigger

Key = tuple[str, str]


def draw_less() -> None:
    ProjectState._find_reload_model = _refers_to  # type: ignore[attr-defined]
    ProjectState._append_option = _note_option  # type: ignore[attr-defined]
    AddTrigger.state_forwards = _note_trigger  # type: ignore[method-assign]


def _note_option(self: ProjectState, app_label: str, model_name: str, option_name: str, added: Any) -> None:
    """One more index or constraint: nothing that refers to the model looks different for it."""
    options = self.models[app_label, model_name].options
    options[option_name] = [*options[option_name], added]
    if "apps" in self.__dict__:
        setattr(self.apps.get_model(app_label, model_name)._meta, option_name, options[option_name])


def _note_trigger(self: AddTrigger, app_label: str, state: ProjectState) -> None:
    """Triggers are the database's; no drawn model shows them."""
    options = state.models[app_label, self.model_name].options
    options["triggers"] = [*options.get("triggers", []), self.trigger]


def _refers_to(self: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[Key]:
    """The model and all that refer to it. `delay` is Django's: whether relations further on may wait; ours are few."""
    referring: dict[Key, set[Key]] = {}
    for key, model in self.models.items():
        for target in _targets(key, model):
            referring.setdefault(target, set()).add(key)
    found: set[Key] = set()
    waiting = {(app_label, model_name.lower())}
    while waiting:
        found |= waiting
        waiting = set().union(*(referring.get(one, set()) for one in waiting)) - found
    return found


def _targets(key: Key, model: ModelState) -> set[Key]:
    fields = [field for field in model.fields.values() if field.is_relation]
    bases = [base for base in model.bases if isinstance(base, str)]
    related = [field.related_model for field in fields]
    related += [
        field.remote_field.through for field in fields if getattr(field.remote_field, "through", None)
    ]
    return {resolve_relation(one, *key) for one in [*related, *bases]}
