"""Positions and velocities that know their frame and their instants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kosmodrom.base.frames import Frame, convert
from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kosmodrom.base.earth import EarthOrientation
    from kosmodrom.base.epochs import Epochs

__all__ = ["States"]

_NEAREST = 1e6  # nothing flies within 1000 km of the Earth's centre; kilometres would


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class States:
    """Positions and velocities of one object, or of several at the instants of each.

    Attributes
    ----------
    epochs : Epochs, shape (...)
        When.
    frame : Frame
        In which frame.
    position : numpy.ndarray, shape (..., 3)
        Position from the Earth's centre [m].
    velocity : numpy.ndarray, shape (..., 3)
        Velocity relative to `frame` [m/s].
    """

    epochs: Epochs
    frame: Frame
    position: NDArray[np.float64]
    velocity: NDArray[np.float64]

    def __post_init__(self) -> None:
        if not isinstance(self.frame, Frame):
            raise InputError(f"frame is {self.frame!r}; give one of {', '.join(map(str, Frame))}")
        due = (*self.epochs.shape, 3)
        for name in ("position", "velocity"):
            vectors = np.array(getattr(self, name), dtype=np.float64)
            if vectors.shape != due:
                raise InputError(
                    f"{name} has shape {vectors.shape}; epochs of shape {self.epochs.shape} need "
                    f"{due}"
                )
            if not np.all(np.isfinite(vectors)):
                raise InputError(
                    f"{name} holds a value that is not finite; leave out instants without a state"
                )
            vectors.flags.writeable = False
            object.__setattr__(self, name, vectors)
        distance = np.linalg.norm(self.position, axis=-1)
        if distance.size and distance.min() < _NEAREST:
            raise InputError(
                f"position comes within {distance.min():.6g} m of the Earth's centre; the limit "
                f"is {_NEAREST:.0f} m. Kilometres must be turned into metres"
            )

    def __getitem__(self, index: Any) -> States:  # whatever NumPy takes
        rows = index if isinstance(index, tuple) else (index,)
        return States(
            epochs=self.epochs[index],
            frame=self.frame,
            position=self.position[(*rows, slice(None))],
            velocity=self.velocity[(*rows, slice(None))],
        )

    def to_frame(self, frame: Frame, earth: EarthOrientation) -> States:
        """Turn into another frame; see `kosmodrom.base.frames.convert`.

        Parameters
        ----------
        frame : Frame
            The frame.
        earth : EarthOrientation
            Earth orientation that covers the instants.

        Returns
        -------
        States
            The same states in that frame.
        """
        position, velocity = convert(
            self.position, self.velocity, self.frame, frame, self.epochs, earth
        )
        return States(epochs=self.epochs, frame=frame, position=position, velocity=velocity)

    def distance_to(self, other: States) -> NDArray[np.float64]:
        """Measure how far another object is at the same instants.

        Parameters
        ----------
        other : States, shape (...)
            States in the same frame, at the same instants.

        Returns
        -------
        numpy.ndarray, shape (...)
            Distance [m].
        """
        if self.frame is not other.frame:
            raise InputError(
                f"cannot compare {self.frame} with {other.frame}; convert one first: "
                f"other.to_frame({self.frame}, earth)"
            )
        if not np.array_equal(self.epochs.tai_ns, other.epochs.tai_ns):
            raise InputError(
                f"cannot compare states at {self.epochs!r} with states at {other.epochs!r}; give "
                "both at the same instants"
            )
        return np.asarray(np.linalg.norm(self.position - other.position, axis=-1))
