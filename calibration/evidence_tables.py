"""Bring the evidence into the project: ``python -m calibration.evidence_tables --evidence DIR``.

Figures and their sources are kept; notes are reduced to a short basis, because sentences of others may not
be shipped. Rows computed from the sums by governing body (ids ``calc_gov_*``) carry no licence and stay out.
"""

import re
from pathlib import Path

import click
import pandas as pd

OUT = Path(__file__).resolve().parent.parent / "conf" / "evidence"
UNLICENSED = "calc_gov_"
FROM_MEMORY = "from memory, not read"
# What a note says, as a short basis: the pattern looked for, and the words kept.
BASES = {
    r"^JUDGEMENT": "judgement",
    r"^NULL": "null result",
    r"\bderived\b": "derived from published figures",
    r"not comparable with 2018": "series break between 2017 and 2018",
    r"teacher-assessed": "teacher-assessed grades",
    r"^provisional|^.{0,20}; provisional$": "provisional",
    r"from memory": FROM_MEMORY,
    r"earlier EPI method": "earlier EPI method",
    r"policy aim": "policy aim, not an observation",
    r"transitional protections": "raised by transitional protection from April 2018",
    r"central trust staff are outside": "understated: central trust staff not counted",
}
FORM = re.compile(r"suggested form (\w+\([^)]*\))")
INTERNAL_ADDRESS = re.compile(r"^\d{3}_[0-9a-f]+\.txt$")


def basis_of(note: str, verified: str) -> str:
    """Reduce a note to what a reader of the figure must know.

    Parameters
    ----------
    note : str
        The note of an evidence row.
    verified : str
        How the row was verified: read, computed, seed or recalled.

    Returns
    -------
    str
        Parts joined by ``; ``, or an empty string.
    """
    if verified == "computed":
        first = re.split(r"\.\s+(?=[A-Z])", note.replace("data/england/", ""))[0]
        return first.rstrip(".")
    parts = [words for pattern, words in BASES.items() if re.search(pattern, note)]
    parts += FORM.findall(note)
    if verified == "recalled" and FROM_MEMORY not in parts:
        parts.append(FROM_MEMORY)
    return "; ".join(parts)


def convert(table: pd.DataFrame) -> pd.DataFrame:
    """Make the table that ships from the table of evidence.

    Parameters
    ----------
    table : pandas.DataFrame
        Text columns, with id, address, verified and note.

    Returns
    -------
    pandas.DataFrame
        The same rows without unlicensed ones, ``basis`` in the place of ``note``.
    """
    kept = table[~table["id"].str.startswith(UNLICENSED)].copy()
    kept["note"] = [basis_of(n, v) for n, v in zip(kept["note"], kept["verified"], strict=True)]
    kept["address"] = kept["address"].where(~kept["address"].str.match(INTERNAL_ADDRESS), "")
    return kept.rename(columns={"note": "basis"})


@click.command()
@click.option("--evidence", type=click.Path(path_type=Path, exists=True, file_okay=False), required=True)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=OUT)
def main(evidence: Path, out: Path) -> None:
    """Convert parameters.csv and targets.csv of EVIDENCE and write them to OUT.

    Rows under no licence are left out.\f

    Parameters
    ----------
    evidence : Path
        Folder of the evidence tables.
    out : Path
        Folder written to; made if absent.
    """  # noqa: D301 - the help ends at the form feed
    out.mkdir(parents=True, exist_ok=True)
    for name in ("parameters.csv", "targets.csv"):
        table = convert(pd.read_csv(evidence / name, dtype=str, keep_default_na=False))
        table.to_csv(out / name, index=False, lineterminator="\n")
        click.echo(f"{name}: {len(table)} rows")


if __name__ == "__main__":
    main()
