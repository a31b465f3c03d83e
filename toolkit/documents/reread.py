"""Reading a document again that people edited: which value now stands for each field of its kind, and where.

The template, filled with marked values, tells what stands around each value. Passages whose words are unchanged are read exactly,
those that were reworded by the words next to the values; lists by the headers of their columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.documents.declared import DocumentKind, Field, FieldGroup, Rows
from toolkit.documents.docx_package import MAIN_PART
from toolkit.documents.kinds import sample
from toolkit.documents.marked_values import TextPiece, marked, pieces, squeezed
from toolkit.documents.package_texts import parsed
from toolkit.documents.passages import Passage, passages
from toolkit.documents.render import filled_text
from toolkit.documents.settle import style_ids
from toolkit.documents.template_check import declared_paths
from toolkit.documents.text_patterns import ALIKE, TextPattern, cell_values, pattern_of

_SIGNED = re.compile(r"[局府会委办](\d{4}年\d{1,2}月\d{1,2}日)$")
_HEADERS_KEPT = 0.6  # 空着的列会被略去，认得出六成的列名就是这张名单


@dataclass(frozen=True)
class FoundValue:
    """What stands in a document for a field. path: from the top, a list's own for how many it has; `passage`: where.

    loose: the words around it were changed, so that some of them may have come along.
    """

    path: str
    text: str
    passage: Passage
    loose: bool = False


@dataclass(frozen=True)
class FoundRow:
    """A row of a list. lists: the lists it can be of (two lists of a form may share their headers); values: field → what stands there."""

    lists: tuple[str, ...]
    values: Mapping[str, FoundValue]


@dataclass(frozen=True)
class _ListShape:
    """A list as a table: header → what its cells say; the lists that are printed so."""

    cells: Mapping[str, tuple[TextPiece, ...]]
    lists: tuple[str, ...]
    table: int


@dataclass(frozen=True)
class Shape:
    """What documents of a kind look like: patterns of passages, the most telling first, lists, the words of cells that begin other
    rows, and which patterns (as `shown`) every such document has: not those under a condition."""

    kind: DocumentKind
    declared: Mapping[str, Field]
    patterns: tuple[TextPattern, ...]
    lists: tuple[_ListShape, ...]
    fixed: frozenset[str]
    certain: frozenset[str]

    @property
    def list_groups(self) -> list[tuple[str, ...]]:
        """The lists that documents print, those of one table together."""
        return [each.lists for each in self.lists]


@dataclass
class Reread:
    """A document as read again. `lost`: patterns of the template of which nothing was found; `unread`: passages that hold no known value."""

    shape: Shape
    values: list[FoundValue] = field(default_factory=list)
    rows: list[FoundRow] = field(default_factory=list)
    lost: list[TextPattern] = field(default_factory=list)
    unread: list[Passage] = field(default_factory=list)

    @property
    def kind(self) -> DocumentKind:
        """The kind it was read as."""
        return self.shape.kind

    @property
    def sure(self) -> float:
        """How much of what such documents say was found, 0 to 1."""
        return self.known / max(self.known + sum(len(each.words) for each in self.lost), 1)

    @property
    def known(self) -> int:
        """How many characters of what such documents say were found."""
        whole = sum(len(each.words) for each in self.shape.patterns if each.shown in self.shape.certain)
        return whole - sum(len(each.words) for each in self.lost)

    def value(self, path: str) -> str:
        """The first text found for a field, "" where there is none."""
        return next((found.text for found in self.values if found.path == path), "")

    @property
    def dated(self) -> str:
        """The day of the document, where issuer and day stand in one line too."""
        lines = (_SIGNED.search(squeezed(each.text)) for each in self.unread)
        return self.value("发文.日期") or next((line[1] for line in lines if line), "")

    def rows_of(self, path: str) -> list[FoundRow]:
        """The rows of one list."""
        return [row for row in self.rows if path in row.lists]


def shape_of(kind: DocumentKind, template: Path | None = None, context: Mapping | None = None) -> Shape:
    """The shape of a kind, from its template (None: the one that ships), filled with the invented sample and with `context`.

    UserError where the template cannot be used.
    """
    declared = declared_paths(kind)
    patterns: dict[TextPattern, None] = {}
    lists: list[_ListShape] = []
    fixed: set[str] = set()
    certain: list[set[str]] = []
    for filled in (sample(kind), context or _spare(kind.fields, sample(kind))):
        root, styles = filled_text(kind.name, marked(kind.fields, filled), template)
        found = passages(root, styles)
        own = list(_list_shapes(found, declared))
        lists += own
        listed = {(each.table, each.row) for each in found if each.table and _list_of(pieces(each.text), declared)}
        fixed |= {squeezed(each.text) for each in found if each.column == 1 and not any(piece.path for piece in pieces(each.text))
                  and (each.table, each.row) not in listed}
        own_patterns = dict.fromkeys(_general(pattern_of(each)) for each in found if (each.table, each.row) not in listed or not each.table)
        certain.append({each.shown for each in own_patterns})
        patterns |= own_patterns
    alone = Counter(each.style for each in patterns if not each.in_table)
    looks = Counter((each.shown, each.style, each.label, each.in_table) for each in patterns)
    telling = [each for each in patterns if any(piece.path for piece in each.pieces) and each.telling(alone[each.style] == 1)
               and looks[each.shown, each.style, each.label, each.in_table] == 1]
    return Shape(kind, declared, tuple(sorted(telling, key=lambda each: -len(each.words))), tuple(_merged(lists)),
                 frozenset(fixed - {""}), frozenset(certain[1] if context else certain[0] & certain[1]))


def _spare(fields: Iterable[Field], context: Mapping) -> dict:
    """A context with nothing in it that may be left out."""
    spare: dict = {}
    for each in fields:
        value = context[each.key]
        if isinstance(each, FieldGroup):
            spare[each.key] = _spare(each.fields, value)
        elif isinstance(each, Rows):
            spare[each.key] = [_spare(each.fields, row) for row in value] if each.required else []
        else:
            spare[each.key] = value if each.required else ""
    return spare


def reread(members: Mapping[str, bytes], shape: Shape) -> Reread:
    """An unpacked document read by the shape of its kind. lxml.etree.XMLSyntaxError where it is broken."""
    seen = passages(parsed(members[MAIN_PART]), style_ids(members["word/styles.xml"]))
    result = Reread(shape)
    in_lists = set()
    for rows, used in _lists(seen, shape):
        result.rows += rows
        in_lists |= used
    rest = [each for each in seen if (each.table, each.row) not in in_lists or not each.table]
    left, used_patterns = [], set()
    for passage in rest:
        hit = next(((pattern, values) for pattern in shape.patterns if (values := pattern.fits(passage)) is not None), None)
        if hit is None:
            left.append(passage)
        else:
            used_patterns.add(hit[0].shown)
            _note(result, hit[0], passage, hit[1])
    _reworded(result, [each for each in shape.patterns if each.shown not in used_patterns], left)
    result.unread = left
    return result


def _reworded(result: Reread, patterns: Iterable[TextPattern], left: list[Passage]) -> None:
    """What the passages say that people reworded; each serves one pattern."""
    for pattern in patterns:
        best = max(left, key=pattern.likeness, default=None)
        if best is not None and pattern.likeness(best) >= ALIKE:
            left.remove(best)
            _note(result, pattern, best, pattern.found_in(best), loose=True)
        elif pattern.wordy and pattern.shown in result.shape.certain:
            result.lost.append(pattern)


def _note(result: Reread, pattern: TextPattern, passage: Passage, values: Sequence[str | None], loose: bool = False) -> None:
    declared = result.shape.declared
    found = [FoundValue(piece.path, value, passage, loose)
             for piece, value in zip((piece for piece in pattern.pieces if piece.path), values, strict=True) if value is not None]
    of_list = _list_of(pattern.pieces, declared)
    if of_list:
        result.rows.append(FoundRow((of_list,), {each.path.removeprefix(f"{of_list}."): each for each in found
                                                 if each.path.startswith(f"{of_list}.")}))
    result.values += [each for each in found if not of_list or not each.path.startswith(f"{of_list}.")]


def _general(pattern: TextPattern) -> TextPattern:
    """The pattern without the values it was made from, so that the rows of a list give one."""
    return TextPattern(tuple(TextPiece("" if piece.path else piece.text, piece.path) for piece in pattern.pieces),
                       pattern.style, pattern.label, pattern.in_table)


# ---- 名单 ----

def _list_of(parts: Iterable[TextPiece], declared: Mapping[str, Field]) -> str:
    """The innermost list that fields of a text are of; "" for none."""
    lists = [path for piece in parts if piece.path for path in _parents(piece.path) if isinstance(declared.get(path), Rows)]
    return max(lists, key=len, default="")


def _parents(path: str) -> Iterator[str]:
    keys = path.split(".")
    yield from (".".join(keys[:length]) for length in range(1, len(keys)))


def _by_row(found: Iterable[Passage]) -> dict[tuple[int, int], dict[int, Passage]]:
    rows: dict[tuple[int, int], dict[int, Passage]] = {}
    for each in found:
        if each.table:
            rows.setdefault((each.table, each.row), {})[each.column] = each
    return rows


def _list_shapes(found: Sequence[Passage], declared: Mapping[str, Field]) -> Iterator[_ListShape]:
    """The lists of a marked text: a row of headers, and rows with values of one list under it."""
    headers: dict[int, str] = {}
    for (number, _), cells in _by_row(found).items():
        parts = {column: pieces(cell.text) for column, cell in cells.items()}
        if not any(piece.path for each in parts.values() for piece in each):
            headers = {column: squeezed(cell.text) for column, cell in cells.items()}
            continue
        of_list = max((_list_of(each, declared) for each in parts.values()), key=len)
        if of_list and len(headers) > 1:
            valued = {headers[column]: tuple(TextPiece("" if piece.path else piece.text, piece.path) for piece in each)
                      for column, each in parts.items() if column in headers and any(piece.path for piece in each)}
            yield _ListShape(valued, (of_list,), number)


def _merged(shapes: Iterable[_ListShape]) -> list[_ListShape]:
    """One shape for the rows of a list, and for lists of one table."""
    kept: list[_ListShape] = []
    for shape in shapes:
        same = next((place for place, each in enumerate(kept) if set(shape.lists) & set(each.lists)
                     or (each.table == shape.table and set(each.cells) & set(shape.cells))), None)
        if same is None:
            kept.append(shape)
        else:
            lists = tuple(dict.fromkeys((*kept[same].lists, *shape.lists)))
            kept[same] = _ListShape({**shape.cells, **kept[same].cells}, lists, kept[same].table)
    return kept


def _lists(seen: Sequence[Passage], shape: Shape) -> Iterator[tuple[list[FoundRow], set[tuple[int, int]]]]:
    """The rows of each list found in a document, and which rows of tables they take."""
    current: tuple[_ListShape, dict[int, str]] | None = None
    rows: list[FoundRow] = []
    used: set[tuple[int, int]] = set()
    table = 0
    for (number, row), cells in _by_row(seen).items():
        if number != table:
            current, table = None, number
        begun = _headed(cells, shape.lists, number)
        if begun is not None:
            current = begun
            used.add((number, row))
        elif current is not None and squeezed(cells[min(cells)].text) in shape.fixed:
            continue  # 小计一类的行不是名单的一行，名单在它下面继续
        elif current is not None and (read := _row(cells, *current)) is not None:
            rows.append(read)
            used.add((number, row))
        else:
            current = None
    yield rows, used


def _headed(cells: Mapping[int, Passage], lists: Iterable[_ListShape], table: int) -> tuple[_ListShape, dict[int, str]] | None:
    """The list whose headers a row has, with the column of each; of several that whose table stands where this one does."""
    texts = {column: squeezed(cell.text) for column, cell in cells.items()}
    hits = [(each, {column: text for column, text in texts.items() if text in each.cells}) for each in lists]
    likely = [hit for hit in hits if len(hit[1]) > 1 and len(hit[1]) >= _HEADERS_KEPT * len(hit[0].cells)]
    return max(likely, key=lambda hit: (len(hit[1]) / len(hit[0].cells), hit[0].table == table), default=None)


def _row(cells: Mapping[int, Passage], shape: _ListShape, columns: Mapping[int, str]) -> FoundRow | None:
    """One row of a list; None where its cells are no such row. The first cell may be joined to the one above."""
    if max(cells) != max(columns) or not {*columns} - {min(columns)} <= {*cells}:
        return None
    values: dict[str, FoundValue] = {}
    for column, header in columns.items():
        if column not in cells:
            continue
        parts = shape.cells[header]
        read = cell_values(parts, cells[column].text)
        if read is None:
            return None
        paths = [piece.path for piece in parts if piece.path]
        values |= {path.rpartition(".")[2]: FoundValue(path, text, cells[column]) for path, text in zip(paths, read, strict=False)}
    return FoundRow(shape.lists, values) if values else None
