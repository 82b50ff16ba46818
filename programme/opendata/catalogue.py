"""Every data set by its name, in the order of the areas."""

from . import board, fund, organisations, projects, team, training
from .sets import DataSet

SETS: dict[str, DataSet] = {
    one.name: one for area in (organisations, projects, team, fund, training, board) for one in area.SETS
}
