"""Every parameter of the model: one frozen group a mechanism, each declared once with its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace

from model.body_parameters import BodyParameters
from model.brokerage_parameters import BrokerageParameters
from model.declaration import EFFECT, Declaration, declarations
from model.funding_parameters import FundingParameters
from model.inspection_parameters import InspectionParameters
from model.membership_parameters import MembershipParameters
from model.post_parameters import PostParameters
from model.pressure_parameters import PressureParameters
from model.pupil_parameters import (
    AttendanceParameters,
    LearningParameters,
    MeasurementParameters,
    ProgrammeParameters,
)
from model.rise_parameters import RiseParameters
from model.school_parameters import (
    ChoiceParameters,
    PracticeParameters,
    RollParameters,
    SchoolEffectParameters,
    WorkforceParameters,
)
from model.sharing_parameters import SharingParameters
from model.support_parameters import SupportParameters
from model.tie_parameters import TieParameters
from model.trust_parameters import TrustParameters

__all__ = [
    "DECLARED",
    "AttendanceParameters",
    "BodyParameters",
    "BrokerageParameters",
    "ChoiceParameters",
    "FundingParameters",
    "InspectionParameters",
    "LearningParameters",
    "MeasurementParameters",
    "MembershipParameters",
    "Parameters",
    "PostParameters",
    "PracticeParameters",
    "PressureParameters",
    "ProgrammeParameters",
    "RiseParameters",
    "RollParameters",
    "SchoolEffectParameters",
    "SharingParameters",
    "SupportParameters",
    "TieParameters",
    "TrustParameters",
    "WorkforceParameters",
    "with_effects",
]


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """All groups together: one draw of everything that is uncertain but not random."""

    learning: LearningParameters = field(default_factory=LearningParameters)
    schools: SchoolEffectParameters = field(default_factory=SchoolEffectParameters)
    practice: PracticeParameters = field(default_factory=PracticeParameters)
    workforce: WorkforceParameters = field(default_factory=WorkforceParameters)
    attendance: AttendanceParameters = field(default_factory=AttendanceParameters)
    choice: ChoiceParameters = field(default_factory=ChoiceParameters)
    rolls: RollParameters = field(default_factory=RollParameters)
    programmes: ProgrammeParameters = field(default_factory=ProgrammeParameters)
    measurement: MeasurementParameters = field(default_factory=MeasurementParameters)
    funding: FundingParameters = field(default_factory=FundingParameters)
    posts: PostParameters = field(default_factory=PostParameters)
    brokerage: BrokerageParameters = field(default_factory=BrokerageParameters)
    support: SupportParameters = field(default_factory=SupportParameters)
    tie: TieParameters = field(default_factory=TieParameters)
    sharing: SharingParameters = field(default_factory=SharingParameters)
    membership: MembershipParameters = field(default_factory=MembershipParameters)
    inspection: InspectionParameters = field(default_factory=InspectionParameters)
    pressure: PressureParameters = field(default_factory=PressureParameters)
    trust: TrustParameters = field(default_factory=TrustParameters)
    rise: RiseParameters = field(default_factory=RiseParameters)
    body: BodyParameters = field(default_factory=BodyParameters)

    def changed(self, values: dict[str, float]) -> Parameters:
        """Give a copy with some values replaced.

        Parameters
        ----------
        values : dict of str to float
            New values by full name, as ``learning.catch_up``.

        Returns
        -------
        changed : Parameters
            The copy; groups without a change are shared.

        Raises
        ------
        KeyError
            If a name is not declared.
        ValueError
            If a value lies outside its bounds.
        """
        by_group: dict[str, dict[str, float]] = {}
        for name, value in values.items():
            group, _, item = name.partition(".")
            if name not in DECLARED:
                raise KeyError(name)
            by_group.setdefault(group, {})[item] = value
        return replace(self, **{g: replace(getattr(self, g), **changes) for g, changes in by_group.items()})

    def value(self, name: str) -> float:
        """Give one value by its full name.

        Parameters
        ----------
        name : str
            As ``learning.catch_up``.

        Returns
        -------
        float
            In the unit of the declaration.

        Raises
        ------
        AttributeError
            If the name is not declared.
        """
        group, _, item = name.partition(".")
        return float(getattr(getattr(self, group), item))


def _all_declarations() -> Iterator[Declaration]:
    for group in fields(Parameters):
        yield from declarations(type(getattr(Parameters(), group.name)), group.name)


DECLARED: dict[str, Declaration] = {item.name: item for item in _all_declarations()}
"""Every declared parameter by full name, in declared order."""


def with_effects(parameters: Parameters, multiplier: float) -> Parameters:
    """Multiply every parameter tagged ``effect``.

    Parameters
    ----------
    parameters : Parameters
        One draw.
    multiplier : float
        0 switches every link from institutions to pupils off; 1 leaves them as they are.

    Returns
    -------
    multiplied : Parameters
        The copy.

    Raises
    ------
    ValueError
        If a product lies outside a declared bound.
    """
    if multiplier == 1.0:
        return parameters
    tagged = [d.name for d in DECLARED.values() if EFFECT in d.tags]
    return parameters.changed({name: multiplier * parameters.value(name) for name in tagged})
