"""Skills frameworks as documents: read from a file, kept as a version, written to a file, compared."""

from .changes import Changes, changes_between
from .document import Document, FamilyText, Pair, RoleText, SkillText, Step, document_of
from .reading import Fault, read_csv
from .storing import store
from .supplied import load_supplied, supplied
from .writing import HEADER, csv_rows

__all__ = [
    "HEADER",
    "Changes",
    "Document",
    "FamilyText",
    "Fault",
    "Pair",
    "RoleText",
    "SkillText",
    "Step",
    "changes_between",
    "csv_rows",
    "document_of",
    "load_supplied",
    "read_csv",
    "store",
    "supplied",
]
