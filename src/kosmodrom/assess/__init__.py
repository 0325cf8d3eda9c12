"""Claims, their evidence and what follows from it; no physics, no files.

A claim says what would refute it before anything is computed. Evidence for and against goes
through one code path (`bearing`), is counted once a voice (`voices`), and the verdict follows
from the counts through one table (`verdicts`).
"""
