"""YAML to plan to run to verdicts to results: the one way all doors take.

``run_step`` answers one verb, ``run_case`` a whole case; both are what the shell, Python and a
web door call.
"""

from kosmodrom.cases.check import Plan, plan_case
from kosmodrom.cases.load import Case, find_case, load_case, shipped
from kosmodrom.cases.run import run_case
from kosmodrom.cases.step import StepProblems, check_names, run_step, step_json

__all__ = [
    "Case",
    "Plan",
    "StepProblems",
    "check_names",
    "find_case",
    "load_case",
    "plan_case",
    "run_case",
    "run_step",
    "shipped",
    "step_json",
]
