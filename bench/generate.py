"""A generated programme of twenty years: deterministic, in a database of its own.

    python -m bench.generate SCALE      1 is the year-20 programme, 0.1 a tenth of its rows

2,000 bids, 400 projects with 10 updates each, 1,000 published papers, 50,000 bookings at scale 1.
"""

import json
import os
import random
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

import django

WORDS = [
    "gwasanaeth",
    "data",
    "cyngor",
    "digital",
    "service",
    "council",
    "skills",
    "inclusion",
    "library",
    "school",
    "housing",
    "care",
    "transport",
    "waste",
    "planning",
    "revenue",
    "benefits",
    "survey",
    "archive",
    "network",
    "storage",
    "website",
    "content",
    "design",
    "research",
    "payments",
    "licence",
]


def phrase(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize()


def pair(name: str, chance: random.Random, words: int) -> dict[str, str]:
    return {f"{name}_en": phrase(chance, words), f"{name}_cy": phrase(chance, words)}


def slugs(stem: str, number: int) -> dict[str, str]:
    return {"slug_en": f"{stem}-{number}", "slug_cy": f"{stem}-cy-{number}"}


def people(chance: random.Random, councils: list[Any]) -> dict[str, Any]:
    """One person with each role that the measured pages need, and 200 officers."""
    from accounts.models import Membership, User
    from accounts.roles import Role

    users = User.objects.bulk_create(
        User(email=f"officer{number}@bench.example.org", name=f"Officer {number}", password="!", language="en")
        for number in range(200)
    )
    Membership.objects.bulk_create(
        Membership(user=user, organisation=councils[number % 22], role=Role.OFFICER, starts=date(2020, 1, 1))
        for number, user in enumerate(users)
    )
    for name, role in (("member", Role.BOARD_MEMBER), ("team", Role.TEAM)):
        person = User.objects.create_user(f"{name}@bench.example.org", name.title(), language="en")
        Membership.objects.create(user=person, organisation=councils[0], role=role, starts=date(2020, 1, 1))
    everyone = User.objects.create_user("everyone@bench.example.org", "Everyone", language="en")
    Membership.objects.bulk_create(
        Membership(user=everyone, organisation=councils[0], role=role, starts=date(2020, 1, 1))
        for role in (Role.TEAM, Role.SECRETARIAT, Role.FUND_MANAGER, Role.COORDINATOR, Role.TRAINER)
    )
    return {"officers": users, "everyone": everyone}


def projects(chance: random.Random, count: int, team: Any, councils: list[Any]) -> None:
    from projects.models import DeliveryPlan, PlanProject, Project, ProjectPartner, StatusUpdate
    from projects.states import Confidence, PartnerRole, Phase, Status

    plans = DeliveryPlan.objects.bulk_create(
        DeliveryPlan(
            year=f"{year}-{(year + 1) % 100:02}",
            starts=date(year, 4, 1),
            ends=date(year + 1, 3, 31),
            title_en=f"Delivery plan {year}",
            title_cy=f"Cynllun cyflawni {year}",
            **slugs("plan", year),
        )
        for year in range(2023, 2043)
    )
    made = Project.objects.bulk_create(
        Project(
            **pair("title", chance, 4),
            **pair("aim", chance, 20),
            **slugs("project", number),
            lead=team,
            phase=chance.choice(Phase.values),
            status=Status.ACTIVE,
        )
        for number in range(count)
    )
    PlanProject.objects.bulk_create(
        PlanProject(plan=plans[number % 20], project=project, position=number // 20 + 1)
        for number, project in enumerate(made)
    )
    ProjectPartner.objects.bulk_create(
        ProjectPartner(project=project, organisation=council, role=PartnerRole.PARTNER)
        for project in made
        for council in chance.sample(councils, 3)
    )
    today = date.today()
    for week in range(10):
        StatusUpdate.objects.bulk_create(
            StatusUpdate(
                project=project,
                confidence=chance.choice(Confidence.values),
                by=team,
                for_date=today - timedelta(days=7 * (10 - week)),
                **pair("reason", chance, 12),
                **pair("text", chance, 30),
            )
            for project in made
        )


def fund(chance: random.Random, count: int, officers: list[Any], councils: list[Any]) -> None:
    from django.utils import timezone

    from fund.models import Bid, Fund, Partner, Round, Stage, Submission, Topic
    from fund.models.rounds import StageKind
    from fund.models.submissions import digest
    from fund.states import BidStatus, Consent

    now = timezone.now()
    for year in range(2023, 2043):
        round_ = Round.objects.create(
            fund=Fund.objects.get(),
            year=f"{year}-{(year + 1) % 100:02}",
            name_en=f"Round {year}",
            name_cy=f"Rownd {year}",
            reference_stem=f"B{year}",
            budget_pence=100_000_000,
            published_at=now,
            **slugs("round", year),
        )
        Stage.objects.create(
            round=round_, kind=StageKind.STATEMENTS, opens_at=now - timedelta(days=9), closes_at=now + timedelta(days=9)
        )
        topics = [
            Topic.objects.create(round=round_, name_en=f"Topic {n}", name_cy=f"Pwnc {n}", order=n, **slugs("topic", n))
            for n in range(4)
        ]
        bids = Bid.objects.bulk_create(
            Bid(
                round=round_,
                topic=chance.choice(topics),
                lead=councils[number % 22],
                reference=f"B{year}-{number:04}",
                title=phrase(chance, 6),
                language=chance.choice(["en", "cy"]),
                started_by=officers[number % 200],
                status=BidStatus.DRAFT,
                amount_pence=chance.randrange(1, 50) * 1_000_000,
                **slugs(f"b{year}", number),
            )
            for number in range(count // 20)
        )
        Partner.objects.bulk_create(
            Partner(bid=bid, organisation=council, status=Consent.INVITED, order=order)
            for bid in bids
            for order, council in enumerate(c for c in chance.sample(councils, 3) if c.pk != bid.lead_id)
        )
        snapshot = {
            "lead": pair("name", chance, 2), "topic": pair("name", chance, 2), "partners": [], "language": "en",
            "amount_pence": None,
            "answers": [
                {"section": "problem", "word_limit": 250, "words": 200, "text": phrase(chance, 200)}
                | pair("label", chance, 5)
                for _ in range(5)
            ],
        }  # fmt: skip
        sent = Submission.objects.bulk_create(
            Submission(
                bid=bid,
                stage=bid.stage,
                reference=bid.reference,
                topic=bid.topic,
                title=bid.title,
                language=bid.language,
                amount_pence=bid.amount_pence,
                snapshot=snapshot,
                sha256=digest(snapshot),
                received_at=now - timedelta(minutes=3 * number),
                by=bid.started_by,
            )
            for number, bid in enumerate(bids)
        )
        for bid, submission in zip(bids, sent, strict=True):
            bid.latest, bid.status = submission, BidStatus.SUBMITTED
        Bid.objects.bulk_update(bids, ["latest", "status"])


def papers(chance: random.Random, count: int, by: Any) -> None:
    from board.editions import canonical, content_of, sha256_of
    from board.models import AgendaItem, Block, Board, Edition, Meeting, Paper
    from board.states import MeetingStatus, PaperStatus

    board = Board.objects.filter(is_demo=False).order_by("pk")[0]
    for number in range(max(1, count // 5)):
        day = date(2023, 1, 10) + timedelta(days=35 * number)
        meeting = Meeting.objects.create(
            board=board,
            date=day,
            starts_at=time(10),
            place_en="Cardiff",
            place_cy="Caerdydd",
            status=MeetingStatus.HELD,
            **slugs("meeting", number),
        )
        for position in range(1, 6):
            item = AgendaItem.objects.create(
                meeting=meeting, position=position, kind="decision", **pair("title", chance, 5)
            )
            paper = Paper.objects.create(
                board=board,
                meeting=meeting,
                agenda_item=item,
                number=position,
                purpose="decision",
                **pair("title", chance, 5),
                **pair("summary", chance, 20),
                **slugs(f"paper-{number}", position),
            )
            Block.objects.bulk_create(
                Block(
                    paper=paper,
                    position=place,
                    kind="heading" if place % 8 == 1 else "paragraph",
                    level=2 if place % 8 == 1 else None,
                    **pair("text", chance, 6 if place % 8 == 1 else 60),
                )
                for place in range(1, 41)
            )
            content = canonical(content_of(paper))
            Edition.objects.create(paper=paper, number=1, content=content, sha256=sha256_of(content), published_by=by)
            Paper.objects.filter(pk=paper.pk).update(status=PaperStatus.PUBLISHED)


def training(chance: random.Random, count: int, trainer: Any, councils: list[Any]) -> None:
    from django.utils import timezone

    from training.models import Booking, Course, Learner, LearnerMembership, Session, Stream
    from training.states import BookingStatus, SessionStatus

    streams = list(Stream.objects.all())
    courses = Course.objects.bulk_create(
        Course(
            **pair("title", chance, 4),
            **pair("summary", chance, 20),
            **slugs("course", number),
            length_minutes=90,
            stream=streams[number % len(streams)],
        )
        for number in range(50)
    )
    learners = Learner.objects.bulk_create(Learner(name=f"Learner {number}") for number in range(max(50, count // 5)))
    LearnerMembership.objects.bulk_create(
        LearnerMembership(
            learner=learner, organisation=councils[number % 22], standing="staff", starts=date(2020, 1, 1)
        )
        for number, learner in enumerate(learners)
    )
    zone = timezone.get_default_timezone()
    today = timezone.localdate()
    per_session = 25
    for number in range(max(1, count // per_session)):
        # the last tenth is still to come
        day = today + timedelta(days=3 * (number - count // per_session * 9 // 10))
        starts = datetime.combine(day, time(10), zone)
        past = day < today
        session = Session.objects.create(
            course=courses[number % 50],
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            cut_off_at=starts,
            mode="online",
            language="both",
            capacity=30,
            status=SessionStatus.OPEN,
        )
        first = number * per_session
        Booking.objects.bulk_create(
            Booking(
                session=session,
                learner=learners[(first + place) % len(learners)],
                organisation=councils[(first + place) % 22],
                standing="staff",
                status=BookingStatus.ATTENDED if past else BookingStatus.BOOKED,
            )
            for place in range(per_session)
        )
        if past:
            Session.objects.filter(pk=session.pk).update(status=SessionStatus.CLOSED)


def generate(scale: float) -> dict[str, int]:
    from django.db import transaction

    from organisations.models import Organisation
    from programme.search.keeping import rebuild
    from wlga_portal.kernel.audit import audited

    chance = random.Random(20)
    with transaction.atomic(), audited(by=None, why="generated for the benchmark"):
        councils = list(Organisation.objects.councils().order_by("pk"))
        who = people(chance, councils)
        projects(chance, int(400 * scale), who["everyone"], councils)
        fund(chance, int(2000 * scale), who["officers"], councils)
        papers(chance, int(1000 * scale), who["everyone"])
        training(chance, int(50_000 * scale), who["everyone"], councils)
    rebuild()  # what was generated can be found
    return {"scale": int(scale)}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    generate(float(sys.argv[1]))
    print(json.dumps({"generated": sys.argv[1]}))
