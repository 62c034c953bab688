"""A trust as an agent: it decides which schools to take."""

from __future__ import annotations

import mesa


class Trust(mesa.Agent):
    """One trust; made when it first has something to decide."""

    def __init__(self, model: mesa.Model, index: int) -> None:
        super().__init__(model)
        self.index = index
