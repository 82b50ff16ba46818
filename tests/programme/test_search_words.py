"""Each form of a Welsh word is found by each other, and words that have nothing in common are not."""

import pytest

from programme.search.welsh import keys
from programme.search.words import fold, telling, words_of

# a word, and forms of it that people type and texts have
FORMS = {
    "Caerdydd": "Gaerdydd Nghaerdydd Chaerdydd",
    "trawsnewid": "drawsnewid nhrawsnewid thrawsnewid",
    "prosiect": "prosiectau brosiectau phrosiectau mhrosiect brosiect",
    "cais": "ceisiadau geisiadau cheisiadau nghais gais",
    "bwrdd": "byrddau fyrddau mwrdd fwrdd",
    "cwrs": "cyrsiau gyrsiau chyrsiau",
    "cronfa": "cronfeydd gronfeydd chronfa nghronfa",
    "cyngor": "cynghorau gynghorau nghyngor chyngor",
    "sgôr": "sgor sgoriau",
    "sgìl": "sgil sgiliau",
    "dysgwr": "dysgwyr ddysgwyr nysgwyr",
    "aseswr": "aseswyr",
    "gweithiwr": "gweithwyr weithwyr ngweithiwr",
    "arweinydd": "arweinwyr arweinyddion",
    "penderfyniad": "penderfyniadau benderfyniad phenderfyniadau",
    "cyfarfod": "cyfarfodydd gyfarfodydd nghyfarfod",
    "aelod": "aelodau",
    "ysgol": "ysgolion hysgolion",
    "gwasanaeth": "gwasanaethau wasanaethau ngwasanaeth",
    "gardd": "ardd",
    "llyfrgell": "llyfrgelloedd lyfrgell lyfrgelloedd",
    "rhestr": "rhestrau restr restrau",
    "menter": "mentrau fentrau menter",
    "rhaglen": "rhaglenni raglenni",
    "dogfen": "dogfennau ddogfennau nogfen",
    "polisi": "polisïau bolisïau pholisi",
    "defnyddiwr": "defnyddwyr ddefnyddwyr",
    "gair": "geiriau eiriau ngeiriau",
    "rhwydwaith": "rhwydweithiau rwydweithiau",
    "carreg": "cerrig gerrig",
    "blwyddyn": "blynyddoedd flwyddyn mlynedd flynedd blynedd",
    "teulu": "teuluoedd deuluoedd",
    "cynllun": "cynlluniau gynlluniau nghynllun chynlluniau",
    "partner": "partneriaid bartneriaid phartneriaid",
    "tystysgrif": "tystysgrifau dystysgrif thystysgrif",
    "Dinbych": "Ddinbych Ninbych",
    "Môn": "Mon Fôn",
    "Penfro": "Benfro Mhenfro Phenfro",
}


@pytest.mark.parametrize(("word", "forms"), FORMS.items())
def test_a_word_is_found_in_each_of_its_forms(word, forms):
    own = keys(fold(word))
    assert [form for form in forms.split() if not own & keys(fold(form))] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bwrdd", "bwyd"),
        ("cyngor", "cynllun"),
        ("ysgol", "ysbyty"),
        ("papur", "pabell"),
        ("tref", "treth"),
        ("aelod", "aelwyd"),
    ],
)
def test_words_that_only_look_alike_are_apart(one, other):
    assert not keys(one) & keys(other)


def test_texts_are_cut_into_words_without_accents_and_what_hangs_on_them():
    assert words_of("I’r Cyngor: sgôr y dre'n 3, e-ddysgu!") == ["i", "cyngor", "sgor", "y", "dre", "3", "e", "ddysgu"]
    assert words_of("The council’s fly-tipping", joined=True) == ["the", "council", "fly", "tipping", "flytipping"]


def test_a_question_of_small_words_alone_keeps_them():
    assert telling(["beth", "yw", "cais"], "cy") == ["cais"]
    assert telling(["i", "ni"], "cy") == ["i", "ni"]
