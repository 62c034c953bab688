"""Institutions as Mesa agents: each holds an index into columns and makes the decisions."""
