"""The screens of the fund, by noun."""
