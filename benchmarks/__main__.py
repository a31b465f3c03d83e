"""`make bench`: every measure, as ratios against a named alternative in the same run."""

from benchmarks import filling, latency, merging, reading, scoring

for measure in (latency.main, reading.main, merging.main, scoring.main, filling.main):
    measure()
    print()
