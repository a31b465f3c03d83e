"""Scoring rubrics as data: what is asked, how points are given, which grade they make.

One description of an item gives both the points (`Rubric.score`) and the live worksheet formula (`Rubric.formulas`).
`load()` reads 附件2 out of the regulation's own data; `load(path)` another rubric, or an edited copy of the regulation.
"""

from toolkit.regulation.rubric.loading import load, of, read
from toolkit.regulation.rubric.rubric import Rubric
from toolkit.regulation.rubric.structure import Score, State

__all__ = ["Rubric", "Score", "State", "load", "of", "read"]
