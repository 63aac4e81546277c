"""Benchmarks, with the peers they are measured against. Never part of the tests."""
