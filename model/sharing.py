"""What passes along ties and what working together costs, term by term: one object for all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from model.collaborating import Collaboration
from model.contact import Contact
from model.dispositions import Dispositions
from model.edges import Edges
from model.institution_facts import Facts
from model.place import Bools, Floats
from model.randomness import Chance
from model.sharing_parameters import SharingParameters
from model.supporting import Charge, Supporter
from model.tie_pairs import JointWork


class Sharing:
    """Diffusion, joint development, distraction, peer review, hubs, procurement, warnings.

    Order in a term: ``stand`` (when an arrangement changes), ``worked`` (for ``ties.term``), ``ties.term``,
    ``term``.

    Parameters
    ----------
    facts : Facts
        Schools.
    nature : Dispositions
        Read each term.
    p : SharingParameters
        One draw.
    chance : Chance
        Streams ``peer review`` (of the draw) and ``warnings``.
    on : mapping of str to bool
        Switches ``diffusion``, ``joint_development``, ``distraction``, ``peer_review``.
    charge : callable
        Bills the partnership of an LA (``Funding.charge``): LA, pence, purpose, kind.
    kept : float
        Part of embedded practice left after a term (``course_of(p).kept_usually``).

    Attributes
    ----------
    contact : Contact or None
        For ``Intelligence.take_in`` after the term; None where schools do not collaborate.
    reviewed : (n_schools,) bool
        Takes part in peer review.
    leads : (n_schools,) bool
        Leads a hub.
    days : (n_schools,) float64
        Leadership days a year for work with other schools.
    saving : (n_schools,) float64
        Saved by buying together, GBP a pupil a year.
    shared : (n_schools,) float64
        Part of moves off the roll that answering together prevents, 0 to 1.
    gain : (n_schools,) float64
        Practice gained from others over the last year, mean of domains, between-school SD.
    events : list of (term, LA, school, kind, text, GBP)
        Hubs begun and ended.
    """

    contact: Contact | None
    reviewed: Bools
    leads: Bools
    days: Floats
    saving: Floats
    shared: Floats
    gain: Floats
    events: list[tuple[int, int, int, str, str, float]]

    def __init__(
        self,
        facts: Facts,
        nature: Dispositions,
        p: SharingParameters,
        chance: Chance,
        on: Mapping[str, bool],
        charge: Charge,
        *,
        kept: float,
    ) -> None:
        raise NotImplementedError

    def stand(self, collaboration: Collaboration | None) -> None:
        """Take what stands from this term on."""
        raise NotImplementedError

    def worked(self, term: int) -> tuple[JointWork, ...]:
        """Form review groups in the autumn, and say which schools worked together in reviews and hubs."""
        raise NotImplementedError

    def term(
        self,
        term: int,
        practice: Floats,
        seen: Floats,
        ties: Edges,
        carried: Sequence[Supporter],
    ) -> Floats | None:
        """Run one term; what practice changes, (n_schools, 9) between-school SD, for ``support.shift_all``.

        ``seen`` is practice as the broker sees it (practice where no one looks); ``carried`` are the cases
        that supporting schools carried this term (``brokerage.supporters()``).
        """
        raise NotImplementedError
