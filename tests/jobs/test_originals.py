"""归档 keeps every original once, by its content."""

import pytest

from toolkit.jobs import originals
from toolkit.jobs.outputs import Outputs


@pytest.fixture
def keep(tmp_path):
    def kept(*sources):
        with Outputs(tmp_path / "归档") as archive:
            originals.prepare(sources, archive)
            return archive.release()
    return kept


def test_the_same_content_is_kept_once(tmp_path, keep):
    first, again, other = (tmp_path / name for name in ("天山区.xls", "天山区(1).xls", "米东区.xls"))
    first.write_bytes(b"a")
    again.write_bytes(b"a")
    other.write_bytes(b"b")
    kept, = keep(first, again)
    assert keep(first) == keep(again) == []
    assert (kept.read_bytes(), kept.suffix, "天山区" in kept.name) == (b"a", ".xls", True)
    keep(other)
    assert len(list((tmp_path / "归档").iterdir())) == 2


def test_a_damaged_copy_is_replaced_and_long_names_are_cut(tmp_path, keep):
    source = tmp_path / f"{'长' * 70}.xlsx"
    source.write_bytes(b"a")
    kept, = keep(source)
    kept.write_bytes(b"damaged")
    assert keep(source) == [kept] and kept.read_bytes() == b"a" and len(kept.stem) < 80
