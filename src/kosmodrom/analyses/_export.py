"""A result as NetCDF: each column a variable with its unit, each fact an attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom.analyses._result import plain_column, rounded
from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kosmodrom.analyses._registry import Analysis
    from kosmodrom.analyses._result import ColumnSpec, Result

__all__ = ["to_xarray", "write_netcdf"]

_REMEDY = "pip install 'kosmodrom[report]'"


def to_xarray(verb: Analysis, result: Result) -> Any:
    """Turn a result into a data set of xarray.

    Parameters
    ----------
    verb : Analysis
        The verb that gave it.
    result : Result
        The answer; it must have rows.

    Returns
    -------
    xarray.Dataset
        Variables along the dimension "cell" for coverage, else "row"; facts as attributes.
    """
    try:
        import xarray as xr
    except ModuleNotFoundError:
        raise InputError(f"NetCDF needs xarray; {_REMEDY}") from None
    if not len(result):
        raise InputError("the result has no rows, so there is nothing to write as NetCDF")
    dimension = "cell" if "cell" in result.columns else "row"
    variables = {
        spec.name: (dimension, _values(result.columns[spec.name], spec), _attributes(spec))
        for spec in verb.columns
        if spec.name in result.columns
    }
    coordinates = {dimension: variables.pop(dimension)} if dimension in variables else {}
    facts: dict[str, Any] = {}
    for name, fact in result.facts.items():
        spec = next((one for one in verb.facts if one.name == name), None)
        if fact.value is not None:
            facts[name] = rounded(fact.value, spec.resolution if spec else None)
    facts = {name: int(value) if isinstance(value, bool) else value for name, value in
             facts.items()}  # fmt: skip
    return xr.Dataset(variables, coordinates, {"analysis": verb.name, "Conventions": "CF-1.11",
                                               **facts})  # fmt: skip


def _values(values: Sequence[Any], spec: ColumnSpec) -> Any:
    import numpy as np

    kind = getattr(getattr(values, "dtype", None), "kind", "")
    if kind == "M":
        return np.asarray(values).astype("datetime64[ns]")
    if kind == "b":
        return np.asarray(values).astype(np.int8)
    if kind in {"f", "i"}:
        plain = plain_column(values, spec.resolution)
        return np.array([np.nan if value is None else value for value in plain])
    return np.array(["" if value is None else str(value) for value in values], dtype=object)


def _attributes(spec: ColumnSpec) -> Mapping[str, str]:
    found = {"long_name": spec.meaning}
    if spec.unit not in {"text", "instant", "date", "bool"}:
        found["units"] = spec.unit
    if spec.name in {"latitude_deg", "longitude_deg"}:
        kind = spec.name.removesuffix("_deg")
        found |= {
            "standard_name": kind,
            "units": f"degrees_{'north' if 'lat' in kind else 'east'}",
        }
    return found


def write_netcdf(verb: Analysis, result: Result, path: Path) -> None:
    """Write a result as a NetCDF-4 file, aside first and then in its place.

    Parameters
    ----------
    verb : Analysis
        The verb that gave it.
    result : Result
        The answer.
    path : pathlib.Path
        The file.
    """
    if path.is_dir():
        raise InputError(f"{path} is a folder; name a file in it")
    if not path.parent.is_dir():
        raise InputError(f"{path}: there is no folder {path.parent}; make it first")
    dataset = to_xarray(verb, result)
    aside = path.with_name(f".{path.name}.part")
    try:
        dataset.to_netcdf(aside, engine="netcdf4", format="NETCDF4")
    except (ModuleNotFoundError, ValueError) as error:
        aside.unlink(missing_ok=True)
        if "netcdf4" not in str(error).lower():
            raise
        raise InputError(f"NetCDF needs netCDF4; {_REMEDY}") from None
    aside.replace(path)
