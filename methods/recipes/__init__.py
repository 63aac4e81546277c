"""Recipes of monitoring indices as data: the shipped ones, own files, and computing by one.

A recipe is a TOML file; `extends` takes everything not repeated from another one. The shipped files beside this
one show every key; docs/methods/recipes.md explains them.
"""

from __future__ import annotations

import hashlib
import json
import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from methods.indices import ClassLimit, CompositeIndex, check_classes, class_positions, composite_index
from methods.refusal import Refused

Floats = NDArray[np.float64]
SHIPPED = Path(__file__).parent


@dataclass(frozen=True)
class Indicator:
    """One column of the input. direction: "high is strain" (+1) or "low is strain" (-1)."""

    key: str
    title: str
    unit: str
    direction: int = 1
    weight: float = 1.0
    mean: float | None = None  # reference in `unit`; None: unweighted mean of the rated areas
    may_be_negative: bool = False  # a change may, a share may not

    @property
    def is_share(self) -> bool:
        """Whether it is a part of a whole in percent, so that it cannot be above 100."""
        return self.unit.startswith("%") and not self.may_be_negative


@dataclass(frozen=True)
class Exclusion:
    """An area the publisher leaves out, and why. Never a zero."""

    area: str
    name: str
    reason: str


@dataclass(frozen=True)
class Recipe:
    """How a published index is computed; everything a result depends on besides its input."""

    name: str
    title: str
    version: str
    state: str
    source: str
    area: str
    window: str
    min_population: int
    restandardise: bool
    status: tuple[Indicator, ...]
    status_classes: tuple[ClassLimit, ...]
    dynamics: tuple[Indicator, ...] = ()
    dynamics_classes: tuple[ClassLimit, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def is_confirmed(self) -> bool:
        return self.state == "confirmed"


@dataclass(frozen=True)
class RecipeResult:
    """Status, dynamics and class of every area; unrated areas are nan and empty.

    status_class, dynamics_class, overall_class  (areas,) codes such as "2", "+/-", "2+/-"
    fingerprint  SHA-256 over the recipe and the input, to store beside the result
    """

    recipe: Recipe
    rated: NDArray[np.bool_]
    status: CompositeIndex
    status_class: tuple[str, ...]
    dynamics: CompositeIndex | None
    dynamics_class: tuple[str, ...]
    overall_class: tuple[str, ...]
    fingerprint: str


def shipped_recipes() -> list[Recipe]:
    """All recipes that come along, by name."""
    return [load_recipe(path.stem) for path in sorted(SHIPPED.glob("*.toml"))]


def load_recipe(name_or_path: str | Path) -> Recipe:
    """A shipped recipe by name, or an own one by the path of its .toml file.

    raises  KeyError for an unknown name, Refused for a file that is no recipe, OSError if it cannot be read
    """
    name = str(name_or_path)
    if name.endswith(".toml"):
        return _recipe_from(Path(name), Path(name).stem)
    path = SHIPPED / f"{name}.toml"
    if "/" in name or not path.is_file():
        raise KeyError(name)
    return _recipe_from(path, name)


def apply_recipe(
    recipe: Recipe,
    status: Floats,
    dynamics: Floats | None = None,
    *,
    rated: NDArray[np.bool_] | None = None,
) -> RecipeResult:
    """Compute a recipe.

    status    (areas, status indicators) in the order and unit of the recipe
    dynamics  (areas, dynamics indicators); None where the recipe has none
    rated     (areas,); None: all. Unrated areas get no class and touch no mean
    raises    Refused for wrong shapes, missing values in rated areas, indicators that do not vary
    """
    rated = np.ones(len(status), dtype=bool) if rated is None else np.asarray(rated, dtype=bool)
    status_index = _index(recipe, recipe.status, status, rated)
    status_class = _codes(status_index, recipe.status_classes)
    dynamics_index, dynamics_class = None, ("",) * len(status)
    if recipe.dynamics:
        if dynamics is None:
            raise Refused(f"recipe {recipe.name} needs the change of its indicators too")
        dynamics_index = _index(recipe, recipe.dynamics, dynamics, rated)
        dynamics_class = _codes(dynamics_index, recipe.dynamics_classes)
    elif dynamics is not None:
        raise Refused(f"recipe {recipe.name} has no dynamics; leave them out")
    _refuse_impossible_shares(recipe, status, rated)
    digest = hashlib.sha256(json.dumps(asdict(recipe), sort_keys=True).encode())
    for values in (status, dynamics):
        if values is not None:
            # Values of unrated rows do not count, so they must not change the fingerprint either.
            digest.update(np.ascontiguousarray(np.where(rated[:, None], values, np.nan)).tobytes())
    overall = tuple(s + d if s and d else "" for s, d in zip(status_class, dynamics_class, strict=True))
    return RecipeResult(
        recipe, rated, status_index, status_class, dynamics_index, dynamics_class, overall, digest.hexdigest()
    )


def rated_by_rule(
    recipe: Recipe, areas: Sequence[str], population: Floats
) -> tuple[NDArray[np.bool_], dict[str, str]]:
    """Which areas the recipe rates, and for each other one the reason.

    population  (areas,) inhabitants
    """
    named = {exclusion.area: exclusion.reason for exclusion in recipe.exclusions}
    reasons = {
        area: named.get(area) or f"under {recipe.min_population} inhabitants"
        for area, people in zip(areas, population, strict=True)
        if area in named or people < recipe.min_population
    }
    return np.array([area not in reasons for area in areas]), reasons


def _index(
    recipe: Recipe, indicators: Sequence[Indicator], values: Floats, rated: NDArray[np.bool_]
) -> CompositeIndex:
    if values.ndim != 2 or values.shape != (len(rated), len(indicators)):
        raise Refused(
            f"recipe {recipe.name} needs {len(rated)} x {len(indicators)} values, got {values.shape}"
        )
    mean = None
    if any(indicator.mean is not None for indicator in indicators):
        own = values[rated].mean(axis=0)
        mean = np.array([m if i.mean is None else i.mean for i, m in zip(indicators, own, strict=True)])
    return composite_index(
        values,
        rated=rated,
        weights=np.array([indicator.weight for indicator in indicators]),
        directions=np.array([float(indicator.direction) for indicator in indicators]),
        mean=mean,
        restandardise=recipe.restandardise,
        names=[indicator.key for indicator in indicators],
    )


def _refuse_impossible_shares(recipe: Recipe, status: Floats, rated: NDArray[np.bool_]) -> None:
    for column, indicator in enumerate(recipe.status):
        above = rated & (status[:, column] > 100)
        if indicator.is_share and above.any():
            row = int(np.argmax(above))
            raise Refused(
                f"row {row + 1}: {indicator.key} is {status[row, column]:g} %, a share cannot be above 100"
            )


def _codes(index: CompositeIndex, classes: Sequence[ClassLimit]) -> tuple[str, ...]:
    if not classes:
        return ("",) * len(index.index)
    codes = [*(limit.code for limit in classes), ""]  # position -1, unrated, reads the last
    return tuple(codes[position] for position in class_positions(index.index, classes))


def _recipe_from(path: Path, name: str) -> Recipe:
    try:
        data = _merged(path, set())
        recipe = _parsed(name, data)
    except UnicodeDecodeError:
        raise Refused(f"{path.name} is not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"{path.name} is not TOML: {error}") from None
    except (KeyError, TypeError, AttributeError) as error:
        raise Refused(f"{path.name} is no complete recipe: {error}") from None
    _check_types(path.name, recipe)
    for classes in (recipe.status_classes, recipe.dynamics_classes):
        check_classes(classes)
    keys = [indicator.key for indicator in (*recipe.status, *recipe.dynamics)]
    if not recipe.status or len(set(keys)) != len(keys):
        raise Refused(f"{path.name}: a recipe needs status indicators, each key once")
    return recipe


def _check_types(file: str, recipe: Recipe) -> None:
    """Raise Refused naming the first entry that is not of its kind; TOML knows nan, and text beside numbers."""
    numbers: list[tuple[str, Any]] = [("min_population", recipe.min_population)]
    for limit in (*recipe.status_classes, *recipe.dynamics_classes):
        numbers += [(f"class {limit.code}, below", limit.below), (f"class {limit.code}, up_to", limit.up_to)]
    for indicator in (*recipe.status, *recipe.dynamics):
        numbers += [
            (f"{indicator.key}, weight", indicator.weight),
            (f"{indicator.key}, mean", indicator.mean),
        ]
    for what, value in numbers:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if value is not None and not (is_number and math.isfinite(value)):
            raise Refused(f"{file}: {what} is {value!r}, but must be a number")
    if not isinstance(recipe.restandardise, bool):
        raise Refused(f"{file}: restandardise is {recipe.restandardise!r}, but must be true or false")
    texts = [recipe.title, recipe.state, recipe.source, recipe.area, recipe.window]
    texts += [text for i in (*recipe.status, *recipe.dynamics) for text in (i.key, i.title, i.unit)]
    texts += [text for c in (*recipe.status_classes, *recipe.dynamics_classes) for text in (c.code, c.label)]
    for text in texts:
        if not isinstance(text, str):
            raise Refused(f"{file}: {text!r} must be text, in quotation marks")


def _merged(path: Path, seen: set[str]) -> dict[str, Any]:
    data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    if (base := data.pop("extends", None)) is None:
        return data
    parent = SHIPPED / f"{base}.toml"
    if base in seen or not parent.is_file():
        raise Refused(f"{path.name}: there is no recipe '{base}' to extend")
    return _merged(parent, seen | {base}) | data


def _parsed(name: str, data: Mapping[str, Any]) -> Recipe:
    directions = {"high is strain": 1, "low is strain": -1}

    def direction(words: Any) -> int:
        if words not in directions:
            raise TypeError(f"direction '{words}' is neither 'high is strain' nor 'low is strain'")
        return directions[words]

    def indicators(kind: str) -> tuple[Indicator, ...]:
        return tuple(
            Indicator(**(entry | {"direction": direction(entry.get("direction", "high is strain"))}))
            for entry in data.get(kind, ())
        )

    def classes(kind: str) -> tuple[ClassLimit, ...]:
        return tuple(ClassLimit(**entry) for entry in data.get(kind, ()))

    known = {"title", "version", "state", "source", "area", "window", "min_population", "restandardise"}
    lists = {"status", "dynamics", "status_classes", "dynamics_classes", "exclusions", "notes"}
    if unknown := sorted(set(data) - known - lists):
        raise TypeError(f"unknown entry '{unknown[0]}'")
    if missing := sorted(known - {"window", "min_population", "restandardise", "area"} - set(data)):
        raise TypeError(f"'{missing[0]}' is missing")
    return Recipe(
        name=name,
        title=data["title"],
        version=str(data["version"]),
        state=data["state"],
        source=data["source"],
        area=data.get("area", ""),
        window=data.get("window", ""),
        min_population=data.get("min_population", 0),
        restandardise=data.get("restandardise", True),
        status=indicators("status"),
        status_classes=classes("status_classes"),
        dynamics=tuple(replace(indicator, may_be_negative=True) for indicator in indicators("dynamics")),
        dynamics_classes=classes("dynamics_classes"),
        exclusions=tuple(Exclusion(**entry) for entry in data.get("exclusions", ())),
        notes=tuple(data.get("notes", ())),
    )
