"""What brokered support does for pupils directly: courses they complete, and help with attendance."""

from __future__ import annotations

from dataclasses import dataclass

from model.absence_support import AbsenceSupport
from model.course_delivery import CourseDelivery
from model.delivered import Delivered


@dataclass(frozen=True, eq=False)
class PupilSupport:
    """The two ways in which support reaches pupils without going through practice.

    Attributes
    ----------
    courses : CourseDelivery
        Pupil-direct programmes.
    attendance : AbsenceSupport
        Support with attendance.
    """

    courses: CourseDelivery
    attendance: AbsenceSupport

    def add(self, delivered: Delivered) -> None:
        """Count what was delivered in a term.

        Parameters
        ----------
        delivered : Delivered
            All or part of what was delivered in its term.
        """
        self.courses.work.add(delivered)
        self.attendance.work.add(delivered)
