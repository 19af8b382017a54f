"""What a test that was tried again said the first time: the second try must not hide it."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print it as a failure is printed."""
    for report in terminalreporter.stats.get("rerun", []):
        terminalreporter.write_sep("_", f"{report.nodeid}, tried again")
        terminalreporter.write_line(report.longreprtext)
