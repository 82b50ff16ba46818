"""What becomes of what spans the areas when an organisation ends."""

from django.utils.translation import gettext_lazy as _

from organisations.succession import Part, register

# what was said of the team on a day is true of that day
register(Part("programme.TeamStatement.sits_within", _("Statements about the team")))
