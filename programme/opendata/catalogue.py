"""Every data set by its name, in the order of the areas."""

from . import board, fund, organisations, projects, training
from .sets import DataSet

SETS: dict[str, DataSet] = {
    one.name: one for area in (organisations, projects, fund, training, board) for one in area.SETS
}
