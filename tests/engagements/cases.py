"""Tables of real shapes that lie beside the checkout, where somebody has put them."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def case(name: str) -> Path:
    """Return one of them; without them the test is skipped, and fails on a build server."""
    for above in ROOT.parents:
        if (above / "shared/cases").is_dir():
            return above / "shared/cases" / name
    if os.environ.get("CI"):
        pytest.fail("the cases are not beside the checkout")
    pytest.skip("the cases are not beside the checkout")


# Four events in one sheet, as an officer keeps them; LOG_ROWS rows.
LOG = """\
Event,Date,Place,Method,Who said it,Age band,Area,About,Comment,Quote OK?
Summer fair,19/08/2023,Parc,Stall,,Under 18,Glanrafon,Needs,Dŵr poeth yn y ganolfan,Ask
Youth club,14 Sept 2023,Youth centre,Group talk,A mum,65+,Glanrafon,Strengths,Siop Bryn,Y
Chapel tea,2023-10-03,Bethel,Group talk,,Under 18,Glanrafon,Strengths,Good schools,Y
"Door to door, Heol Isaf",7 Tachwedd 2023,Heol Isaf,Doorstep,,65+,XX5 9CC,Ideas for change,Bins,N
Summer fair,2023-08-19,Parc,Stall,,Under 18,Cwm,Ideas for change,Stop the quad bikes,Y
Youth club,2023-09-14,Youth centre,Group talk,An older man,45-64,Glanrafon,Ideas for change,7,Ask
"""
LOG_ROWS = 6
