"""The same commit, the same verdict: property tests that are not slow try the same examples every time.

Slow ones take the profile ``exploring`` and say how to come back to what they found. With
``--hypothesis-profile=exploring``, and a ``--hypothesis-seed`` if need be, the others explore too.
"""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture import providers

USUAL = settings(
    settings.get_profile("default"),
    deadline=None,  # nor does the verdict hang on how fast the machine is just now
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    phases=set(Phase) - {Phase.explain},  # which runs a failing example many times more, under a tracer
)
settings.register_profile("exploring", USUAL)
settings.register_profile("the same", USUAL, derandomize=True)
settings.load_profile("the same")

# Hypothesis also tries numbers and texts of all our modules imported so far, which would be those of whatever
# tests came before in the same worker.
if hasattr(providers, "_get_local_constants"):
    providers._get_local_constants = providers.Constants
