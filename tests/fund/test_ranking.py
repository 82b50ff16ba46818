"""The ranking worked out: weights, ties, the budget line, what changes without one assessor, what the panel agreed."""

import itertools
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from fund.plot import Row, score_plot, width_of
from fund.ranking import left_out, ranked, weighted
from wlga_portal.kernel.charts import Series


def scores(**bids):
    """By bid, by assessor: points by two criteria of 60 and 40 percent."""
    return {bid: {who: [(60, pair[0]), (40, pair[1])] for who, pair in given.items()} for bid, given in bids.items()}


def test_points_count_by_the_weight_of_their_criterion():
    assert weighted([(60, 5), (40, 0)]) == 3
    assert weighted([(1, 5), (1, 4)]) == Fraction(9, 2)
    assert weighted([]) is None


def test_bids_rank_by_the_mean_of_their_assessors_with_the_spread_beside_it():
    points = scores(a={"x": (5, 5), "y": (1, 1)}, b={"x": (4, 4), "y": (4, 4)}, c={"x": (3, 3)})
    lines = ranked(["c", "a", "b", "d"], points)
    assert [(line.bid, line.rank, line.mean, line.spread) for line in lines] == [
        ("b", 1, 4, 0),
        ("c", 2, 3, 0),
        ("a", 2, 3, 4),
        ("d", None, None, None),
    ]


def test_the_budget_ends_where_the_amounts_together_pass_it():
    points = scores(a={"x": (5, 5)}, b={"x": (4, 4)}, c={"x": (3, 3)})
    amounts = {"a": 600, "b": None, "c": 500}
    lines = ranked("abc", points, amounts=amounts, budget=1000)
    assert [(line.cumulative, line.within, line.amount) for line in lines] == [
        (600, True, 600),
        (600, True, None),
        (1100, False, 500),
    ]
    assert all(line.within for line in ranked("abc", points, amounts=amounts))


def test_what_the_panel_agreed_stands_in_the_place_of_the_mean():
    points = scores(a={"x": (5, 5)}, b={"x": (4, 4)})
    lines = ranked("ab", points, agreed={"a": Fraction(7, 2)})
    assert [(line.bid, line.score, line.mean) for line in lines] == [("b", 4, 4), ("a", Fraction(7, 2), 5)]


def test_each_assessor_left_out_in_turn_shows_what_they_weigh():
    points = scores(a={"x": (5, 5), "y": (2, 2)}, b={"x": (1, 1), "y": (4, 4)})
    found = left_out("ab", points, agreed={})
    assert [(who, moved["a"].rank, moved["a"].by, moved["b"].by, moved["b"].down) for who, moved in found.items()] == [
        ("x", 2, -1, 1, -1),
        ("y", 1, 0, 0, 0),
    ]
    alone = left_out("a", scores(a={"x": (5, 5)}), agreed={})
    assert (alone["x"]["a"].rank, alone["x"]["a"].by) == (None, 0)


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.integers(0, 5), min_size=1, max_size=4), min_size=1))
def test_ranks_never_fall_with_a_higher_score_and_start_at_one(bids):
    points = {bid: {who: [(100, value)] for who, value in enumerate(given)} for bid, given in bids.items()}
    lines = ranked(bids, points)
    assert lines[0].rank == 1
    for before, after in itertools.pairwise(lines):
        assert before.score >= after.score
        assert (before.rank == after.rank) == (before.score == after.score)


def test_the_plot_has_a_mark_for_every_score_and_a_table_with_every_figure():
    rows = [Row("R-1", Fraction(3), [(0, 5), (0, 5), (1, 1)]), Row("R-2", None, [])]
    plot = score_plot("Every score", ["R-1: A", "R-1: B", "R-2: A"], [Series("x", [5, 5, None])], rows)
    assert str(plot.svg).count("<path") == 3
    assert "3 scores" in plot.sentence
    assert "R-1: by 4 points" in plot.sentence
    assert plot.rows[2] == ("R-2: A", ["no score"])
    assert width_of(rows[1]) == 0
    assert score_plot("Every score", [], [], []).sentence == "No scores are handed in yet."
