"""People, what they are in their organisations, and how they sign in."""

from .address import SIDES, AddressChange
from .limit import Limit
from .membership import Membership, State
from .person import User, UserManager
from .sign_in import DIGITS, MOST_TRIES, VALID_MINUTES, SignInCode
from .tenant import Tenant
from .viewing import Consent, Viewing

__all__ = [
    "DIGITS",
    "MOST_TRIES",
    "SIDES",
    "VALID_MINUTES",
    "AddressChange",
    "Consent",
    "Limit",
    "Membership",
    "SignInCode",
    "State",
    "Tenant",
    "User",
    "UserManager",
    "Viewing",
]
