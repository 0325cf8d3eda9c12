"""What every test shares."""

import pytest


@pytest.fixture(autouse=True)
def private_home(tmp_path_factory, monkeypatch):
    """Keep the user's own imports out of the tests, and the tests out of the user's home."""
    monkeypatch.setenv("KOSMODROM_HOME", str(tmp_path_factory.mktemp("home")))
