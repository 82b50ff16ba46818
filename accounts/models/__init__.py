"""People, what they are in their organisations, and how they sign in."""

from .address import SIDES, AddressChange
from .limit import Limit
from .membership import Membership, State
from .person import User, UserManager
from .review import AccessReview, Kept, quarter_of
from .sign_in import DIGITS, MOST_TRIES, VALID_MINUTES, SignInCode
from .tenant import Tenant
from .viewing import Consent, Viewing

__all__ = [
    "DIGITS",
    "MOST_TRIES",
    "SIDES",
    "VALID_MINUTES",
    "AccessReview",
    "AddressChange",
    "Consent",
    "Kept",
    "Limit",
    "Membership",
    "SignInCode",
    "State",
    "Tenant",
    "User",
    "UserManager",
    "Viewing",
    "quarter_of",
]
