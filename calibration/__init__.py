"""Fitting to targets, and building the tables of published figures."""
