"""Launch and test records: one counting engine, and the rows it counts."""

from kosmodrom.records.counting import Definition, Event, Tally, belongs, tally

__all__ = ["Definition", "Event", "Tally", "belongs", "tally"]
