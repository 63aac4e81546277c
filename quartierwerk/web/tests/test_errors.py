import pytest
from django.test import override_settings
from django.utils import translation

from quartierwerk.web import errors
from quartierwerk.web.tests.samples import request_to


@pytest.fixture(autouse=True)
def addresses(empty_registers):
    with override_settings(ROOT_URLCONF="quartierwerk.web.tests.urls"):
        yield


class Broken:
    """A request of which nothing can be read any more."""

    def __getattr__(self, name):
        raise RuntimeError(name)


@pytest.mark.parametrize("handler", [errors.server_error, errors.bad_request])
def test_page_for_our_own_fault_asks_neither_database_nor_request(handler):
    with translation.override("ar"):
        html = handler(Broken()).content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert 'id="content"' in html


@pytest.mark.parametrize(
    ("handler", "status"),
    [
        (errors.forbidden, 403),
        (errors.csrf_failure, 403),
        (errors.not_found, 404),
        (errors.too_large, 413),
        (errors.too_many, 429),
    ],
)
def test_every_error_page_names_a_person_to_call(handler, status):
    response = handler(request_to("/de/laatzen/"))
    assert response.status_code == status
    assert 'href="tel:05110004120"' in response.content.decode()


@pytest.mark.django_db
def test_unknown_address_outside_any_town_still_has_a_page():
    request = request_to("/nowhere/")
    request.tenant = None
    assert errors.not_found(request).status_code == 404


def test_waiting_time_is_told_to_people_and_machines():
    response = errors.too_many(request_to("/de/laatzen/"), wait_seconds=61)
    assert response.headers["Retry-After"] == "61"
    assert "2" in response.content.decode()
