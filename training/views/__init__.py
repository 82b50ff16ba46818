"""The screens of training, by what they are about."""
