"""Computed, sourced and repeatable answers about space launch and the claims made of it.

Every verb of the shell is a function here: ``kosmodrom.distance(from_="vostochny",
to="Vladivostok")`` gives a `Result` with ``facts``, ``columns`` and ``to_pandas()``.
A keyword argument ``as_of`` holds back what was published after that day.
"""

from typing import Any

__all__ = ["__version__"]


def __getattr__(name: str) -> Any:
    """Make the function of a verb when it is first asked for."""
    if name == "__version__":
        from importlib.metadata import version

        return version("kosmodrom")
    if name.startswith("_"):
        raise AttributeError(f"module 'kosmodrom' has no attribute {name!r}")
    from kosmodrom.analyses._registry import near, verbs

    if name in verbs():
        from kosmodrom.cases.python_door import function_of

        return function_of(name)
    alike = near(name, verbs())
    hint = f"; did you mean {alike[0]!r}?" if alike else ""
    raise AttributeError(f"module 'kosmodrom' has no attribute {name!r}{hint}")


def __dir__() -> list[str]:
    """List the verbs beside the ordinary names."""
    from kosmodrom.analyses._registry import verbs

    return sorted({*globals(), *verbs()})
