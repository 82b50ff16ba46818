"""Figures of higher apps for the pages of lower ones."""

import pytest

from wlga_portal.kernel import figures
from wlga_portal.kernel.figures import Basis, Figure, figure, figure_of


def test_a_figure_is_found_by_its_name_and_counted_once(monkeypatch):
    monkeypatch.setattr(figures, "_counters", {})
    known = Figure(Basis.COUNTED, 3, 3, rows=4)

    @figure("people")
    def people(year: str, demonstration: bool) -> Figure | None:
        return known if (year, demonstration) == ("2026-27", False) else None

    assert figure_of("people", "2026-27") is known
    assert figure_of("people", "2026-27", demonstration=True) is None
    assert figure_of("nobody", "2026-27") is None
    with pytest.raises(ValueError, match="registered already"):
        figure("people")(people)
