"""What `scripts/score` measures: one module a group of measures, `bench` runs program and scorers.

A module's `measures(bench)` yields (name of the measure, figure). Predictions hold what the program printed
and nothing else: no module corrects, completes or filters by looking at the gold, except where its doc says so.
"""
