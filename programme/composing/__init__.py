"""Papers that the portal writes from its own rows, in both languages, with every figure bound to its source."""
