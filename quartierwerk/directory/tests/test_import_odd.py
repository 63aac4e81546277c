"""Documents that are almost HSDS: whatever stands where something else should, each entry ends in the report."""

import copy
import json
import random

import pytest

from .test_import import adds_up, needs_shared, report
from .test_import_hsds import STANDARD

ODD = [
    None, 1, 2.5, True, "", "x", [], {}, [1], ["a"], {"a": 1}, [[1]], [{"id": 1}], {"id": "q"}, "2020-13-40", -1, "a" * 5000, [None],
    {"name": {"a": [1]}}, "NaN", "\u0000", "quartierwerk:kept", "99:99", 1e300,
]  # fmt: skip
EXAMPLES = (
    "service_full.json",
    "organization_full.json",
    "service_at_location_full.json",
    "tabular.json",
    "service_list.json",
)


def mutated(value, chance):
    if isinstance(value, dict):
        return {
            name: chance.choice(ODD) if chance.random() < 0.04 else mutated(one, chance)
            for name, one in value.items()
            if chance.random() > 0.02
        }
    if isinstance(value, list):
        return [chance.choice(ODD) if chance.random() < 0.05 else mutated(one, chance) for one in value]
    return chance.choice(ODD) if chance.random() < 0.03 else value


@needs_shared
@pytest.mark.parametrize("example", EXAMPLES)
def test_no_odd_value_breaks_an_import(cast, capsys, tmp_path, example):
    whole = json.loads((STANDARD / "3.2.3" / "examples" / example).read_text())
    path = tmp_path / "a.json"
    for seed in range(12):
        path.write_text(json.dumps(mutated(copy.deepcopy(whole), random.Random(seed))), encoding="utf-8")
        told = report(capsys, cast, path, format="hsds")
        assert told["stored"] or told["refusal"]
        assert adds_up(told)
