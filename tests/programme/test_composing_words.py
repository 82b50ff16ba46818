"""The words of composed sentences: the expected Welsh is written out."""

import re
from datetime import date
from pathlib import Path

import pytest

from organisations.models import Organisation
from programme.composing import sections, welsh, words
from wlga_portal.kernel.bilingual import Text

NUMBERS = (0, 1, 2, 3, 4, 6, 10, 22)
EXPECTED = {
    "action": "0 cam gweithredu|1 cam gweithredu|2 gam gweithredu|3 cham gweithredu|4 cam gweithredu|6 cham gweithredu"
    "|10 cam gweithredu|22 o gamau gweithredu",
    "award": "0 dyfarniad|1 dyfarniad|2 ddyfarniad|3 dyfarniad|4 dyfarniad|6 dyfarniad|10 dyfarniad|22 o ddyfarniadau",
    "bid": "0 cais|1 cais|2 gais|3 chais|4 cais|6 chais|10 cais|22 o geisiadau",
    "board": "0 bwrdd|1 bwrdd|2 fwrdd|3 bwrdd|4 bwrdd|6 bwrdd|10 bwrdd|22 o fyrddau",
    "council": "0 cyngor|1 cyngor|2 gyngor|3 chyngor|4 cyngor|6 chyngor|10 cyngor|22 o gynghorau",
    "course": "0 cwrs|1 cwrs|2 gwrs|3 chwrs|4 cwrs|6 chwrs|10 cwrs|22 o gyrsiau",
    "decision": "0 penderfyniad|1 penderfyniad|2 benderfyniad|3 phenderfyniad|4 penderfyniad|6 phenderfyniad"
    "|10 penderfyniad|22 o benderfyniadau",
    "deliverable": "0 peth i'w gyflawni|1 peth i'w gyflawni|2 beth i'w cyflawni|3 pheth i'w cyflawni"
    "|4 peth i'w cyflawni|6 pheth i'w cyflawni|10 peth i'w cyflawni|22 o bethau i'w cyflawni",
    "delivery plan": "0 cynllun cyflawni|1 cynllun cyflawni|2 gynllun cyflawni|3 chynllun cyflawni"
    "|4 cynllun cyflawni|6 chynllun cyflawni|10 cynllun cyflawni|22 o gynlluniau cyflawni",
    "digital practitioner": "0 ymarferydd digidol|1 ymarferydd digidol|2 ymarferydd digidol|3 ymarferydd digidol"
    "|4 ymarferydd digidol|6 ymarferydd digidol|10 ymarferydd digidol|22 o ymarferwyr digidol",
    "fund": "0 cronfa|1 gronfa|2 gronfa|3 cronfa|4 cronfa|6 chronfa|10 cronfa|22 o gronfeydd",
    "item": "0 eitem|1 eitem|2 eitem|3 eitem|4 eitem|6 eitem|10 eitem|22 o eitemau",
    "learning opportunity": "0 cyfle dysgu|1 cyfle dysgu|2 gyfle dysgu|3 chyfle dysgu|4 cyfle dysgu|6 chyfle dysgu"
    "|10 cyfle dysgu|22 o gyfleoedd dysgu",
    "meeting": "0 cyfarfod|1 cyfarfod|2 gyfarfod|3 chyfarfod|4 cyfarfod|6 chyfarfod|10 cyfarfod|22 o gyfarfodydd",
    "milestone": "0 carreg filltir|1 garreg filltir|2 garreg filltir|3 carreg filltir|4 carreg filltir"
    "|6 charreg filltir|10 carreg filltir|22 o gerrig milltir",
    "month": "0 mis|1 mis|2 fis|3 mis|4 mis|6 mis|10 mis|22 mis",
    "officer": "0 swyddog|1 swyddog|2 swyddog|3 swyddog|4 swyddog|6 swyddog|10 swyddog|22 o swyddogion",
    "paper": "0 papur|1 papur|2 bapur|3 phapur|4 papur|6 phapur|10 papur|22 o bapurau",
    "partner": "0 partner|1 partner|2 bartner|3 phartner|4 partner|6 phartner|10 partner|22 o bartneriaid",
    "project": "0 prosiect|1 prosiect|2 brosiect|3 phrosiect|4 prosiect|6 phrosiect|10 prosiect|22 o brosiectau",
    "recommendation": "0 argymhelliad|1 argymhelliad|2 argymhelliad|3 argymhelliad|4 argymhelliad|6 argymhelliad"
    "|10 argymhelliad|22 o argymhellion",
    "round": "0 rownd|1 rownd|2 rownd|3 rownd|4 rownd|6 rownd|10 rownd|22 o rowndiau",
    "status update": "0 diweddariad statws|1 diweddariad statws|2 ddiweddariad statws|3 diweddariad statws"
    "|4 diweddariad statws|6 diweddariad statws|10 diweddariad statws|22 o ddiweddariadau statws",
    "topic": "0 pwnc|1 pwnc|2 bwnc|3 phwnc|4 pwnc|6 phwnc|10 pwnc|22 o bynciau",
    "waiting list": "0 rhestr aros|1 rhestr aros|2 restr aros|3 rhestr aros|4 rhestr aros|6 rhestr aros"
    "|10 rhestr aros|22 o restrau aros",
    "week": "0 wythnos|1 wythnos|2 wythnos|3 wythnos|4 wythnos|6 wythnos|10 wythnos|22 wythnos",
    "year": "0 blynedd|1 flwyddyn|2 flynedd|3 blynedd|4 blynedd|6 blynedd|10 mlynedd|22 mlynedd",
}  # fmt: skip


