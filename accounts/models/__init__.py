"""People, what they are in their organisations, and how they sign in."""

from .address import AddressChange
from .limit import Limit
from .membership import Membership, State
from .person import User, UserManager
from .sign_in import SignInCode

__all__ = ["AddressChange", "Limit", "Membership", "SignInCode", "State", "User", "UserManager"]
