"""The people of the demonstration."""

import pytest

from accounts.demo import load_demo
from accounts.models import Membership, User
from accounts.roles import Role
from organisations.models import MailDomain
from tests.factories.people import BodyFactory, CouncilFactory

pytestmark = pytest.mark.django_db
DEMO = {
    "people": [
        {
            "slug": "officer-torfaen",
            "email": "cerys@example.org",
            "name": "Cerys Un",
            "language": "cy",
            "organisation": "torfaen",
            "roles": ["officer", "finance"],
        }
    ]
}


def test_people_are_loaded_with_their_roles_and_each_council_with_a_mail_domain():
    council = CouncilFactory(slug_en="torfaen")
    BodyFactory(slug_en="wlga")
    for _twice in range(2):
        people = load_demo(DEMO, by=None)
    user = User.objects.get()
    assert people == {"officer-torfaen": user}
    assert (user.demo_slug, user.name, user.email, user.language) == (
        "officer-torfaen",
        "Cerys Un",
        "cerys@example.org",
        "cy",
    )
    assert sorted(Membership.objects.values_list("role", "organisation")) == [
        (Role.FINANCE, council.pk),
        (Role.OFFICER, council.pk),
    ]
    assert list(MailDomain.objects.values_list("domain", "organisation")) == [("torfaen.example.org", council.pk)]
