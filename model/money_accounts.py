"""The accounts of a place, and one area's money: awards that stand, what is planned, what was spent."""

from __future__ import annotations

from model.agents.partnership import Partnership
from model.areas import Areas
from model.arrangements import Award, Stream
from model.awards import StandingAward
from model.ledger import Ledger, Purpose

STREAMS = (*(stream.value for stream in Stream), "reserves", "none")
"""Names of the streams, in the order of their indices in the ledger."""

FROM_RESERVES, NO_STREAM = len(STREAMS) - 2, len(STREAMS) - 1
OF_LAS = (
    Stream.LA_GENERAL_FUND, Stream.SCHOOLS_BLOCK, Stream.CENTRAL_BLOCK, Stream.HIGH_NEEDS_BLOCK,
)  # fmt: skip
"""Money that an LA or its Schools Forum decides on, in one decision for all partnerships of the LA."""
STREAM_INDEX = {stream: index for index, stream in enumerate(Stream)}


class PlaceAccounts:
    """Who is paid and who pays, as accounts in the ledger.

    Parameters
    ----------
    ledger : Ledger
        Where accounts are opened.
    la_names : tuple of str
        Names of the LAs.
    areas : Areas
        The ground of each partnership.

    Attributes
    ----------
    staff, pensions, revenue, premises, suppliers, outside, before, redundancy_service : int
        Those that all LAs have in common; ``before`` is what was held before the first term.
    reserves, supporting : list of int
        One an area: the partnership's reserves; supporting schools.
    schools : list of int
        One a unit (LA within an area).
    other : list of int
        One an LA: other council services.
    streams : dict of int to Stream
        The stream that each funder's account pays from.
    """

    def __init__(self, ledger: Ledger, la_names: tuple[str, ...], areas: Areas) -> None:
        self._ledger, self._la_names, self._areas = ledger, la_names, areas
        self.staff, self.pensions = ledger.account("staff"), ledger.account("pension funds")
        self.revenue = ledger.account("HM Revenue and Customs")
        self.premises = ledger.account("premises and systems")
        self.suppliers = ledger.account("programme suppliers")
        self.outside = ledger.account("outside the place")
        self.before = ledger.account("held before the first term")
        self.redundancy_service = ledger.account("Redundancy Payments Service")
        self.reserves = [ledger.account(f"partnership, {area}", limited=True) for area in areas.names]
        self.schools = [ledger.account(f"schools, {unit}") for unit in areas.unit_names]
        self.supporting = [ledger.account(f"supporting schools, {area}") for area in areas.names]
        self.other = [ledger.account(f"other council services, {la}") for la in la_names]
        self.streams: dict[int, Stream] = {}

    def payer(self, stream: Stream, la: int) -> int:
        """Account of the fund that pays a stream in an LA.

        Parameters
        ----------
        stream : Stream
            As ``LA general fund``.
        la : int
            Index of the LA.

        Returns
        -------
        int
            Account.
        """
        account = self._ledger.account(f"{stream.value}, {self._la_names[la]}", funder=True)
        self.streams[account] = stream
        return account

    def join(self, into: int) -> None:
        """Open accounts for a partnership that others have joined, under its new name.

        Parameters
        ----------
        into : int
            Index of its area.
        """
        name = self._areas.names[into]
        self.reserves[into] = self._ledger.account(f"partnership, {name}", limited=True)
        self.supporting[into] = self._ledger.account(f"supporting schools, {name}")

    def purse(self, award: Award, unit: int) -> int:
        """Account in which a partnership holds an award until it is spent.

        Parameters
        ----------
        award : Award
            Known by its name.
        unit : int
            Index of the LA within an area: a partnership holds what each of its LAs pays apart.

        Returns
        -------
        int
            Account; never below zero.
        """
        area, _ = self._areas.units[unit]
        of_unit = f", {self._areas.unit_names[unit]}" if self._areas.spans(area) else ""
        name = f"partnership, {self._areas.names[area]}: {award.name}{of_unit}"
        return self._ledger.account(name, limited=True)

    def stand(self, award: Award, unit: int, start: int) -> StandingAward:
        """Let an award begin.

        Parameters
        ----------
        award : Award
            Its terms.
        unit : int
            Index of the LA within an area.
        start : int
            First term.

        Returns
        -------
        StandingAward
            With its accounts.
        """
        area, la = self._areas.units[unit]
        return StandingAward(
            award,
            (unit, area, la),
            start,
            luck=la if award.stream in OF_LAS else self._areas.unit_block[unit],
            payer=self.payer(award.stream, la),
            purse=self.purse(award, unit),
            stream=STREAM_INDEX[award.stream],
        )


class LocalMoney:
    """The money of one area: its partnership's, where it has one.

    Parameters
    ----------
    area : int
        Index of the area.
    units : tuple of int
        LAs within it.

    Attributes
    ----------
    agent : Partnership or None
        Who holds it; None where awards go to the schools themselves.
    awards : list of StandingAward
        In the order in which posts are charged to them.
    gone : list of StandingAward
        Awards that a scenario has ended; what their payers do with the money is followed.
    planned : dict of int to int
        Pence of each account that posts of this term are to cost; empty once they are paid.
    spent, asked : list of int
        Pence spent on anything, and asked for programmes and supporting schools, in the last terms, the
        present one last.
    owed : list of (int, Purpose, str)
        Bills that could not be paid yet: pence, what for, kind of post.
    to_schools : dict of int to int
        Pence that payers handed to schools this term, by unit.
    time_lost : float
        Share of this term that brokers spend on bids.
    unpaid_dues : int
        Pence due to staff that the Redundancy Payments Service paid, and is owed.
    """

    __slots__ = (
        "agent",
        "area",
        "asked",
        "awards",
        "gone",
        "owed",
        "planned",
        "spent",
        "time_lost",
        "to_schools",
        "units",
        "unpaid_dues",
    )

    def __init__(self, area: int, units: tuple[int, ...]) -> None:
        self.area, self.units = area, units
        self.agent: Partnership | None = None
        self.awards: list[StandingAward] = []
        self.gone: list[StandingAward] = []
        self.planned: dict[int, int] = {}
        self.spent: list[int] = []
        self.asked: list[int] = []
        self.owed: list[tuple[int, Purpose, str]] = []
        self.to_schools: dict[int, int] = {}
        self.time_lost = 0.0
        self.unpaid_dues = 0

    def take_in(self, other: LocalMoney) -> None:
        """Take in the money of a partnership that joins this one, which then has nothing and owes nothing.

        Parameters
        ----------
        other : LocalMoney
            Of its area.
        """
        self.units = tuple(sorted((*self.units, *other.units)))
        self.awards += other.awards
        self.gone += other.gone
        self.owed += other.owed
        self.spent, self.asked = _summed(self.spent, other.spent), _summed(self.asked, other.asked)
        self.unpaid_dues += other.unpaid_dues
        if self.agent is None:
            self.agent = other.agent
        elif other.agent is not None:
            other.agent.remove()
        self.planned, other.planned = {}, {}
        other.agent, other.units, other.unpaid_dues = None, (), 0
        other.awards, other.gone, other.owed, other.spent, other.asked = [], [], [], [], []


def _summed(first: list[int], second: list[int]) -> list[int]:
    """Sum of what was spent in the last terms, the present one last."""
    longest = max(len(first), len(second))
    return [
        sum(each)
        for each in zip(*([0] * (longest - len(terms)) + terms for terms in (first, second)), strict=True)
    ]
