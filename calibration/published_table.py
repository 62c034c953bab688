"""Build the embedded table of published figures: ``python -m calibration.published_table --data DIR``."""

from pathlib import Path

import click
import pandas as pd

from calibration.published_authorities import build_authorities, build_former
from calibration.published_changes import pupil_weights, read_census, read_register
from calibration.published_indicators import build_indicators, successor_ratios
from calibration.published_rolls import fill_census_rolls
from calibration.published_sources import ENGLAND, read_indicators, read_la_names
from calibration.published_special import build_special_rates
from calibration.published_structure import build_structure

OUT = Path(__file__).resolve().parent.parent / "scenarios" / "places" / "published"


def build(data: Path) -> dict[str, pd.DataFrame]:
    """Build every table.

    Parameters
    ----------
    data : Path
        The folder of raw data.

    Returns
    -------
    dict[str, pandas.DataFrame]
        By name of the file, without ``.csv``.
    """
    register = read_register(data)
    census = fill_census_rolls(read_census(data, register))
    authorities = build_authorities(data, read_la_names(data))
    las = [int(code) for code in authorities.loc[authorities["available"] == "true", "la_code"]]
    ratios = successor_ratios(data, register, census)
    return {
        "authorities": authorities,
        "former": build_former(),
        "districts": _districts(register, authorities),
        "indicators": build_indicators(read_indicators(data), pupil_weights(census), ratios, [*las, ENGLAND]),
        "structure": build_structure(data, register, census, las),
        "special_rates": build_special_rates(data),
    }


def _districts(register: pd.DataFrame, authorities: pd.DataFrame) -> pd.DataFrame:
    """List the districts that are not LAs themselves, with the LA that most of their schools belong to."""
    by_district = register.groupby("DistrictAdministrative (name)")["la_code"].agg(lambda s: s.mode().iloc[0])
    table = by_district.rename_axis("district").reset_index()
    return table[~table["district"].isin(authorities["name"])].reset_index(drop=True)


@click.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True, file_okay=False), required=True)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=OUT)
def main(data: Path, out: Path) -> None:
    """Build the embedded table from the raw data in DATA and write it to OUT.

    Tables already there are replaced.\f

    Parameters
    ----------
    data : Path
        Folder of raw data.
    out : Path
        Folder written to; made if absent.
    """  # noqa: D301 - the help ends at the form feed
    out.mkdir(parents=True, exist_ok=True)
    for name, table in build(data).items():
        table.to_csv(out / f"{name}.csv", index=False, float_format="%.10g", lineterminator="\n")
        click.echo(f"{name}.csv: {len(table)} rows, {len(table.columns)} columns")


if __name__ == "__main__":
    main()
