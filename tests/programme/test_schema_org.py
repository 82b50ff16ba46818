"""What pages say to programs: schema.org as microdata, escaped, in the page's language, without a script."""

import re

import pytest
from django.test import Client
from django.utils.translation import override

from organisations.schema import item_of
from tests.factories.people import BodyFactory, CouncilFactory
from tests.factories.training import CourseFactory, SessionFactory
from training.schema import course_item, session_item
from wlga_portal.kernel.microdata import Item

pytestmark = pytest.mark.django_db


def test_an_item_is_escaped_and_leaves_out_what_is_empty():
    item = Item(
        "Thing", {"name": "<b>", "url": "https://a.example/?a&b", "note": ""}, {"part": [Item("Place", {})] * 2}
    )
    assert item.html() == (
        '<div itemscope itemtype="https://schema.org/Thing"><meta itemprop="name" content="&lt;b&gt;">'
        '<link itemprop="url" href="https://a.example/?a&amp;b">'
        + '<div itemprop="part" itemscope itemtype="https://schema.org/Place"></div>' * 2
        + "</div>"
    )


def test_a_council_is_a_government_with_its_codes_and_a_body_is_not(settings):
    settings.BASE_URL = "https://portal.example.org"
    council = CouncilFactory(name_en="Cardiff", name_cy="Caerdydd", slug_cy="caerdydd")
    with override("cy"):
        item = item_of(council)
        assert (item.type, str(item.values["name"])) == ("GovernmentOrganization", "Caerdydd")
        assert item.values["url"] == "https://portal.example.org/cy/cynghorau/caerdydd/"
    assert item.values["identifier"] == council.gss_code
    body = item_of(BodyFactory())
    assert (body.type, body.parts) == ("Organization", {})


def test_a_session_says_when_and_where_but_not_the_link_for_joining():
    online = SessionFactory(mode="online", joining_url="https://meet.example.org/secret")
    said = session_item(online).html()
    assert "OnlineEventAttendanceMode" in said
    assert "VirtualLocation" in said
    assert "meet.example.org" not in said
    there = SessionFactory(mode="in_person", place_en="Town hall", place_cy="Neuadd y dref", status="cancelled")
    assert "EventCancelled" in session_item(there).html()
    assert 'content="Town hall"' in session_item(there).html()
    assert 'itemprop="provider"' in course_item(CourseFactory(provider=BodyFactory())).html()
    assert 'itemprop="provider"' not in course_item(CourseFactory(provider=None)).html()


def test_pages_say_what_they_are_about():
    council, course = CouncilFactory(), CourseFactory()
    session = SessionFactory(course=course, status="open")
    types = {
        "/en/": "WebSite", "/cy/data/": "DataCatalog", "/en/data/councils/": "Dataset",
        council.get_absolute_url(): "GovernmentOrganization", course.get_absolute_url(): "Course",
        session.get_absolute_url(): "EducationEvent",
    }  # fmt: skip
    for path, kind in types.items():
        page = Client().get(path).content.decode()
        assert f'itemtype="https://schema.org/{kind}"' in page, path
        assert "ld+json" not in page
    files = re.findall(
        r'itemprop="contentUrl" href="[^"]+(/en/data/[^"]+)"', Client().get("/en/data/").content.decode()
    )
    assert len(files) > 30
    assert Client().get(files[0]).status_code == 200
