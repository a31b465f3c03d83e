"""Applications that are alike found through indexes: each is compared with the kinds of others there are, not with every other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from toolkit.returns.checks.case import Case, occupation, same_occupation

NAMED = 3  # how many others a message names
MarkOf = Callable[[Case], Hashable]


class Others:
    """The titles in a group, told to each member without those of its own mark: itself, the same person, the same unit."""

    def __init__(self, entries: Iterable[tuple[str, Hashable]], counter: str = "件") -> None:
        """entries: (title, mark). counter: the word behind a number of them."""
        marks: dict[str, set[Hashable]] = defaultdict(set)
        for title, mark in entries:
            marks[title].add(mark)
        self._marks, self._titles, self._counter = marks, sorted(marks), counter
        self._only: dict[Hashable, int] = defaultdict(int)  # titles that carry no mark but this one
        for carried in marks.values():
            if len(carried) == 1:
                self._only[next(iter(carried))] += 1
        self._said: dict[Hashable, str] = {}

    def but(self, mark: Hashable) -> str:
        """The others for a member of this mark, the first few by name; `` where there is none."""
        if mark not in self._said:
            count = len(self._titles) - self._only.get(mark, 0)
            first = islice((title for title in self._titles if self._marks[title] != {mark}), NAMED if count else 0)
            self._said[mark] = "、".join(first) + (f"等{count}{self._counter}" if count > NAMED else "")
        return self._said[mark]


def groups(cases: Iterable[Case], key: Callable[[Case], object]) -> Iterator[list[Case]]:
    """Cases that have the key in common, where there are several."""
    found: dict[object, list[Case]] = defaultdict(list)
    for case in cases:
        if value := key(case):
            found[value].append(case)
    return (group for group in found.values() if len(group) > 1)


def of_like_occupation(group: Sequence[Case], mark: MarkOf) -> Iterator[tuple[Case, Mapping[str, str]]]:
    """Each case of a group with relation (see `same_occupation`) → its others of another mark; those without any are left out."""
    for cases, related in _related(group):
        others = {relation: Others((each.title, mark(each)) for each in alike) for relation, alike in related.items()}
        for case in cases:
            if said := {relation: text for relation, each in others.items() if (text := each.but(mark(case)))}:
                yield case, said


def of_any_relation(group: Sequence[Case], mark: MarkOf) -> Iterator[tuple[Case, str]]:
    """Each case of a group with its others of another mark whose occupation is alike in any way; those without any are left out."""
    for cases, related in _related(group):
        others = Others((each.title, mark(each)) for alike in related.values() for each in alike)
        for case in cases:
            if text := others.but(mark(case)):
                yield case, text


def _related(group: Sequence[Case]) -> Iterator[tuple[list[Case], Mapping[str, list[Case]]]]:
    """The cases that write their occupation in one way, with relation → the cases alike so, themselves included."""
    kinds: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in group:
        kinds[case["职业(工种)"] or "", case["职业编码"] or ""].append(case)
    neighbours = _neighbours(kinds)
    for kind, cases in kinds.items():
        related: dict[str, list[Case]] = defaultdict(list)
        for other in neighbours[kind]:
            if relation := same_occupation(cases[0].record.values, kinds[other][0].record.values):
                related[relation] += kinds[other]
        yield cases, related


def _neighbours(kinds: Iterable[tuple[str, str]]) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """For each way an occupation is written (text, code) those with the same name or the same code: no other can be alike."""
    kinds = list(kinds)
    index: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for text, code in kinds:
        index["name", occupation(text)[0]].add((text, code))
        if code:
            index["code", code].add((text, code))
    return {(text, code): index["name", occupation(text)[0]] | (index["code", code] if code else set()) for text, code in kinds}
