"""The accounts of a place, and one LA's money: awards that stand, what is planned of them, what was spent."""

from __future__ import annotations

from model.agents.partnership import Partnership
from model.arrangements import Award, Stream
from model.awards import StandingAward
from model.ledger import Ledger, Purpose

STREAMS = (*(stream.value for stream in Stream), "reserves", "none")
"""Names of the streams, in the order of their indices in the ledger."""

FROM_RESERVES, NO_STREAM = len(STREAMS) - 2, len(STREAMS) - 1
STREAM_INDEX = {stream: index for index, stream in enumerate(Stream)}


class PlaceAccounts:
    """Who is paid and who pays, as accounts in the ledger.

    Parameters
    ----------
    ledger : Ledger
        Where accounts are opened.
    la_names : tuple of str
        Names of the LAs.

    Attributes
    ----------
    staff, pensions, revenue, premises, suppliers, outside, before, redundancy_service : int
        Those that all LAs have in common; ``before`` is what was held before the first term.
    reserves, schools, supporting, other : list of int
        One an LA: the partnership's reserves; schools; supporting schools; other council services.
    streams : dict of int to Stream
        The stream that each funder's account pays from.
    """

    def __init__(self, ledger: Ledger, la_names: tuple[str, ...]) -> None:
        self._ledger, self._la_names = ledger, la_names
        self.staff, self.pensions = ledger.account("staff"), ledger.account("pension funds")
        self.revenue = ledger.account("HM Revenue and Customs")
        self.premises = ledger.account("premises and systems")
        self.suppliers = ledger.account("programme suppliers")
        self.outside = ledger.account("outside the place")
        self.before = ledger.account("held before the first term")
        self.redundancy_service = ledger.account("Redundancy Payments Service")
        self.reserves = [ledger.account(f"partnership, {la}", limited=True) for la in la_names]
        self.schools = [ledger.account(f"schools, {la}") for la in la_names]
        self.supporting = [ledger.account(f"supporting schools, {la}") for la in la_names]
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

    def purse(self, award: Award, la: int) -> int:
        """Account in which a partnership holds an award until it is spent.

        Parameters
        ----------
        award : Award
            Known by its name.
        la : int
            Index of the LA.

        Returns
        -------
        int
            Account; never below zero.
        """
        return self._ledger.account(f"partnership, {self._la_names[la]}: {award.name}", limited=True)

    def stand(self, award: Award, la: int, start: int) -> StandingAward:
        """Let an award begin.

        Parameters
        ----------
        award : Award
            Its terms.
        la : int
            Index of the LA.
        start : int
            First term.

        Returns
        -------
        StandingAward
            With its accounts.
        """
        return StandingAward(
            award,
            la,
            start,
            payer=self.payer(award.stream, la),
            purse=self.purse(award, la),
            stream=STREAM_INDEX[award.stream],
        )


class LocalMoney:
    """One LA's money.

    Parameters
    ----------
    la : int
        Index of the LA.

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
    to_schools : int
        Pence that payers handed to schools this term.
    time_lost : float
        Share of this term that brokers spend on bids.
    unpaid_dues : int
        Pence due to staff that the Redundancy Payments Service paid, and is owed.
    """

    __slots__ = (
        "agent",
        "asked",
        "awards",
        "gone",
        "la",
        "owed",
        "planned",
        "spent",
        "time_lost",
        "to_schools",
        "unpaid_dues",
    )

    def __init__(self, la: int) -> None:
        self.la = la
        self.agent: Partnership | None = None
        self.awards: list[StandingAward] = []
        self.gone: list[StandingAward] = []
        self.planned: dict[int, int] = {}
        self.spent: list[int] = []
        self.asked: list[int] = []
        self.owed: list[tuple[int, Purpose, str]] = []
        self.to_schools = 0
        self.time_lost = 0.0
        self.unpaid_dues = 0
