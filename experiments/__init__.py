"""Runs many: run lists, draws, engines, paired comparisons.

The unit of work is a run list: rows of place, scenario, draw and replicate. Grids, samples and CSV files
are ways to write one.
"""
