"""The same invented town for both sides: bent quadrilaterals, a group that is denser in some parts."""

import numpy as np


def town(areas: int, people: int = 3000, seed: int = 1):
    """rings (areas, 5, 2) metres; group and total (areas,)."""
    random = np.random.default_rng(seed)
    columns = int(np.ceil(np.sqrt(areas)))
    x, y = np.meshgrid(np.arange(columns + 1), np.arange(columns + 1), indexing="ij")
    corners = np.stack([x, y], axis=-1) + random.uniform(-0.3, 0.3, (columns + 1, columns + 1, 2))
    a, b, c, d = corners[:-1, :-1], corners[1:, :-1], corners[1:, 1:], corners[:-1, 1:]
    rings = np.stack([a, b, c, d, a], axis=2).reshape(-1, 5, 2)[:areas] * 400 + [380_000, 5_800_000]
    total = random.integers(people // 5, people * 2, areas)
    middle = rings[:, :4].mean(axis=1) - rings.mean(axis=(0, 1))
    wave = 0.2 + 0.15 * np.sin(middle[:, 0] / 3000) * np.cos(middle[:, 1] / 2500)
    share = np.clip(wave + random.normal(0, 0.05, areas), 0.01, 0.9)
    return rings, random.binomial(total, share), total
