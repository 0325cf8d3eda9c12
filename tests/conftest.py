"""What every test shares."""

import pytest
from hypothesis import settings

# The same examples every time, so that what passed once passes again; `make test-slow` draws new
# ones. No deadlines: the machine may be busy.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", derandomize=False, deadline=None)
settings.load_profile("steady")


@pytest.fixture(autouse=True)
def private_home(tmp_path_factory, monkeypatch):
    """Keep the user's own imports out of the tests, and the tests out of the user's home."""
    monkeypatch.setenv("KOSMODROM_HOME", str(tmp_path_factory.mktemp("home")))
