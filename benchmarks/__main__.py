"""`make bench`: every measure, as ratios against a named alternative in the same run."""

from benchmarks import filling, growth, latency, live, marking, merging, reading, scoring, years

for measure in (latency.main, reading.main, marking.main, merging.main, growth.main, scoring.main, filling.main, live.main, years.main):
    measure()
    print()
