"""newsdesk.yaml, the environment and the secret key."""

from dataclasses import fields
from pathlib import Path

import pytest

from config.settings import load_settings
from config.workspace import DEFAULTS, init_workspace
from newsdesk.errors import ConfigurationError, WorkspaceError
from newsdesk.settings import Limits, Politeness, Settings


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return init_workspace(tmp_path / "desk", contact="desk@example.org", with_registry=False).home


def settle(home: Path, content: str) -> Settings:
    (home / "newsdesk.yaml").write_text(content, encoding="utf-8")
    return load_settings(home, {})


def test_the_shipped_file_states_the_defaults(home: Path) -> None:
    settings = load_settings(home, {})
    assert settings.politeness == Politeness(contact="desk@example.org")
    assert settings.limits == Limits()
    assert settings == settle(home, "politeness: {contact: desk@example.org}\n")
    assert settings.database_url == f"sqlite:///{home.resolve()}/newsdesk.sqlite3"
    assert len(settings.secret_key) >= 32


def test_every_setting_is_in_the_shipped_file_with_a_comment_above_it() -> None:
    lines = (DEFAULTS / "newsdesk.yaml").read_text("utf-8").splitlines()
    names = [field.name for field in (*fields(Politeness), *fields(Limits))]
    for name in [*names, "database_url", "allowed_hosts", "readers", "secure_cookies", "host"]:
        (at,) = [index for index, line in enumerate(lines) if line.strip().startswith(f"{name}:")]
        assert lines[at - 1].strip().startswith("#"), name


def test_everything_can_be_set(home: Path) -> None:
    settings = settle(
        home,
        """
database_url: postgresql://me:word@db/newsdesk
politeness: {contact: 'https://desk.example/', delay_seconds: 0, retries: 0, outlets_at_once: 4}
limits: {page_bytes: 2048, parse_seconds: 1.5}
allowed_hosts: [localhost, 127.0.0.1:8080, feeds.intern.example, '::1']
page: {host: 10.0.0.1, port: 80, secure_cookies: true}
readers: 4
""",
    )
    assert settings.database_url == "postgresql://me:word@db/newsdesk"
    assert settings.politeness == Politeness("https://desk.example/", delay_seconds=0, retries=0, outlets_at_once=4)
    assert settings.limits == Limits(page_bytes=2048, parse_seconds=1.5)
    assert settings.allowed_hosts == ("localhost", "127.0.0.1:8080", "feeds.intern.example", "::1")
    assert (settings.page_host, settings.page_port, settings.secure_cookies, settings.readers) == ("10.0.0.1", 80, True, 4)


def test_the_environment_names_another_database(home: Path) -> None:
    assert load_settings(home, {"NEWSDESK_DATABASE_URL": "postgresql://db/x"}).database_url == "postgresql://db/x"
    assert load_settings(home, {"NEWSDESK_DATABASE_URL": "sqlite:///other.db"}).database_url == f"sqlite:///{home.resolve()}/other.db"
    assert load_settings(home, {"NEWSDESK_DATABASE_URL": "sqlite:////var/x.db"}).database_url == "sqlite:////var/x.db"


def test_the_process_environment_counts_when_none_is_given(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_DATABASE_URL", "postgresql://db/y")
    assert load_settings(home).database_url == "postgresql://db/y"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("reader: 2", "newsdesk.yaml:1: reader is an unknown key; expected readers (did you mean that?)"),
        ("politeness:\n  delay: 3", "newsdesk.yaml:2: politeness.delay is an unknown key"),
        ("politeness: 5", "newsdesk.yaml:1: politeness is 5; expected a mapping"),
        ("politeness: {contact: me}", 'newsdesk.yaml:1: politeness.contact is "me"; expected an e-mail address or a web address'),
        ('politeness: {contact: "a@b\'(x"}', "newsdesk.yaml:1: politeness.contact is"),
        ("politeness: {delay_seconds: -1}", "newsdesk.yaml:1: politeness.delay_seconds is -1; expected a number from 0 to 3600"),
        ("limits: {worker_memory_bytes: 1}", "newsdesk.yaml:1: limits.worker_memory_bytes is 1; expected a whole number from"),
        ("limits: {parse_seconds: .inf}", "newsdesk.yaml:1: limits.parse_seconds is inf"),
        ("allowed_hosts: ['http://a.example']", "newsdesk.yaml:1: allowed_hosts[0] is"),
        ("allowed_hosts: ['localhost:0']", 'newsdesk.yaml:1: allowed_hosts[0] is "localhost:0"; expected a host'),
        ("page: {port: 70000}", "newsdesk.yaml:1: page.port is 70000; expected a whole number from 1 to 65535"),
        ("readers: two", 'newsdesk.yaml:1: readers is "two"'),
    ],
)
def test_refusals(home: Path, content: str, complaint: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        settle(home, content)
    assert len(caught.value.problems) == 1 and str(caught.value.problems[0]).startswith(complaint)


@pytest.mark.parametrize(
    "content",
    [
        "database_url: mysql://me:hunter2@db/x",
        "database_url: 'postgresql://me:hunter2@db/x y'",
        "database_ul: postgresql://me:hunter2@db/x",
        "database_url: [postgresql://me:hunter2@db/x]",
        "database_url: postgresql://me:hunter2@db/x\ndatabase_url: postgresql://me:hunter2@db/x",
        "database_url: !x postgresql://me:hunter2@db/x",
        "database_url: &hunter2 x\npage: *hunter2",
        "database_url: postgresql://me:hunter2@db/x: y",
        "postgresql://me:hunter2@db/x",
    ],
)
def test_a_password_never_reaches_a_message(home: Path, content: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        settle(home, content)
    assert "hunter2" not in str(caught.value)


def test_secrets_are_not_shown_with_the_settings(home: Path) -> None:
    settings = load_settings(home, {})
    assert settings.secret_key not in repr(settings)
    with pytest.raises(ConfigurationError) as caught:
        load_settings(home, {"NEWSDESK_DATABASE_URL": "oracle://me:hunter2@db"})
    assert "NEWSDESK_DATABASE_URL" in str(caught.value) and "hunter2" not in str(caught.value)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_secret_that_others_can_read_is_refused(home: Path, mode: int) -> None:
    (home / "secret.key").chmod(mode)
    with pytest.raises(WorkspaceError, match="chmod 600"):
        load_settings(home, {})


def test_a_missing_short_or_broken_secret_is_refused_without_being_shown(home: Path) -> None:
    secret = home / "secret.key"
    secret.write_text("hunter2\n", encoding="ascii")
    with pytest.raises(WorkspaceError, match="too short") as short:
        load_settings(home, {})
    secret.write_bytes(b"\xff" * 64)
    with pytest.raises(WorkspaceError, match="cannot be read"):
        load_settings(home, {})
    secret.unlink()
    with pytest.raises(WorkspaceError, match="missing"):
        load_settings(home, {})
    assert "hunter2" not in str(short.value)


def test_a_folder_that_is_no_workspace_is_said(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="newsdesk init"):
        load_settings(tmp_path, {})
