"""The screens of the board, by noun."""
