"""What is looked at on every page, beside axe: sizes, large text, forced colours, paper, the keyboard."""

from collections.abc import Iterator
from html.parser import HTMLParser

from playwright.sync_api import Page

WIDE = {"width": 1280, "height": 900}
SIZES = [(320, 640), (640, 320), (768, 1024)]  # 320 px is also what 1280 px are at 400 % zoom
STOPS = 15  # of the tab key, within the page's own content
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
NOT_ON_PAPER = (
    ".govuk-service-navigation, .govuk-breadcrumbs, .govuk-pagination, .portal-filters, .portal-clear, .govuk-footer,"
    ".govuk-skip-link, main .govuk-button"
)
VISIBLE = "all => all.filter(e => e.checkVisibility()).length"
# what has the focus, and whether it can be seen that it has
FOCUSED = """
() => { const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
    const label = e.nextElementSibling && getComputedStyle(e.nextElementSibling, '::before');
    const shown = s => s && (s.boxShadow !== 'none' || (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2));
    return {name: e.tagName, seen: !!(shown(s) || shown(label)),
        inside: box.bottom > 0 && box.top < innerHeight, html: e.outerHTML.slice(0, 90)}; }
"""
# Links inside a sentence are as high as its line (WCAG 2.5.8 excepts them); these are not inside one.
SMALL_TARGETS = """
() => [...document.querySelectorAll(
    'button, input:not([type=hidden]), select, textarea, nav a, thead a,'
    + '.govuk-button, .govuk-pagination a, .govuk-tabs a'
)].filter(e => e.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter(e => !e.closest('.govuk-skip-link, .govuk-breadcrumbs, [data-inline], [aria-hidden=true]'))
  .map(e => ['radio', 'checkbox'].includes(e.type)
    ? (e.closest('.govuk-radios__item, .govuk-checkboxes__item') || e) : e)
  .map(e => e.matches('.govuk-tabs__tab') ? e.closest('li') : e)
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => box.width > 0 && box.height < 43.5)
  .map(([e, box]) => e.outerHTML.slice(0, 120) + ' is ' + Math.round(box.height) + ' px high')
"""
BORDERLESS = """
all => all.filter(e => e.checkVisibility()).map(e => [getComputedStyle(e), e])
    .filter(([s, e]) => parseFloat(s.borderTopWidth) < 1 || s.borderTopStyle === 'none')
    .map(([s, e]) => e.outerHTML.slice(0, 90))
"""


def faults_of(page: Page) -> Iterator[str]:
    """What is wrong with the page that stands open."""
    page.set_viewport_size(WIDE)
    if page.title().count(" – ") < 1:
        yield f"title {page.title()!r}"
    if page.locator("h1").count() != 1:
        yield f"{page.locator('h1').count()} h1"
    yield from page.evaluate(SMALL_TARGETS)
    yield from by_keyboard(page)
    yield from in_large_text(page)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        if over := page.evaluate(OVERFLOW):
            yield f"{over} px too wide at {width} x {height}"
    page.set_viewport_size(WIDE)
    page.emulate_media(forced_colors="active")
    fields = "main :is(.govuk-button, input[type=text], input[type=email], select)"
    yield from (f"no edge in forced colours: {one}" for one in page.locator(fields).evaluate_all(BORDERLESS))
    page.emulate_media(forced_colors="none", media="print")
    if not page.locator("h1").first.is_visible():
        yield "no heading on paper"
    if shown := page.locator(NOT_ON_PAPER).evaluate_all(VISIBLE):
        yield f"{shown} things to press on paper"
    page.emulate_media(media="screen")


def by_keyboard(page: Page) -> Iterator[str]:
    """Each stop of the tab key in the page's content is seen, and on the screen."""
    page.evaluate("document.getElementById('main-content').focus()")
    for _stop in range(STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["name"] == "BODY":
            return
        if not focused["seen"] or not focused["inside"]:
            yield f"the focus is not seen on {focused['html']}"


def in_large_text(page: Page) -> Iterator[str]:
    """Text of 200 %: all of it grows, and nothing goes over the edge."""
    height = "h1 => parseFloat(getComputedStyle(h1).fontSize)"
    before = page.locator("h1").first.evaluate(height)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    after = page.locator("h1").first.evaluate(height)
    if after < 1.99 * before:
        yield f"with text of 200 % the heading grows from {before} to {after} px only"
    if over := page.evaluate(OVERFLOW):
        yield f"{over} px too wide with text of 200 %"
    page.evaluate("document.documentElement.style.fontSize = ''")


VOID = {"meta", "link", "input", "br", "img", "hr", "source", "wbr", "path", "rect", "circle", "line", "use", "col"}


class Plain(HTMLParser):
    """What of a page would do nothing with scripts off: a button that sends no form, a link to nowhere, a form with

    fields that nothing sends. What is hidden until a script shows it does not count.
    """

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.forms: list[dict[str, str]] = []
        self.filled: list[int] = []  # the places of the forms that have a field
        self.sent: set[int | str] = set()  # the places, or the ids, of those that a button sends
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        hidden = tag in {"template", "dialog"} or "hidden" in values or bool(self.open and self.open[-1][1])
        said = self.get_starttag_text() or tag
        kind = values.get("type", "submit" if tag == "button" else "text")
        if tag == "form":
            self.forms.append({"id": values.get("id", ""), "said": said})
        here = len(self.forms) - 1
        if tag in {"button", "input"} and kind in {"submit", "image"}:
            self.sent.add(values.get("form", here))
        elif tag in {"input", "select", "textarea"} and kind != "hidden" and not hidden and "form" not in values:
            self.filled.append(here)
        if not hidden and tag == "button" and kind == "button":
            self.faults.append(f"without script this does nothing: {said}")
        if not hidden and tag == "a" and values.get("href", "#") == "#":
            self.faults.append(f"without script this leads nowhere: {said}")
        if tag not in VOID:
            self.open.append((tag, hidden))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def found(self) -> list[str]:
        filled = [self.forms[place] for place in sorted(set(self.filled)) if place not in self.sent and place >= 0]
        dead = [form for form in filled if form["id"] not in self.sent]
        return self.faults + [f"without script nothing sends this: {form['said']}" for form in dead]


def dead_without_script(html: str) -> list[str]:
    """What of a page's HTML, as the server sends it, would be dead with scripts off."""
    page = Plain()
    page.feed(html)
    return page.found()
