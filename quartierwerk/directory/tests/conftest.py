"""Tests of imports end with a search index: each gets its own."""

import shutil

import pytest


@pytest.fixture(autouse=True)
def _own_index(settings):
    from quartierwerk.search import keeping

    keeping.index.cache_clear()
    yield
    keeping.index.cache_clear()
    shutil.rmtree(settings.SEARCH_FOLDER, ignore_errors=True)
