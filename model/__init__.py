"""The ground floor: who exists, what happens each term, and what is measured.

Knows no YAML, no files and no charts. It owns the types of its inputs (``Place``, ``Levers``,
``Parameters``) and of its record.
"""
