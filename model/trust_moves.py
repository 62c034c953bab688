"""Schools move between governors: conversion, orders, transfer, merger of trusts, founding, closure."""

from __future__ import annotations

from dataclasses import dataclass

from model.events import Event
from model.national_tier import National
from model.place import Bools
from model.randomness import Chance
from model.trust_parameters import TrustParameters
from model.trusts import Trusts


@dataclass(frozen=True, kw_only=True, eq=False)
class Seen:
    """What is known at the end of a year.

    Attributes
    ----------
    concern, stuck : (n_schools,) bool
        In a category of concern; below good twice.
    partnership : (n_la,) bool
        Whether the LA has a partnership.
    """

    concern: Bools
    stuck: Bools
    partnership: Bools


class TrustMoves:
    """Moves of a year; assigns new ``facts.trust``, ``facts.maintained``, ``facts.orphan``.

    Parameters
    ----------
    trusts : Trusts
        Trusts and their schools.
    p : TrustParameters
        One draw.
    chance : Chance
        One replicate's.
    orders : bool
        Switch ``orders``: False leaves every school where it is.
    """

    events: list[Event]
    moved: Bools  # (n_schools,) at the last year end
    closing: Bools  # (n_schools,)

    def __init__(self, trusts: Trusts, p: TrustParameters, chance: Chance, *, orders: bool) -> None:
        raise NotImplementedError

    def year_end(self, term: int, national: National | None, seen: Seen) -> None:
        """Run the moves of a year, in its summer term."""
        raise NotImplementedError
