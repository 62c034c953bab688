"""The error for a results folder that cannot be read or written."""


class BadResults(ValueError):
    """A results folder that cannot be used, described in full.

    Parameters
    ----------
    what : str
        What is wrong, in plain English, without a closing full stop.
    where : str
        The folder or file.
    found, allowed : str, optional
        What was found, and what is allowed.
    """

    def __init__(self, what: str, *, where: str, found: str = "", allowed: str = "") -> None:
        super().__init__(what, where, found, allowed)
        self.what, self.where, self.found, self.allowed = what, where, found, allowed

    def __str__(self) -> str:
        """Say it in one message."""
        parts = [f"{self.where}: {self.what}"]
        if self.found:
            parts.append(f"found {self.found}")
        if self.allowed:
            parts.append(f"allowed: {self.allowed}")
        return "; ".join(parts) + "."
