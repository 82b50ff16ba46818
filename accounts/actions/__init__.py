"""Every write of people, roles, addresses and sessions."""
