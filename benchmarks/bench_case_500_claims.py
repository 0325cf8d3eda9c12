"""How long loading and checking a case of 500 claims takes: under 1 s.

Run: python benchmarks/bench_case_500_claims.py
"""

import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from kosmodrom.cases.check import plan_case
from kosmodrom.cases.load import load_case
from kosmodrom.workspace import open_context

HEAD = """\
kosmodrom: 1
title: {en: "Five hundred claims", id: "Lima ratus klaim"}
as_of: 2023-09-15
sources:
"""
CLAIM = """\
  claim-{n}:
    n: {n}
    says: {{en: "Statement {n} about a distance", id: "Pernyataan {n} tentang jarak"}}
    source: source-{source}
    kind: quantity
    asserted: {{value: {value} km, about: true}}
    refuted_if: {{outside: 15 %}}
    premises: [{premises}]
    evidence:
      - {{fact: step-{step}.geodesic_km}}
      - {{cites: source-{other}, value: {value} km, under: as the crow flies}}
      - cites: source-{third}
        text: {{en: "It says so, in other words", id: "Dikatakan begitu, dengan kata lain"}}
        stance: for
"""


def case_text(claims: int = 500, sources: int = 120, steps: int = 40) -> str:
    """Write a big case.

    Parameters
    ----------
    claims, sources, steps : int
        How many of each [-].

    Returns
    -------
    str
        YAML.
    """
    lines = [HEAD]
    lines += [
        f"  source-{n}: {{name: Source {n}, published: 2023-09-{1 + n % 14:02d}, grade: B2, "
        f"group: group-{n // 3}}}\n"
        for n in range(sources)
    ]
    lines.append("analyses:\n")
    lines += [
        f"  step-{n}: {{distance: {{from: vostochny, to: '{n}.5,128'}}}}\n" for n in range(steps)
    ]
    lines.append("claims:\n")
    lines += [
        CLAIM.format(
            n=n, source=n % sources, other=(n + 7) % sources, third=(n + 50) % sources,
            value=1000 + n, step=n % steps, premises=f"claim-{n - 1}" if n % 2 else "",
        )
        for n in range(claims)
    ]  # fmt: skip
    return "".join(lines)


def main(times: int = 7) -> None:
    """Measure and print.

    Parameters
    ----------
    times : int
        How often [-].
    """
    found = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.yaml"
        path.write_text(case_text(), "utf-8")
        context = open_context()
        for _ in range(times):
            begun = perf_counter()
            case = load_case(str(path))
            loaded = perf_counter()
            plan = plan_case(case, context)
            found.append((loaded - begun, perf_counter() - loaded))
    load, check = (median(part) for part in zip(*found, strict=True))
    print(f"{len(case.model.claims)} claims, {len(plan.steps)} steps, {len(case_text()):,} bytes")
    print(f"load {load:.3f} s, check {check:.3f} s, together {load + check:.3f} s")


if __name__ == "__main__":
    main()
