"""A partnership's establishment: which posts are open and on which money, notice, redundancy and payroll."""

from __future__ import annotations

from collections.abc import Callable

from model.arrangements import PostLine
from model.awards import FOREVER, StandingAward
from model.funding_parameters import FundingParameters
from model.ledger import Ledger, Purpose
from model.money_accounts import FROM_RESERVES, NO_STREAM, LocalMoney, PlaceAccounts
from model.money_ahead import Ahead
from model.post_plan import FLOW, RESERVES, RISKY, Line, Parts, Purse, Wanted, main_line, plan_posts
from model.purses import Purses
from model.staff_costs import PostCost, redundancy
from model.standing_posts import Post, Posts, Stand, placed
from model.terms import TERMS_A_YEAR, WEEKS_A_TERM, first_week

Shares = list[tuple[int, int, int]]
"""Accounts, their streams and pence that pay a post."""

PAYROLL = (Purpose.PAY, Purpose.PENSION, Purpose.NATIONAL_INSURANCE, Purpose.OVERHEAD, Purpose.VAT)
"""In the order of ``PostCost``."""

ENDED = "funding ended"
"""Why whoever is in a post goes, for the record."""

Tell = Callable[[int, int, str, str, int | None], None]
"""Puts an event on record: term, area, kind, words, pence."""


