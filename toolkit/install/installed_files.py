"""What an installation brought along, by the records that pip keeps of it."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterable
from pathlib import Path


def lacking(distributions: Iterable[str]) -> list[str]:
    """Files of these packages and of all that they need that are gone. What lies outside the packages' folder, as pip's small
    starters do, and what Python writes itself does not count."""
    return [str(file) for name in closure(distributions) for file in importlib.metadata.files(name) or ()
            if file.parts[0] != ".." and file.suffix != ".pyc" and not Path(str(file.locate())).exists()]


def closure(distributions: Iterable[str]) -> list[str]:
    """Packages with all that they need in turn, as far as installed."""
    waiting, found = list(distributions), {}
    while waiting:
        name = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in found:
            continue
        try:
            waiting += map(distribution_of, required(importlib.metadata.requires(name) or []))
        except importlib.metadata.PackageNotFoundError:
            continue
        found[key] = name
    return list(found.values())


def required(needed: Iterable[str]) -> list[str]:
    """The requirements of a plain installation: without those of an extra."""
    return [line for line in needed if "extra ==" not in line.partition(";")[2]]


def distribution_of(requirement: str) -> str:
    """The name at the beginning of a requirement."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    return found[0] if found else requirement
