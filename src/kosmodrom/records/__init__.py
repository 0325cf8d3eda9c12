"""Launch and test records: one counting engine, and the rows it counts."""

from kosmodrom.records.counting import Definition, Event, Tally, belongs, tally
from kosmodrom.records.coverage import Coverage

__all__ = ["Coverage", "Definition", "Event", "Tally", "belongs", "tally"]
