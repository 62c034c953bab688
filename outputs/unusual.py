"""What was switched off or set by hand in a run, so that no one takes it for a usual one."""

from __future__ import annotations

from outputs.results import Results


def not_as_usual(results: Results) -> str:
    """Say in what a run departs from the usual settings of the model.

    Parameters
    ----------
    results : Results
        A run.

    Returns
    -------
    str
        One sentence; empty where nothing departs.
    """
    settings = results.manifest["settings"]
    said = [
        f"'{item['label']}' is switched off ({item['null']})"
        for item in results.mechanisms
        if not item.get("on", True)
    ]
    effects, evidence = settings.get("effects", 1.0), settings.get("evidence", "all")
    if effects != 1:
        said.append(f"every effect on pupils is multiplied by {effects:g}")
    if evidence != "all":
        said.append(f"effects with less than {evidence} evidence stand at nought")
    said += [f"{name} is {value}" for name, value in settings.get("parameters", {}).items()]
    return f"Not as usual: {'; '.join(said)}." if said else ""
