"""The errors of kosmodrom.

::

    KosmodromError
    ├── InputError       what the user gave is wrong (also a ValueError): exit 2
    │   ├── RequestError     one field of a request is wrong; knows which field
    │   │   └── NotYetPublicError  of what it names nothing was public by the day asked about
    │   ├── CaseError        a case file is wrong; knows the file and the lines
    │   └── UnknownNameError a name is in no list; knows the near misses
    ├── DataError        a data file that should be there is missing or damaged
    ├── ModelError       a computation could not give an answer
    └── StoreError       the database of imported histories could not be used

Every message says what is wrong, the value and the limit, and the way out.
"""

from collections.abc import Sequence

__all__ = [
    "CaseError",
    "DataError",
    "InputError",
    "KosmodromError",
    "ModelError",
    "NotYetPublicError",
    "RequestError",
    "StoreError",
    "UnknownNameError",
]


class KosmodromError(Exception):
    """Any error that kosmodrom raises on purpose."""


class InputError(KosmodromError, ValueError):
    """What the user gave is wrong."""


class RequestError(InputError):
    """One field of a request is wrong.

    Parameters
    ----------
    message : str
        What is wrong, the limit and the remedy, without the place.
    path : sequence of str or int
        Keys from the top of the request to the field; a door shows it in its own way.
    """

    def __init__(self, message: str, path: Sequence[str | int] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.path = tuple(path)


class NotYetPublicError(RequestError):
    """Of what a field names nothing was public yet by the day asked about.

    Parameters
    ----------
    message : str
        What was not public, and from when on.
    path : sequence of str or int
        Keys from the top of the request to the field.
    name : str
        What is named.
    first : str
        Day of the first that there is [UTC].
    """

    def __init__(
        self, message: str, path: Sequence[str | int] = (), *, name: str, first: str
    ) -> None:
        super().__init__(message, path)
        self.name = name
        self.first = first


class CaseError(InputError):
    """A case file is wrong.

    Parameters
    ----------
    *problems : str
        One line a problem, each with its file and line.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class UnknownNameError(InputError):
    """A name is in no list.

    Parameters
    ----------
    message : str
        What was looked for and where.
    near : sequence of str
        Names that look like it, nearest first.
    """

    def __init__(self, message: str, near: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.near = tuple(near)


class DataError(KosmodromError):
    """A data file that should be there is missing or damaged."""


class ModelError(KosmodromError):
    """A computation could not give an answer."""


class StoreError(KosmodromError):
    """The database of imported histories could not be used."""
