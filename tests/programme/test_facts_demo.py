"""The demonstration world: whole in itself, in both languages, and against no real person."""

from tests.programme.facts_reading import REAL_PEOPLE, by_slug, load, walk

DEMO = load("demo")
PEOPLE = {person["slug"]: person for person in DEMO["people"]}
SLUGS = {
    "board-member", "secretariat", "team", "fund-manager", "assessor", "officer-torfaen", "officer-cardiff",
    "lead-torfaen", "lead-cardiff", "finance-torfaen", "coordinator-torfaen", "trainer", "author", "clearer",
    "translator", "head-of-delivery", "admin",
}  # fmt: skip


def test_there_is_a_person_for_each_role() -> None:
    assert set(PEOPLE) == SLUGS | {"assessor-second", "assessor-third"}  # scores of one alone would show nothing
    assert len(PEOPLE) == len(DEMO["people"])
    roles = [role for person in DEMO["people"] for role in person["roles"]]
    assert len(set(roles)) == 15
    assert {person["language"] for person in DEMO["people"]} == {"en", "cy"}
    for slug in SLUGS:
        if slug.endswith(("-torfaen", "-cardiff")):
            assert PEOPLE[slug]["organisation"] == slug.rsplit("-", 1)[1]


def test_no_real_person_and_no_real_address_is_named() -> None:
    surnames = {name.split()[-1] for name in REAL_PEOPLE}
    for path, node in walk(DEMO):
        if isinstance(node, str):
            assert not any(name in node for name in REAL_PEOPLE | surnames), path
            assert "@" not in node or node.endswith("@example.org"), path
    learners = [learner for learner in DEMO["training"]["learners"] if learner["person"]]
    assert learners
    for learner in learners:
        person = PEOPLE[learner["person"]]
        assert (learner["name"], learner["email"]) == (person["name"], person["email"])


def test_the_board_has_a_coming_meeting_with_papers_in_three_states() -> None:
    board = DEMO["board"]
    (meeting,) = board["meetings"]
    assert meeting["in_days"] > 0
    assert [item["position"] for item in meeting["items"]] == [1, 2, 3, 4]
    papers = by_slug(board["papers"])
    assert sorted(paper["status"] for paper in papers.values()) == ["cleared", "draft", "published"]
    assert {item["paper"] for item in meeting["items"]} == {None, *papers}
    items = {item["slug"]["en"]: item for item in meeting["items"]}
    for slug, paper in papers.items():
        assert items[paper["item"]]["paper"] == slug
        assert 6 <= len(paper["blocks"]) <= 12
        assert {paper["author"], paper["clearer"]} <= SLUGS | {None}
    for seat in board["seats"]:
        assert seat["person"] is None or PEOPLE[seat["person"]]["name"] == seat["name"]


def test_the_plan_has_one_stale_status_and_dates_in_order() -> None:
    projects = DEMO["plan"]["projects"]
    assert len(projects) == 6
    assert {project["phase"] for project in projects} == {"discovery", "alpha", "beta", "live"}
    newest = [max(update["in_days"] for update in project["updates"]) for project in projects]
    assert len([days for days in newest if days < -14]) == 1
    confidences = {update["confidence"] for project in projects for update in project["updates"]}
    assert confidences == {"green", "amber", "red"}
    for project in projects:
        days = [update["in_days"] for update in project["updates"]]
        assert days == sorted(days, reverse=True)
        assert {update["by"] for update in project["updates"]} <= SLUGS
        for milestone in project["milestones"]:
            assert milestone["actual_in_days"] is None or milestone["actual_in_days"] <= 0


def test_the_round_is_open_and_its_bids_answer_its_questions() -> None:
    round_ = DEMO["round"]
    assert round_["opens_in_days"] < 0 < round_["closes_in_days"]
    keys = [question["key"] for question in round_["questions"]]
    assert keys == ["problem", "who-is-affected", "evidence", "proposal", "benefits"]
    limits = {question["key"]: question["word_limit"] for question in round_["questions"]}
    topics = by_slug(round_["topics"])
    assert sorted(bid["status"] for bid in round_["bids"]) == ["draft", "submitted", "withdrawn"]
    for bid in round_["bids"]:
        assert bid["topic"] in topics
        assert bid["by"] in SLUGS
        assert list(bid["answers"]) == keys
        assert bid["lead"] not in {partner["organisation"] for partner in bid["partners"]}
        assert (bid["submitted_in_days"] is None) == (bid["status"] == "draft")
        for key, answer in bid["answers"].items():
            assert answer is not None or bid["status"] == "draft"
            if answer:
                assert max(len(answer["en"].split()), len(answer["cy"].split())) <= limits[key]


def test_the_courses_have_a_full_session_with_people_waiting() -> None:
    training = DEMO["training"]
    courses = by_slug(training["courses"])
    assert {course["stream"] for course in courses.values()} == set(by_slug(load("training")["streams"]))
    sessions = {session["key"]: session for session in training["sessions"]}
    learners = {learner["key"] for learner in training["learners"]}
    assert len(courses) == 6
    assert len(sessions) == 11
    assert {session["course"] for session in sessions.values()} == set(courses)
    full = []
    for key, session in sessions.items():
        bookings = [booking for booking in training["bookings"] if booking["session"] == key]
        assert {booking["learner"] for booking in bookings} <= learners
        statuses = [booking["status"] for booking in bookings]
        taken = statuses.count("booked") + statuses.count("offered")
        assert taken <= session["capacity"]
        past = {"attended", "did_not_attend", "cancelled"}
        if key == "residents-0":  # its register waits for the trainer
            past = {"booked"}
        assert set(statuses) <= (
            past if session["in_days"] < 0 else {"booked", "requested", "waiting", "offered", "cancelled"}
        )
        assert (session["mode"] == "online") == (session["place"] is None)
        if "waiting" in statuses:
            assert taken == session["capacity"] == 2
            full.append(key)
    assert full == ["service-1", "service-2"]
