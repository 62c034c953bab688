"""One draw: from evidence and posterior to a full set of parameters, the same in every scenario."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Protocol

from experiments.runlist import CENTRAL_DRAW
from model.declaration import CALIBRATED, EFFECT, Declaration
from model.levers import Levers
from model.parameters import DECLARED, Parameters, with_effects
from model.randomness import draw_quantile
from scenarios.errors import BadInput
from scenarios.evidence import Evidence, admits, value
from scenarios.posterior import Fitted
from scenarios.quantiles import normal


class Scenario(Protocol):
    """What a draw needs of a scenario."""

    @property
    def name(self) -> str:
        """Short name."""

    @property
    def parameter_changes(self) -> Mapping[str, float]:
        """New parameter values by full name."""

    def levers(self, quantile: Callable[[str], float]) -> Levers:
        """Give the levers, with effects and costs read from evidence rows.

        Parameters
        ----------
        quantile : Callable
            Value of an evidence row in the draw, by id.

        Returns
        -------
        model.levers.Levers
            What the scenario does.
        """


_quantile = lru_cache(maxsize=8192)(draw_quantile)
"""The scenarios of a draw read the same rows: each is drawn once."""


@dataclass(frozen=True, kw_only=True)
class Sampler:
    """Everything that turns a draw's number into parameters and levers.

    Attributes
    ----------
    seed : int
        The run's seed.
    evidence : Mapping of str to Evidence
        Rows of the evidence tables in use, by id.
    posterior : Mapping of str to Fitted
        Calibrated values by full parameter name; the declared default stands where there is none.
    effects : float
        Multiplier of every effect, of institutions and of programmes; 0 switches them off.
    level : str
        ``strong``, ``moderate`` or ``all``: effects whose evidence is weaker stand at zero.
    overrides : Mapping of str to float
        Values set by the user, by full name; they stand whatever else is asked.
    """

    seed: int
    evidence: Mapping[str, Evidence]
    posterior: Mapping[str, Fitted] = field(default_factory=dict)
    effects: float = 1.0
    level: str = "all"
    overrides: Mapping[str, float] = field(default_factory=dict)

    def row_value(self, draw: int, row: str) -> float:
        """Read an evidence row in a draw.

        Parameters
        ----------
        draw : int
            0 = central values.
        row : str
            Evidence row id; what follows an ``@`` keeps apart the draws of those who share a row.

        Returns
        -------
        float
            In the row's unit.
        """
        share = None if draw == CENTRAL_DRAW else _quantile(self.seed, draw, row)
        return value(self.evidence[row.partition("@")[0]], share)

    def parameters(self, draw: int, changes: Mapping[str, float] | None = None) -> Parameters:
        """Give all parameters of a draw.

        Parameters
        ----------
        draw : int
            0 = central values.
        changes : Mapping of str to float, optional
            What a scenario changes, by full name.

        Returns
        -------
        model.parameters.Parameters
            Evidence and posterior first, then the scenario's changes, then the effects multiplier,
            then the user's own values.

        Raises
        ------
        BadInput
            If a value leaves its declared bounds.
        """
        values = {name: self._value(draw, declared) for name, declared in DECLARED.items()}
        values.update(changes or {})
        for name, declared in DECLARED.items():
            if EFFECT in declared.tags and self._too_weak(declared.source):
                values[name] = 0.0
        try:
            return with_effects(Parameters().changed(values), self.effects).changed(dict(self.overrides))
        except ValueError as error:
            where = f"draw {draw}, effects={self.effects:g}"
            raise BadInput("a parameter leaves its bounds", where=where, found=str(error)) from None

    def levers(self, draw: int, scenario: Scenario) -> Levers:
        """Give a scenario's levers, with effects read at the draw's quantiles.

        Parameters
        ----------
        draw : int
            0 = central values.
        scenario : Scenario
            Whose levers.

        Returns
        -------
        Levers
            Effects multiplied by ``effects``.
        """
        return scenario.levers(partial(self.row_value, draw)).with_effects(self.effects)

    def _too_weak(self, source: str) -> bool:
        return source != CALIBRATED and not admits(self.level, self.evidence[source].strength)

    def _value(self, draw: int, declared: Declaration) -> float:
        """Value before any scenario: evidence row, posterior or default, held inside the bounds."""
        if declared.source != CALIBRATED:
            drawn = self.row_value(draw, declared.source)
        elif declared.name not in self.posterior:
            drawn = declared.default
        elif draw == CENTRAL_DRAW:
            drawn = self.posterior[declared.name].value
        else:
            fitted = self.posterior[declared.name]
            share = draw_quantile(self.seed, draw, declared.name)
            drawn = normal(share, fitted.value, fitted.low, fitted.high)
        return min(max(drawn, declared.low), declared.high)
