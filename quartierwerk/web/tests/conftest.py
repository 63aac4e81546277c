import pytest

from quartierwerk.web.navigation import account_nav, footer_nav, public_nav, staff_nav
from quartierwerk.web.portal import home_page


@pytest.fixture
def empty_registers(monkeypatch):
    """The registers without what the installed packages put in; put back afterwards."""
    for register in (public_nav, footer_nav, staff_nav, account_nav):
        monkeypatch.setattr(register, "entries", {})
    monkeypatch.setattr(home_page, "blocks", {})
