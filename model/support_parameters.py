"""Parameters of what support leaves behind in a school: supported and embedded practice."""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import Declared, parameter


@dataclass(frozen=True, kw_only=True)
class SupportParameters(Declared):
    """How support raises practice, how it embeds and how it fades."""

    embed_share: float = parameter(
        0.1,
        unit="share a term",
        bounds=(0.0, 1.0),
        source="embed_share_term",
        description="part of supported practice that embeds in a term of support",
    )
