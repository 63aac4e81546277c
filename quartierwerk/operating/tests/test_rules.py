import secrets

import pytest

from quartierwerk.operating import rules


@pytest.mark.parametrize(
    ("secret", "words"),
    [
        ("", "is not set"),
        ("change-me", "stands in code or guides"),
        ("CHANGEME" * 9, "stands in code or guides"),
        ("django-insecure-3x!k2#" + "q7Wm" * 12, "stands in code or guides"),
        ("for-tests-only-and-refused-elsewhere", "stands in code or guides"),
        ("kurz", "can be guessed"),
        ("a" * 80, "can be guessed"),
        ("abcabcabc" * 9, "can be guessed"),
    ],
)
def test_known_and_guessable_secrets_are_faults(secret, words):
    assert words in rules.fault_of_secret(secret)


def test_random_secrets_are_fine():
    for _ in range(200):
        assert rules.fault_of_secret(secrets.token_urlsafe(50)) == ""
        assert rules.fault_of_secret(secrets.token_urlsafe(32)) == ""
        assert rules.fault_of_secret(secrets.token_hex(32)) == ""


def test_hosts_of_this_machine_are_told_from_public_ones():
    own = ["localhost", "127.0.0.1", "[::1]", "::1", "127.8.9.1", "stadt.localhost", "testserver"]
    public = ["town.example", ".town.example", "*", "192.0.2.7", "10.0.0.1", "[2001:db8::1]", "0.0.0.0"]
    assert rules.public_hosts(own + public) == public


def test_debug_is_a_fault_before_others_only():
    assert rules.fault_of_debug(True, ["localhost"]) == ""
    assert rules.fault_of_debug(False, ["town.example"]) == ""
    assert "town.example" in rules.fault_of_debug(True, ["localhost", "town.example"])


def test_hosts_have_to_be_named():
    assert "is empty" in rules.fault_of_hosts([])
    assert "every name" in rules.fault_of_hosts(["town.example", "*"])
    assert rules.fault_of_hosts(["town.example"]) == ""


@pytest.mark.parametrize(
    ("url", "hosts", "words"),
    [
        ("https://town.example", ["town.example"], ""),
        ("https://a.town.example/", [".town.example"], ""),
        ("http://town.example", ["town.example"], "unprotected"),
        ("http://127.0.0.1:8000", ["town.example"], "unprotected"),
        ("https://twon.example", ["town.example"], "ALLOWED_HOSTS does not"),
        ("https://", ["town.example"], "ALLOWED_HOSTS does not"),
    ],
)
def test_links_in_mails_lead_to_a_named_host(url, hosts, words):
    fault = rules.fault_of_public_url(url, hosts)
    assert words in fault
    assert bool(words) == bool(fault)


def test_each_power_of_a_role_is_a_fault_of_its_own():
    none = dict.fromkeys(("superuser", "bypasses", "owns", "makes_roles"), False)
    assert rules.faults_of_role("DATABASE_URL", **none) == []
    for power in none:
        (fault,) = rules.faults_of_role("DATABASE_URL", **{**none, power: True})
        assert fault.startswith("The role of DATABASE_URL ")
    assert len(rules.faults_of_role("DATABASE_URL", **dict.fromkeys(none, True))) == 4


def test_loud_log_settings_are_told_from_quiet_ones():
    for name, value in rules.QUIET.items():
        assert rules.is_quiet(name, value)
    for name, value in (
        ("log_min_messages", "warning"),
        ("log_min_error_statement", "error"),
        ("log_error_verbosity", "default"),
        ("log_parameter_max_length", "-1"),
        ("log_parameter_max_length_on_error", "100"),
        ("log_statement", "mod"),
        ("log_min_duration_statement", "0"),
        ("log_min_duration_sample", "500ms"),
    ):
        assert not rules.is_quiet(name, value)