class Establishment:
    """Opens, keeps and ends the posts of one partnership.

    Parameters
    ----------
    money : LocalMoney
        Its money.
    posts : Posts
        Columns of posts.
    purses : Purses
        Who pays what is due at once.
    ledger, accounts : Ledger, PlaceAccounts
        Where pay is entered.
    p : FundingParameters
        Statutory redundancy; the largest share of income planned for other things than posts.
    tell : callable
        Puts an event on record.
    believed : callable
        Chance at which the partnership believes in an award's next renewal.
    reserves : bool
        Whether money put by may keep posts (switch ``reserves``).
    """

    def __init__(
        self,
        money: LocalMoney,
        posts: Posts,
        purses: Purses,
        ledger: Ledger,
        accounts: PlaceAccounts,
        p: FundingParameters,
        tell: Tell,
        believed: Callable[[StandingAward], float],
        reserves: bool,
    ) -> None:
        self._money, self._posts, self._purses = money, posts, purses
        self._ledger, self._accounts, self._p = ledger, accounts, p
        self._tell, self._believed, self._reserves = tell, believed, reserves
        self._most: dict[str, int] = {}
        self._lines: dict[str, PostLine] = {}
        self._notices: dict[str, int] = {}
        self._told: dict[int, tuple[int, int, int]] = {}  # what each open slot was told of its money
        self._of_kind: dict[int, PostLine] = {}
        self._paid_by: dict[int, tuple[PostCost, Shares]] = {}

    def take_over(self, other: Establishment) -> None:
        """Take over the posts of a partnership that joins this one; nobody's post ends by that.

        Parameters
        ----------
        other : Establishment
            It has none any more.
        """
        for kind, most in other._most.items():
            self._most[kind] = self._most.get(kind, 0) + most
            self._lines.setdefault(kind, other._lines[kind])
        for kind, number in other._notices.items():
            self._notices[kind] = self._notices.get(kind, 0) + number
        self._told.update(other._told)
        self._of_kind.update(other._of_kind)
        for left in (other._most, other._lines, other._notices, other._told, other._of_kind, other._paid_by):
            left.clear()

    def former(self, wanted: tuple[PostLine, ...]) -> list[PostLine]:
        """Kinds of post that were wanted once and are no more, so that they are ended with notice.

        Parameters
        ----------
        wanted : tuple of PostLine
            Kinds wanted now.

        Returns
        -------
        list of PostLine
            In the order in which they first were.
        """
        kinds = {line.kind for line in wanted}
        return [line for kind, line in self._lines.items() if kind not in kinds]

    def term(
        self, term: int, wanted: list[Post], now: list[Ahead], ahead: list[Ahead], names: dict[str, int]
    ) -> None:
        """Say which posts stand this term, give notice where money ends, and end what cannot be paid.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        wanted : list of Post
            In order of importance.
        now, ahead : list of Ahead
            Lines of money of this term and the next.
        names : dict of str to int
            Lasting index of each award.
        """
        self._paid_by.clear()
        self._money.planned.clear()
        stands = self._plan(term, wanted, now)
        for stand in stands:
            self._plan_pay(stand, now)
        lasting = self._lasting(term, stands, now, ahead)
        before, self._notices = self._notices, {}
        for stand, lasts in zip(stands, lasting, strict=True):
            firm = min(len(stand.kept), lasts)
            self._give_notice(stand, len(stand.kept) - firm, term)
            for place, (slot, parts) in enumerate(zip(stand.kept + stand.vacant, stand.parts, strict=True)):
                ends = firm <= place < len(stand.kept)
                self._fund(slot, parts, now, names, term + 1 if ends else FOREVER)
        for stand in stands:
            self._end(stand, before.get(stand.post.line.kind, 0), term)

    def _plan(self, term: int, wanted: list[Post], now: list[Ahead]) -> list[Stand]:
        """Which posts can be paid this term, and which stay only for their notice."""
        slots = [self._slots(post) for post in wanted]
        held = [[slot for slot in some if self._posts.filled[slot]] for some in slots]
        lines, purse = self._means(now, term)
        needs = [
            Wanted(post.line.kind, post.cost.total, post.number, min(len(have), post.number))
            for post, have in zip(wanted, held, strict=True)
        ]
        stands = []
        planned = plan_posts(needs, lines, purse)
        for post, some, have, paid in zip(wanted, slots, held, planned, strict=True):
            untold = len(have) - len(paid) - self._notices.get(post.line.kind, 0)
            again: list[Parts] = []
            if untold > 0 and self._reserves:
                purse.keep = purse.bridge
                need = Wanted(post.line.kind, post.cost.total, untold, untold)
                (again,) = plan_posts([need], lines, purse)
            stands.append(placed(post, some, have, paid, again))
        return stands

    def specialists(self) -> int:
        """Count those in post who deliver support."""
        return sum(self._posts.filled[slot] for slot, line in self._of_kind.items() if not line.brokers)

    def _slots(self, post: Post) -> list[int]:
        kind = post.line.kind
        self._lines[kind] = post.line
        self._most[kind] = max(self._most.get(kind, 0), post.number)
        slots = self._posts.slots_for(self._money.area, kind, self._most[kind])
        for slot in slots:
            self._of_kind[slot] = post.line
        return slots

    def _means(self, now: list[Ahead], term: int) -> tuple[list[Line], Purse]:
        """Lines of money of this term as a plan uses them, and the reserves."""
        agent, balances = self._money.agent, self._ledger.balances
        assert agent is not None
        lines = []
        for award, state, promised, end, _ in now:
            held = balances[state.purse] if state else 0
            flow = min(promised, held)
            stock = (held - flow) // agent.spares() if self._reserves else 0
            waits = state is not None and state.waits(term) and agent.dares(self._believed(state))
            risky = state.promised(term) if state is not None and waits else 0
            lasts = end - term
            opens = lasts > 1 or risky > 0
            if state is not None and lasts == 1:
                opens = agent.begins(lasts, self._believed(state))
            lines.append(Line(flow, stock, risky, award.ring_fence, opens))
        self._set_aside(lines)
        bridge = balances[agent.account] if self._reserves else 0
        return lines, Purse(bridge, bridge // agent.spares())

    def _set_aside(self, lines: list[Line]) -> None:
        """Keep free income for programmes and supporting schools: what they asked for in the last year."""
        free = [line for line in lines if not line.fence]
        most = round(self._p.non_pay_limit * sum(line.held[FLOW] for line in free))
        asked = self._money.asked[-TERMS_A_YEAR - 1 : -1]  # whole terms only
        aside = min(most, sum(asked) // TERMS_A_YEAR) if len(asked) == TERMS_A_YEAR else most
        for line in reversed(free):
            part = min(aside, line.held[FLOW])
            line.held[FLOW] -= part
            aside -= part

    def _plan_pay(self, stand: Stand, now: list[Ahead]) -> None:
        """Note which accounts are to pay each open post."""
        planned, cost = self._money.planned, stand.post.cost
        known: Parts = []
        shares: Shares = []
        for slot, parts in zip(stand.kept + stand.vacant, stand.parts, strict=True):
            if parts is not known:  # posts alike that one line pays share one list
                known, shares = parts, self._shares(parts, now)
            for account, _, pence in shares:
                planned[account] = planned.get(account, 0) + pence
            self._paid_by[slot] = (cost, shares)

    def _shares(self, parts: Parts, now: list[Ahead]) -> Shares:
        shares: Shares = []
        for line, pence, source in parts:
            state = None if source >= RISKY else now[line].state
            if state is None:
                shares.append((self._accounts.reserves[self._money.area], FROM_RESERVES, pence))
            else:
                shares.append((state.purse, state.stream, pence))
        return shares

    def _lasting(self, term: int, stands: list[Stand], now: list[Ahead], ahead: list[Ahead]) -> list[int]:
        """How many of each kind who are in post can be paid next term, as far as is known."""
        if _goes_on(stands, now, ahead):
            return [FOREVER for _ in stands]
        agent, money = self._money.agent, self._money
        assert agent is not None
        lines = []
        for award, state, flow, _, _ in ahead:
            left = self._purses.free(money, state.purse) if state else 0
            if state is not None and not award.in_advance:
                flow = min(flow, left + (state.promised(term) if state.runs(term) else 0))
            undecided = state is not None and state.open_at(term + 1) and agent.dares(self._believed(state))
            risky = state.whole(term + 1) if state is not None and undecided else 0
            stock = left // agent.spares() if self._reserves else 0
            lines.append(Line(flow, stock, risky, award.ring_fence, True))
        self._set_aside(lines)
        bridge = self._purses.free(money, agent.account) if self._reserves else 0
        needs = []
        for stand in stands:
            number = min(stand.post.next_number, len(stand.kept))
            needs.append(Wanted(stand.post.line.kind, stand.post.next_cost, number, number))
        return [len(paid) for paid in plan_posts(needs, lines, Purse(bridge, bridge // agent.spares()))]

    def _give_notice(self, stand: Stand, number: int, term: int) -> None:
        if number == 0:
            return
        kind = stand.post.line.kind
        self._notices[kind] = number
        self._tell(term, self._money.area, "notice given", f"notice to {number} in post as {kind}", None)

    def _fund(self, slot: int, parts: Parts, now: list[Ahead], names: dict[str, int], at_most: int) -> None:
        """Tell whoever is in a post, or may come, how long its money is certain."""
        line = parts[0][0] if len(parts) == 1 else main_line(parts)
        if line == RESERVES:
            told = self._told.get(slot, (RESERVES, 1, at_most))
            told = (told[0], told[1], min(told[2], at_most))
        else:
            award, _, _, end, _ = now[line]
            told = (names[award.name], award.length_terms, min(end, at_most))
        if self._told.get(slot) != told or at_most < FOREVER:
            self._told[slot] = told
            self._posts.fund(slot, line=told[0], horizon_terms=told[1], funded_until=told[2])
        if at_most < FOREVER:
            self._posts.close(slot, at_most, ENDED)

    def _end(self, stand: Stand, told: int, term: int) -> None:
        """Close what is not kept: with redundancy after notice, else at once."""
        if len(stand.gone) > told:
            number, kind = len(stand.gone) - told, stand.post.line.kind
            text = f"{number} dismissed without notice as {kind}: no money is left"
            self._tell(term, self._money.area, "insolvent", text, None)
        if len(stand.slots) == len(stand.kept) + len(stand.vacant):
            return
        keep = {*stand.kept, *stand.vacant}
        for slot in stand.slots:
            if slot in self._told and slot not in keep:
                self._close(slot, term, first_week(term))

    def _close(self, slot: int, term: int, week: int) -> None:
        del self._told[slot]
        line = self._of_kind[slot]
        if self._posts.filled[slot] and not self._posts.seconded[slot]:  # who is lent goes back to the school
            served = term - self._posts.since[slot]
            dues = redundancy(line, served, self._p, term)
            payees = (self._accounts.staff, self._accounts.pensions)
            purposes = (Purpose.REDUNDANCY, Purpose.PENSION_STRAIN)
            for due, payee, purpose in zip(dues, payees, purposes, strict=True):
                paid = self._purses.pay_from_free(self._money, due, payee, purpose, week)
                if paid < due and purpose is Purpose.REDUNDANCY:
                    service = self._accounts.redundancy_service
                    self._money.unpaid_dues += due - paid
                    self._ledger.pay(week, service, payee, due - paid, NO_STREAM, purpose)
            if sum(dues):
                text = f"redundancy: {line.kind}, {served // TERMS_A_YEAR} years in post"
                self._tell(term, self._money.area, "redundancy", text, sum(dues))
        self._posts.close(slot, term, ENDED)

    def close_all(self, term: int, week: int) -> None:
        """The partnership ends, and every post with it.

        Parameters
        ----------
        term : int
            First term without it.
        week : int
            In which staff are paid what is due to them.
        """
        self._money.planned.clear()
        self._paid_by.clear()
        for slot in list(self._told):
            self._close(slot, term, week)
        self._notices = {}

    def pay(self, term: int) -> None:
        """Pay everyone in post, from the money that was planned for it, with what the employer owes.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        """
        by_account: dict[int, list[int]] = {}
        streams: dict[int, int] = {}
        whole: dict[tuple[PostCost, int], int] = {}
        filled = self._posts.filled
        for slot, (cost, shares) in self._paid_by.items():
            if filled[slot]:
                if len(shares) == 1:
                    account, stream, _ = shares[0]
                    whole[cost, account] = whole.get((cost, account), 0) + 1
                    streams[account] = stream
                else:
                    _share_out(cost, shares, by_account)
                    streams.update((account, stream) for account, stream, _ in shares)
        for (cost, account), number in whole.items():
            sums = by_account.setdefault(account, [0] * len(cost))
            for part, pence in enumerate(cost):
                sums[part] += number * pence
        a = self._accounts
        payees = (a.staff, a.pensions, a.revenue, a.premises, a.revenue)
        week, spent = first_week(term) + WEEKS_A_TERM - 1, 0
        for account, dues in by_account.items():
            for payee, pence, purpose in zip(payees, dues, PAYROLL, strict=True):
                self._ledger.pay(week, account, payee, pence, streams[account], purpose)
            spent += sum(dues)
        self._money.spent[-1] += spent
        self._money.planned.clear()


def _share_out(cost: PostCost, shares: Shares, by_account: dict[int, list[int]]) -> None:
    """Add what one post costs to the accounts that pay it, part by part."""
    dues = list(cost)
    part = 0
    for account, _, pence in shares:
        sums = by_account.setdefault(account, [0] * len(dues))
        while pence and part < len(dues):
            paid = min(pence, dues[part])
            sums[part] += paid
            dues[part] -= paid
            pence -= paid
            if dues[part] == 0:
                part += 1


def _goes_on(stands: list[Stand], now: list[Ahead], ahead: list[Ahead]) -> bool:
    """Whether the next term surely pays the posts of this one: its money rises as they do (pence apart)."""
    if any(part[2] != FLOW for stand in stands for parts in stand.parts for part in parts):
        return False
    if any(stand.post.next_number < stand.post.number for stand in stands):
        return False
    rise = max((stand.post.next_cost / max(stand.post.cost.total, 1) for stand in stands), default=1.0)
    flows = {(line.award.name, line.unit): line.flow for line in ahead}
    known = ((flows.get((line.award.name, line.unit), 0), line.flow) for line in now)
    return all(then >= (flow - TERMS_A_YEAR) * rise for then, flow in known)
