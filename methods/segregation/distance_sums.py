"""Sums of powers of distances over all pairs of points, in n log n steps and linear memory.

For every point j: sum over i of |r_i - r_j| ** p * v_i, p = 1 to 4, to about 1e-11 relative
(p = 3: 1e-7, it only corrects the first power, see `proximity`).

Even powers are polynomials, so a handful of moments gives them exactly. For odd powers the distance is split into a
smooth part, equal to the distance from a radius on and rounded off inside, and the rest, which is exactly zero
outside the radius. The smooth part is interpolated on a mesh (10 x 10 points around each place) and summed there by
one Fourier transform; the rest is summed directly over the few points within the radius. This is the multilevel
summation of particle physics with one level. Accuracy and choice of the constants: docs/methods/segregation-space.md
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STENCIL = 10  # mesh points per direction that carry one place
RADIUS = 16  # of the direct part, in mesh widths
SMOOTHNESS = 8  # derivatives in which smooth part and distance agree at the radius
SIDES = (256, 512, 1024, 2048)  # mesh points per direction
CUBE_SIDE = 128
NEAR_PAIR_NS, MESH_POINT_NS = 50.0, 1200.0  # what a near pair and a mesh point cost, for choosing the mesh
POINTS_AT_ONCE = 20_000


@dataclass(frozen=True)
class DistanceSums:
    """Sums over all pairs of some points.

    points  (points, 2) metres, not all in one place
    side    mesh points along the longer side; None weighs mesh against near pairs
    """

    points: Floats
    side: int | None = None

    def power(self, p: int, columns: Floats) -> Floats:
        """Sum over i of |r_i - r_j| ** p * columns[i], (points, columns)."""
        if p in (2, 4):
            return _even_power(self.points - self.points.mean(axis=0), p, columns)
        if p not in (1, 3):
            raise ValueError("p must be 1, 2, 3 or 4")
        if p == 1:
            return np.column_stack([self._on_mesh(column) for column in columns.T]) + self._near(columns)
        return np.column_stack([self._coarse._on_mesh(column, cubed=True) for column in columns.T])

    @cached_property
    def _coarse(self) -> DistanceSums:
        """Cubes are smooth enough for a coarse mesh without direct part: 1e-7 relative."""
        return DistanceSums(self.points, CUBE_SIDE)

    @cached_property
    def _width(self) -> float:
        """Distance of neighbouring mesh points, metres."""
        extent = float(np.ptp(self.points, axis=0).max())
        side = self.side or min(SIDES, key=lambda n: self._cost(extent, n))
        return extent / (side - STENCIL - 2)

    def _cost(self, extent: float, side: int) -> float:
        cell = extent * RADIUS / (side - STENCIL - 2)
        number = _cell_numbers(self.points, cell)[0]
        near = 9 * float((np.bincount(np.unique(number, return_inverse=True)[1]).astype(float) ** 2).sum())
        return near * NEAR_PAIR_NS + side**2 * MESH_POINT_NS

    @cached_property
    def _shape(self) -> tuple[int, int]:
        nx, ny = (int(np.floor(e / self._width)) + STENCIL + 2 for e in np.ptp(self.points, axis=0))
        return nx, ny

    @cached_property
    def _stencils(self) -> tuple[NDArray[np.int64], Floats, Floats]:
        """First mesh point of each place's stencil, (points,), and its weights along x and y, (points, STENCIL)."""
        place = (self.points - self.points.min(axis=0)) / self._width
        whole = np.floor(place).astype(np.int64)
        inside = place - whole + (STENCIL // 2 - 1)
        return whole[:, 0] * self._shape[1] + whole[:, 1], _lagrange(inside[:, 0]), _lagrange(inside[:, 1])

    @cached_property
    def _sizes(self) -> tuple[int, int]:
        """Of the transforms: twice the mesh, so that nothing wraps around, and quick to transform."""
        nx, ny = (_quick(2 * n) for n in self._shape)
        return nx, ny

    @cached_property
    def _squared(self) -> Floats:
        """Squared distance of every mesh point from the first, in mesh widths."""
        along_x, along_y = (
            np.minimum(np.arange(n), n - np.arange(n)).astype(np.float64) for n in self._sizes
        )
        return along_x[:, None] ** 2 + along_y[None, :] ** 2

    @cached_property
    def _smooth_kernel(self) -> NDArray[np.complex128]:
        squared = self._squared
        distance = np.sqrt(squared)
        near = squared < RADIUS**2
        distance[near] = RADIUS * _rounded_off(squared[near] / RADIUS**2)
        return np.fft.rfft2(distance * self._width)

    @cached_property
    def _cubic_kernel(self) -> NDArray[np.complex128]:
        return np.fft.rfft2((np.sqrt(self._squared) * self._width) ** 3)

    def _on_mesh(self, column: Floats, *, cubed: bool = False) -> Floats:
        first, along_x, along_y = self._stencils
        nx, ny = self._shape
        offsets = (np.arange(STENCIL)[:, None] * ny + np.arange(STENCIL)).ravel()
        mesh = np.zeros(nx * ny)
        for part in _slices(len(first)):
            weights = (along_x[part, :, None] * along_y[part, None, :]).reshape(-1, STENCIL**2)
            weights *= column[part, None]
            mesh += np.bincount((first[part, None] + offsets).ravel(), weights.ravel(), minlength=nx * ny)
        spread = np.fft.rfft2(mesh.reshape(nx, ny), s=self._sizes)
        spread *= self._cubic_kernel if cubed else self._smooth_kernel
        potential = np.fft.irfft2(spread, s=self._sizes)[:nx, :ny].ravel()
        out = np.empty(len(first))
        for part in _slices(len(first)):
            around = potential[first[part, None] + offsets].reshape(-1, STENCIL, STENCIL)
            out[part] = np.einsum("ia,iab,ib->i", along_x[part], around, along_y[part], optimize=True)
        return out

    def _near(self, columns: Floats) -> Floats:
        """Distance minus its smooth part, over the pairs within the radius (a point with itself too)."""
        radius = self._width * RADIUS
        out = np.empty(columns.shape)
        for here, around in _cells(self.points, radius):
            squared = np.subtract.outer(self.points[here, 0], self.points[around, 0])
            squared *= squared
            across = np.subtract.outer(self.points[here, 1], self.points[around, 1])
            across *= across
            squared += across
            squared /= radius**2
            # Outside the radius both parts are the distance itself: 1 - 1 = 0.
            np.minimum(squared, 1.0, out=squared)
            rest = np.sqrt(squared)
            rest -= _rounded_off(squared)
            out[here] = radius * (rest @ columns[around])
        return out


def _quick(size: int) -> int:
    """The next number without prime factors above 5."""
    while True:
        rest = size
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return size
        size += 1


def _rounded_off(squared: Floats) -> Floats:
    """A polynomial in the squared distance, equal to the distance at 1 with its first derivatives (Taylor there)."""
    coefficients = [1.0]
    for m in range(1, SMOOTHNESS + 1):
        coefficients.append(coefficients[-1] * (1.5 - m) / m)
    z = squared - 1
    out = np.full(z.shape, coefficients[-1])
    for coefficient in reversed(coefficients[:-1]):
        out *= z
        out += coefficient
    return out


def _lagrange(place: Floats) -> Floats:
    """Weights of the mesh points 0 ... STENCIL - 1 for polynomial interpolation at each place."""
    weights = np.ones((len(place), STENCIL))
    for a in range(STENCIL):
        for b in range(STENCIL):
            if a != b:
                weights[:, a] *= (place - b) / (a - b)
    return weights


def _even_power(r: Floats, p: int, columns: Floats) -> Floats:
    """|r_i - r_j|^2 = A_i + A_j - 2 r_i r_j, multiplied out, so that only moments of the columns are left."""
    x, y = r[:, :1], r[:, 1:]
    a = x**2 + y**2

    def moment(weight: Floats) -> Floats:
        return (weight * columns).sum(axis=0)

    m, ma, mx, my = columns.sum(axis=0), moment(a), moment(x), moment(y)
    if p == 2:
        return ma + a * m - 2 * (x * mx + y * my)
    squares = x**2 * moment(x**2) + 2 * x * y * moment(x * y) + y**2 * moment(y**2)
    mixed = (x * moment(a * x) + y * moment(a * y)) + a * (x * mx + y * my)
    return moment(a**2) + a**2 * m + 2 * a * ma + 4 * squares - 4 * mixed


def _cell_numbers(points: Floats, width: float) -> tuple[NDArray[np.int64], int]:
    """Cell of each point in a grid of squares, and the cells per column of that grid (with an empty rim)."""
    cell = np.floor((points - points.min(axis=0)) / width).astype(np.int64) + 1
    per_column = int(cell[:, 1].max()) + 2
    return cell[:, 0] * per_column + cell[:, 1], per_column


def _cells(points: Floats, width: float) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """The points of each occupied cell, and those of the nine cells around it."""
    number, per_column = _cell_numbers(points, width)
    order = np.argsort(number, kind="stable")
    ordered = number[order]
    for cell in np.unique(ordered):
        here = order[slice(*np.searchsorted(ordered, [cell, cell + 1]))]
        around = np.concatenate(
            [
                order[slice(*np.searchsorted(ordered, [cell + step - 1, cell + step + 2]))]
                for step in (-per_column, 0, per_column)
            ]
        )
        # A crowded cell in portions: the block of pairs stays within some 50 MB.
        portion = max(1, 1_000_000 // len(around))
        for start in range(0, len(here), portion):
            yield here[start : start + portion], around


def _slices(size: int) -> Iterator[slice]:
    for start in range(0, size, POINTS_AT_ONCE):
        yield slice(start, start + POINTS_AT_ONCE)
