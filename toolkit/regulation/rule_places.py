"""Where each rule stands in the program and which tests hold it, as the program and its tests say themselves.

`python -m docs.catalogue` writes `rule_places.toml`; a test holds it equal to what is generated.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class RulePlaces:
    """implemented_in: `module:name` of functions, classes and declarations; tested_by: ids of tests as pytest writes them."""

    implemented_in: tuple[str, ...] = ()
    tested_by: tuple[str, ...] = ()


def load() -> Mapping[str, RulePlaces]:
    """Rule id → its places; a rule that stands nowhere yet is absent."""
    table = tomllib.loads(FILE.read_text("utf-8"))
    return {rule: RulePlaces(tuple(row["implemented_in"]), tuple(row["tested_by"])) for rule, row in table.items()}

