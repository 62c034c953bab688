"""What presses on pupils, tests, staff and families: one row a school, as institutions left it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.place import Bools, Floats


@dataclass(kw_only=True, eq=False)
class Pressure:
    """Columns over schools; zero everywhere in a world without institutions.

    Attributes
    ----------
    inflation_ks2, inflation_ks4 : (n_schools,) float64
        Rise of test scores without learning since year 0, pupil SD.
    off_roll : (n_schools,) float64
        Chance a year that one of the lowest attainers of Years 10 and 11 is moved off the roll, 0 to 1.
    head_leave : (n_schools,) float64
        Added to the log odds that the headteacher leaves in the year.
    teacher_leave : (n_schools,) float64
        Added to the log odds that a teacher leaves in the year.
    pull : (n_schools,) float64
        Added to a family's log odds of choosing the school.
    head_field : (n_schools,) float64
        Mean quality of those who apply for the headship, SD between heads.
    """

    inflation_ks2: Floats
    inflation_ks4: Floats
    off_roll: Floats
    head_leave: Floats
    teacher_leave: Floats
    pull: Floats
    head_field: Floats


def no_pressure(n_schools: int) -> Pressure:
    """Give the world where nothing presses.

    Parameters
    ----------
    n_schools : int
        Number of schools.

    Returns
    -------
    Pressure
        Zeros, one array for all columns.
    """
    zeros = np.zeros(n_schools)
    return Pressure(
        inflation_ks2=zeros,
        inflation_ks4=zeros,
        off_roll=zeros,
        head_leave=zeros,
        teacher_leave=zeros,
        pull=zeros,
        head_field=zeros,
    )


def any_of(column: Floats) -> bool:
    """Whether a column presses anywhere.

    Parameters
    ----------
    column : (n_schools,) float64
        A column of ``Pressure``.

    Returns
    -------
    bool
        False where every row is 0: then nothing need be done.
    """
    presses: Bools = column != 0.0
    return bool(presses.any())


def pressed(chance: Floats, log_odds: Floats) -> Floats:
    """Give a chance under pressure.

    Parameters
    ----------
    chance : (n_schools,) float64
        Without it, 0 to 1.
    log_odds : (n_schools,) float64
        Added to its log odds.

    Returns
    -------
    (n_schools,) float64
        ``chance`` itself, to the bit, where nothing is added; 0 and 1 stay what they are.
    """
    odds = np.exp(log_odds)
    return np.where(log_odds == 0.0, chance, chance * odds / (1.0 - chance + chance * odds))
