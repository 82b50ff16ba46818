"""The words that the journeys of training's people look for and press, in each language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The words of one language, and whom its journey is about."""

    language: str
    training: str
    files: str
    doubles: str
    held: str
    requests: str
    learners: str
    counting: str
    person: str
    days_ago: int
    course: str
    newcomer: str
    mistaken: tuple[str, str]
    send_file: str
    check: str
    checked: str
    put_in: str
    inside: str
    undo: str
    undone: str
    no_council: str
    no_day: str
    same_name: str
    one_person: str
    save_decision: str
    take_back: str
    merged: str
    open: str
    same_heading: str
    download: str
    ask: str
    asked: str
    done: str
    save_answer: str
    nothing: str
    erased: str


ENGLISH = Words(
    "en", "/en/training/", "files/", "doubles/", "held/", "requests/", "learners/", "demonstration/",
    "assessor", 40, "Content that starts from a need", "Ceinwen Rhosyn", ("Dewi Morlais", "Eurgain Tudwal"),
    "Send the file", "Check the file", "Checked, nothing written yet", "Put {} good rows in", "In the register",
    "Undo the import", "Undone", "No council or body is called “Nowhere”.", "“31/31/2025” is not a day.",
    "Somebody of this name is known in this council.", "They are one person", "Save the decision",
    "Take the decision back", "One person", "Not reviewed", "The same person", "Download all of it (JSON)",
    "Ask to be erased", "Asked", "It is done", "Save the answer", "Nothing.", "This person was erased on",
)  # fmt: skip
WELSH = Words(
    "cy", "/cy/hyfforddiant/", "ffeiliau/", "dyblygiadau/", "cedwir/", "ceisiadau/", "dysgwyr/", "enghreifftiol/",
    "clearer", 41, "Cynnwys sy'n cychwyn o angen", "Gwerfyl Llannerch", ("Hedd Pencarreg", "Ieuan Glasfryn"),
    "Anfon y ffeil", "Gwirio’r ffeil", "Wedi’i gwirio, heb gofnodi dim eto", "Cofnodi {} rhes dda", "Yn y gofrestr",
    "Dadwneud y mewnforio", "Wedi’i dadwneud", "Nid oes cyngor na chorff o’r enw “Nowhere”.",
    "Nid yw “31/31/2025” yn ddiwrnod.", "Mae rhywun o’r enw hwn yn hysbys yn y cyngor hwn.", "Un person ydynt",
    "Cadw’r penderfyniad", "Tynnu’r penderfyniad yn ôl", "Un person", "Heb ei adolygu", "Yr un person",
    "Lawrlwytho’r cyfan (JSON)", "Gofyn am gael eich dileu", "Gofynnwyd", "Mae wedi’i wneud", "Cadw’r ateb", "Dim.",
    "Dilëwyd y person hwn ar",
)  # fmt: skip
