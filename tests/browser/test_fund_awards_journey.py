"""After an award, in each language: accepted, agreed, claimed, certified, paid, reported, learned from, closed."""

import re
from datetime import date, timedelta

import pytest
from django.utils.translation import gettext, override, pgettext
from playwright.sync_api import Page, expect

from .conftest import Site

pytestmark = pytest.mark.journey
TODAY = date.today()
AWARDS = {"en": "DEMOPANEL-003", "cy": "DEMOPANEL-005"}  # offered to Torfaen, with Cardiff as a partner
TITLES = {"en": "Repairs that tell you when", "cy": "Rhybuddion llifogydd mewn un lle"}


class Visit:
    """One browser in one language: what is pressed and read is named in English, and looked for in the page's words."""

    def __init__(self, site: Site, page: Page, language: str) -> None:
        self.site, self.page, self.language = site, page, language
        self.reference = AWARDS[language]

    def say(self, text: str, context: str = "") -> str:
        with override(self.language):
            said = pgettext(context, text) if context else gettext(text)
        assert self.language == "en" or said != text, f"no Welsh for {text}"
        return said

    def be(self, person: str) -> None:
        self.site.sign_in(self.page, person, self.language)

    def needs(self, text: str) -> None:
        """Follow what waits for this person from their front page."""
        self.page.get_by_role("link", name=re.compile(re.escape(self.say(text) % {"bid": self.reference}))).click()
        self.site.check(self.page)

    def follow(self, text: str) -> None:
        self.page.locator("#main-content").get_by_role("link", name=self.say(text), exact=True).click()
        self.page.wait_for_load_state()
        self.site.check(self.page)

    def press(self, text: str) -> None:
        buttons = self.page.locator("#main-content").get_by_role("button", name=self.say(text), exact=True)
        with self.page.expect_navigation():
            buttons.and_(self.page.locator("button, a")).first.click()  # a summary is no button of a form
        self.site.check(self.page)

    def read(self, text: str) -> None:
        expect(self.page.get_by_text(self.say(text)).first).to_be_visible()

    def day(self, name: str, value: date) -> None:
        for part in ("day", "month", "year"):
            self.page.locator(f"#id_{name}_{part}").fill(str(getattr(value, part)))

    def fill(self, **texts: str) -> None:
        for name, text in texts.items():
            self.page.locator(f"#id_{name}").fill(text)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_an_award_is_accepted_claimed_reported_on_and_closed(site: Site, page: Page, language: str) -> None:
    visit = Visit(site, page, language)
    visit.be("lead-torfaen")
    visit.needs("Accept the award %(bid)s")
    award = page.url
    visit.press("Accept the award, or turn it down")
    visit.press("Send the answer")  # without an answer: said so
    page.get_by_label(visit.say("We accept the award and its conditions")).check()
    visit.press("Send the answer")
    expect(page).to_have_url(award)

    visit.be("lead-cardiff")
    visit.needs("Agree to your share of the award %(bid)s")
    visit.press("Agree to the share")
    visit.read("Your council agreed to its share.")

    visit.be("officer-torfaen")
    page.goto(award)
    visit.follow("Begin a claim")
    visit.day("period_from", TODAY - timedelta(days=20))
    visit.day("period_to", TODAY - timedelta(days=1))
    page.locator("#id_is_year_end").check()
    visit.press("Begin")
    claim = page.url
    visit.day("paid_on", TODAY - timedelta(days=2))
    visit.fill(supplier="Cwmni Cyf", description="Tablets", amount_pence="1,234.50")
    visit.press("Add")
    visit.press("Send the claim")
    visit.read("The section 151 officer has not certified this claim yet.")

    visit.be("finance-torfaen")
    page.goto(claim)
    visit.press("Certify the claim")
    visit.fill(name="A. Person, section 151 officer")
    visit.press("Certify")
    visit.read("The claim is certified.")

    visit.be("officer-torfaen")
    page.goto(claim)
    visit.press("Send the claim")

    visit.be("fund-manager")
    page.goto(claim)
    visit.press("Approve the claim")
    visit.press("Record the payment")
    visit.day("paid_on", TODAY)
    visit.fill(reference=f"BACS {language}")
    visit.press("Record the payment")
    expect(page.get_by_text(re.compile("£1,234.50.*BACS")).first).to_be_visible()
    page.goto(award)
    visit.follow("Ask for a report")
    visit.day("due_on", TODAY + timedelta(days=40))
    visit.press("Save")

    visit.be("officer-torfaen")
    visit.needs("Write the report on %(bid)s")
    report = page.url
    visit.fill(progress="We tried it.")
    visit.press("Send the report")
    visit.read("The report is sent.")

    visit.be("fund-manager")
    page.goto(report)
    page.locator("#main-content details summary").last.click()
    page.locator("#main-content textarea[name=why]").fill("How many people?")
    visit.press("Return for changes")

    visit.be("officer-torfaen")
    page.goto(report)
    expect(page.get_by_text("How many people?")).to_be_visible()
    visit.fill(progress="We tried it with forty people.")
    visit.press("Send the report")
    page.goto(award)
    visit.follow("Add what was learned")
    visit.fill(title_en="Ask early", title_cy="Gofynnwch yn gynnar", summary_en="It helps.", summary_cy="Mae’n helpu.")
    visit.press("Save and publish")

    visit.be("fund-manager")
    page.goto(report)
    visit.press("Accept the report")
    page.goto(award)
    visit.press("Close the award")
    visit.read("The award is closed.")

    visit.be("officer-cardiff")
    site.open(page, {"en": "/en/fund/awards/", "cy": "/cy/cronfa/dyfarniadau/"}[language])
    page.get_by_role("link", name=TITLES[language], exact=True).click()
    site.check(page)
    expect(page.get_by_text(visit.say("Shares")).first).to_be_visible()
    expect(page.get_by_text({"en": "Ask early", "cy": "Gofynnwch yn gynnar"}[language])).to_be_visible()
    paid = "SELECT p.amount_pence FROM fund_payment p JOIN fund_award a ON a.id = p.award_id JOIN fund_bid b ON"
    assert site.rows(f"{paid} b.id = a.bid_id WHERE b.reference = %s AND a.status = 'closed'", visit.reference) == [
        (123450,)
    ]
