"""Stores results and shows them.

Reads stored results only: every run leaves its own description of measures, mechanisms and parameters beside
its records, so nothing here needs the model.
"""