@pytest.mark.parametrize("noun", EXPECTED)
def test_welsh_numbers_mutate_their_noun(noun: str) -> None:
    assert [words.counted(number, noun).cy for number in NUMBERS] == EXPECTED[noun].split("|")


def test_each_noun_that_a_paper_counts_has_its_welsh_written_out_above() -> None:
    code = "\n".join(path.read_text("utf-8") for path in Path(sections.__file__).parent.glob("*.py"))
    used = re.findall(r'words\.counted\([^"]*?, "([a-z ]+)"\)', code)
    assert len(used) == code.count("words.counted(") > 10
    assert set(used) <= set(EXPECTED)


def test_years_have_a_table_of_their_own() -> None:
    said = "1 flwyddyn|2 flynedd|3 blynedd|4 blynedd|5 mlynedd|6 blynedd|7 mlynedd|8 mlynedd|9 mlynedd|10 mlynedd"
    assert [words.counted(number, "year").cy for number in range(1, 11)] == said.split("|")


def test_english_numbers_have_one_and_many() -> None:
    assert [words.counted(number, "bid").en for number in (0, 1, 2, 1000)] == [
        "0 bids",
        "1 bid",
        "2 bids",
        "1,000 bids",
    ]
    assert words.counted(2, "learning opportunity").en == "2 learning opportunities"
    assert words.counted(2, "criterion").en == "2 criteria"
    assert words.counted(2, "delivery plan").en == "2 delivery plans"
    assert words.english_plural("box") == "boxes"
    assert words.english_plural("day") == "days"


def test_a_noun_that_the_grammar_does_not_know_is_refused() -> None:
    with pytest.raises(KeyError):
        words.counted(2, "elephant")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ""),
        (["Caerdydd"], "Caerdydd"),
        (["Caerdydd", "Abertawe"], "Caerdydd ac Abertawe"),
        (["Blaenau Gwent", "Sir Fynwy", "Torfaen", "Casnewydd"], "Blaenau Gwent, Sir Fynwy, Torfaen a Chasnewydd"),
        (["Gwynedd", "Powys"], "Gwynedd a Phowys"),
        (["Caerffili", "Torfaen"], "Caerffili a Thorfaen"),
        (["Bro Morgannwg", "Wrecsam"], "Bro Morgannwg a Wrecsam"),
        (["Powys", "Ynys Môn"], "Powys ac Ynys Môn"),
        (["Caerffili", "Rhondda Cynon Taf"], "Caerffili a Rhondda Cynon Taf"),
        (["saith", "wyth"], "saith ac wyth"),
        (["Cynwyd", "Thomas"], "Cynwyd a Thomas"),
    ],
)
def test_a_welsh_list_joins_its_last_name(names: list[str], expected: str) -> None:
    assert welsh.listed(names) == expected


def test_a_list_is_said_in_both_languages() -> None:
    councils = [Text("Bridgend", "Pen-y-bont ar Ogwr"), Text("Cardiff", "Caerdydd"), Text("Newport", "Casnewydd")]
    said = words.listed(councils)
    assert (said.en, said.cy) == (
        "Bridgend, Cardiff and Newport", "Pen-y-bont ar Ogwr, Caerdydd a Chasnewydd",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("word", "soft", "nasal", "aspirate"),
    [
        ("Caerdydd", "Gaerdydd", "Nghaerdydd", "Chaerdydd"),
        ("Powys", "Bowys", "Mhowys", "Phowys"),
        ("Torfaen", "Dorfaen", "Nhorfaen", "Thorfaen"),
        ("Gwent", "Went", "Ngwent", "Gwent"),
        ("Bro", "Fro", "Mro", "Bro"),
        ("Dinbych", "Ddinbych", "Ninbych", "Dinbych"),
        ("Merthyr", "Ferthyr", "Merthyr", "Merthyr"),
        ("Llanelli", "Lanelli", "Llanelli", "Llanelli"),
        ("Rhondda", "Rondda", "Rhondda", "Rhondda"),
        ("chwarter", "chwarter", "chwarter", "chwarter"),
        ("Abertawe", "Abertawe", "Abertawe", "Abertawe"),
    ],
)
def test_a_beginning_changes_by_its_letter(word: str, soft: str, nasal: str, aspirate: str) -> None:
    assert [welsh.mutated(word, "soft"), welsh.mutated(word, "nasal"), welsh.mutated(word, "aspirate")] == [
        soft, nasal, aspirate,
    ]  # fmt: skip


def test_days_months_and_sums_are_said_in_both_languages() -> None:
    said = [words.on_day(date(2022, 10, 28)), words.in_month("2021-09"), words.money(79_000_000), words.number(1234)]
    assert [(one.en, one.cy) for one in said] == [
        ("on 28 October 2022", "ar 28 Hydref 2022"),
        ("in September 2021", "ym mis Medi 2021"),
        ("£790,000", "£790,000"),
        ("1,234", "1,234"),
    ]


def test_places_are_said_as_the_facts_say_them() -> None:
    cardiff = Organisation(kind="council", name_en="Cardiff", name_cy="Caerdydd", in_cy="yng Nghaerdydd")
    assert words.in_place(cardiff) == Text("in Cardiff", "yng Nghaerdydd")
    vale = Organisation(kind="council", name_en="Vale of Glamorgan", name_cy="Bro Morgannwg", in_cy="ym Mro Morgannwg")
    assert words.in_place(vale) == Text("in the Vale of Glamorgan", "ym Mro Morgannwg")
