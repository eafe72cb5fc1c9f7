"""The best way to pair rows with columns when most pairs are out of the question.

Second half of the content pass: sparse maximum-weight matching by shortest augmenting paths. A
row may stay without a partner, so only pairs with a gain above 0 are worth giving.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

__all__ = ["STEPS_AN_EDGE", "Assignment", "assign"]

STEPS_AN_EDGE: Final = 60
"""Work limit: heap steps for each pair given, after which the rest is taken greedily. The gold
pairs need 1.4 on average; only rows that all want the same columns come near it."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Row → column, and whether the work limit was reached (then the rest is a greedy choice)."""

    pairs: dict[int, int]
    gave_up: bool = False


@dataclass
class _State:
    edges: dict[int, list[tuple[int, int]]]
    row_price: dict[int, int] = field(default_factory=dict)
    column_price: dict[int, int] = field(default_factory=dict)
    row_of: dict[int, int] = field(default_factory=dict)
    column_of: dict[int, int] = field(default_factory=dict)
    steps: int = 0


def assign(gains: Iterable[tuple[int, int, int]]) -> Assignment:
    """The matching with the largest total gain.

    `gains` holds (row, column, gain) with whole positive gains, each pair once. The answer does
    not depend on their order as long as no two matchings have the same total.

    >>> assign([(0, 0, 9), (0, 1, 8), (1, 0, 7)]).pairs
    {0: 1, 1: 0}
    """
    every = sorted(gains)
    sure = _sure(every)
    taken = set(sure.values())
    edges: dict[int, list[tuple[int, int]]] = {}
    for row, column, gain in every:
        if row not in sure and column not in taken:
            edges.setdefault(row, []).append((column, gain))
    state = _State(edges, column_of=sure, row_of={column: row for row, column in sure.items()})
    limit = STEPS_AN_EDGE * len(every) + 1000
    rows = sorted(edges)
    for done, row in enumerate(rows):
        if state.steps > limit:
            _take_greedily(state, rows[done:])
            return Assignment(dict(sorted(state.column_of.items())), gave_up=True)
        _augment(state, row)
    return Assignment(dict(sorted(state.column_of.items())))


def _sure(every: list[tuple[int, int, int]]) -> dict[int, int]:
    """The pairs that gain more than the best others of their row and of their column together:
    no matching without them can gain as much. In real laws most pairs are."""
    best_of_row: dict[int, int] = {}
    best_of_column: dict[int, int] = {}
    second_of_row: dict[int, int] = {}
    second_of_column: dict[int, int] = {}
    for row, column, gain in every:
        if gain > best_of_row.get(row, 0):
            second_of_row[row] = best_of_row.get(row, 0)
            best_of_row[row] = gain
        elif gain > second_of_row[row]:
            second_of_row[row] = gain
        if gain > best_of_column.get(column, 0):
            second_of_column[column] = best_of_column.get(column, 0)
            best_of_column[column] = gain
        elif gain > second_of_column[column]:
            second_of_column[column] = gain
    return {
        row: column
        for row, column, gain in every
        if gain == best_of_row[row]
        and gain == best_of_column[column]
        and gain > second_of_row[row] + second_of_column[column]
    }


def _augment(state: _State, start: int) -> None:
    """Find the cheapest way to give `start` a column, or to leave one row of the way without."""
    state.row_price[start] = min(
        0, *(-gain - state.column_price.get(column, 0) for column, gain in state.edges[start])
    )
    row_distance = {start: 0}
    distance: dict[int, int] = {}
    came_from: dict[int, int] = {}
    settled: list[int] = []
    heap: list[tuple[int, int, int]] = []  # distance, 0 = leave without / 1 = column, id
    search = _Search(heap, distance, came_from)
    search.open_row(state, start, 0)
    end_row, end_column, total = start, -1, 0
    while heap:
        total, is_column, node = heapq.heappop(heap)
        state.steps += 1
        if not is_column:
            end_row, end_column = node, -1
            break
        if total > distance[node]:
            continue
        if node not in state.row_of:
            end_row, end_column = came_from[node], node
            break
        settled.append(node)
        row = state.row_of[node]
        row_distance[row] = total
        search.open_row(state, row, total)
    for row, at in row_distance.items():
        state.row_price[row] += total - at
    for column in settled:
        state.column_price[column] = state.column_price.get(column, 0) - (total - distance[column])
    _flip(state, start, end_row, end_column, came_from)


@dataclass
class _Search:
    """One search for a column: what is reached, how cheaply, and from which row."""

    heap: list[tuple[int, int, int]]
    distance: dict[int, int]
    came_from: dict[int, int]

    def open_row(self, state: _State, row: int, at: int) -> None:
        """Put everything that this row can reach on the heap."""
        price = state.row_price[row]
        heapq.heappush(self.heap, (at - price, 0, row))
        for column, gain in state.edges[row]:
            if state.column_of.get(row) == column:
                continue
            reach = at - gain - price - state.column_price.get(column, 0)
            if reach < self.distance.get(column, reach + 1):
                self.distance[column] = reach
                self.came_from[column] = row
                heapq.heappush(self.heap, (reach, 1, column))


def _flip(state: _State, start: int, row: int, column: int, came_from: dict[int, int]) -> None:
    while True:
        before = state.column_of.pop(row, None)
        if column >= 0:
            state.column_of[row] = column
            state.row_of[column] = row
        elif before is not None and state.row_of.get(before) == row:
            del state.row_of[before]
        if row == start or before is None:
            return
        column, row = before, came_from[before]


def _take_greedily(state: _State, rows: list[int]) -> None:
    left = sorted((-gain, row, column) for row in rows for column, gain in state.edges[row])
    for _, row, column in left:
        if row not in state.column_of and column not in state.row_of:
            state.column_of[row] = column
            state.row_of[column] = row
