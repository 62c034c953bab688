"""A small place whose ties are made by hand, for tests of what passes along them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.collaborating import Collaboration, Hubs, PeerReview
from model.dispositions import Dispositions
from model.institution_facts import Facts, ungoverned
from model.randomness import Chance
from model.sharing import Sharing
from model.sharing_parameters import SharingParameters

KEPT = 0.94
ON = {"diffusion": True, "joint_development": True, "distraction": True, "peer_review": True}
OFF = dict.fromkeys(ON, False)
REVIEW = PeerReview(share=0.7, rigour=0.6, group_size=4, days=3.0)
HUBS = Hubs(number_per_10_000_pupils=2.0, gbp_a_year=12_000.0, outcome_share=0.25, terms=6)
TOGETHER = Collaboration(
    primary_cluster_schools=10, secondary_cluster_schools=10, triads=True, meetings_a_year=6.0,
    network_days_a_year=4.0, peer_review=REVIEW, hubs=HUBS, data_sharing=0.5, joint_procurement=True,
    shared_responsibility=True,
)  # fmt: skip


@dataclass
class HandTies:
    """Ties as told, which stay as they are."""

    first: np.ndarray
    second: np.ndarray
    strength: np.ndarray
    trust: np.ndarray
    days: np.ndarray
    given: np.ndarray
    in_trusts: np.ndarray

    def leadership_days(self):
        return self.given

    def trust_days(self):
        return self.in_trusts

    def pair_trust(self):
        n, ends = len(self.given), np.concatenate([self.first, self.second])
        sums = np.bincount(ends, np.concatenate([self.trust, self.trust]), n)
        return sums / np.maximum(np.bincount(ends, minlength=n), 1)

    def isolated(self):
        return np.bincount(np.concatenate([self.first, self.second]), minlength=len(self.given)) == 0


def ties(pairs, n, strength=1.0, trust=1.0, days=1.0, given=0.0, in_trusts=0.0):
    first, second = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
    each = np.ones(len(first))
    return HandTies(
        first, second, strength * each, trust * each, days * each, given * np.ones(n), in_trusts * np.ones(n)
    )


def ring(n, **values):
    """Each school is tied to the next two."""
    pairs = {tuple(sorted((i, (i + k) % n))) for i in range(n) for k in (1, 2) if n > k}
    return ties(sorted(pair for pair in pairs if pair[0] != pair[1]), n, **values)


def place(n=40, member=True, n_la=1, secondary=False, pupils=400.0):
    """Schools in a row, all of one phase, unless every fifth is to be a secondary school."""
    of = (np.arange(n) % 5 == 4) & secondary
    count = np.full(n, pupils)
    return Facts(
        year_0=2023,
        la_names=tuple(f"LA {i}" for i in range(n_la)),
        la=(np.arange(n) % n_la).astype(np.int32),
        urn=(100_000 + np.arange(n)).astype(np.int32),
        phase=of.astype(np.int32),
        first_year_group=np.where(of, 7, 0).astype(np.int32),
        last_year_group=np.where(of, 11, 6).astype(np.int32),
        x_km=np.arange(n) / 2.0,
        y_km=np.zeros(n),
        maintained=np.ones(n, dtype=bool),
        member=np.full(n, member),
        disadvantaged_share=np.full(n, 0.25),
        pupils=count,
        new_head=np.zeros(n, dtype=bool),
        **ungoverned(n, count),
    )


def nature(n, openness=0.6, trust=0.5):
    return Dispositions(
        openness=np.full(n, openness), trust=np.full(n, trust), stakes=np.full(n, 0.4), rigour=np.full(n, 0.5)
    )


def practice(n, seed=4):
    return Chance(seed, 0, 0).normals("test", 0, 0, 9 * n).reshape(n, 9)


def sharing(facts, collaboration=TOGETHER, on=ON, paid=None, of=None, **values):
    """All that passes along ties; ``values`` replaces parameters."""
    paid = [] if paid is None else paid
    of = nature(facts.n_schools) if of is None else of
    found = Sharing(
        facts,
        of,
        SharingParameters(**{"joint_gain": 0.02, **values}),
        Chance(3, 0, 0),
        on,
        lambda *cost: paid.append(cost),
        kept=KEPT,
    )
    found.stand(collaboration)
    return found


def run(found, state, of_ties, term=0, carried=()):
    n = len(state)
    found.worked(term, state, np.zeros(n, dtype=np.int32))
    return found.term(term, state, state, of_ties, carried)
