"""Devices in plain words: what people know them by, and nothing more."""

import pytest

from coproduction.projects.devices import device_of, say_device

MAC = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1"
)
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 {} Safari/604.1"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36{}"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (MAC, "Safari on Mac"),
        (PHONE.format("CriOS/130.0"), "Chrome on iPhone"),
        (PHONE.format("Version/18.0"), "Safari on iPhone"),
        (DESK.format(""), "Chrome on Windows"),
        (DESK.format(" Edg/130.0"), "Edge on Windows"),
        (DESK.format(" OPR/115.0"), "Opera on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Firefox/132.0", "Firefox on Linux"),
        ("Something (Android)", "Android"),
        ("curl/8.5.0", "A browser that we don't know"),
        ("", "A browser that we don't know"),
    ],
)
def test_a_device_is_said_in_plain_words(told: str, said: str) -> None:
    assert say_device(*device_of(told)) == said
