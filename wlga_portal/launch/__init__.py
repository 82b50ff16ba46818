"""`make run`: prepares what is missing, then serves the portal until it is told to stop.

`checks` refuses a start that cannot end well, `steps` does what is not done yet, `children` keeps the processes,
`__main__` puts them in order. Every fault is one sentence on the standard error; the details are in `<var>/log`.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Fault(Exception):
    """A sentence for the person at the keyboard."""


class Stopped(Exception):
    """Somebody asked for the stop while the portal was still starting."""
