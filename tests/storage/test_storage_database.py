"""Opening, migrating, and what the database itself refuses."""

from __future__ import annotations

import threading
from importlib import resources
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from newsdesk.control import Correction
from newsdesk.decisions import Draft, Move
from newsdesk.errors import StorageError
from newsdesk.judging import Label, Provenance
from newsdesk.outlets import Control, ControlStatement
from newsdesk.voices import Voices
from storage.articles import _article_row
from storage.columns import CleanJson, CleanText, SearchWords, UtcMoment
from storage.database import Database, migrate, open_database, upgrade
from storage.rows import snapshot_columns
from storage.schema import APPEND_ONLY, articles, judgements, metadata, ranking_choices, ranking_models, story_verdicts, users, versions
from storage.shelves import SqlAccounts, SqlArticleShelf, SqlControlBook, SqlRenewals
from storage.values import to_plain
from tests.storage.made import NOW, Desk, judged, same_copy, snapshot

SCRIPT = ScriptDirectory(str(resources.files("storage") / "migrations"))


def test_migrations_make_exactly_the_tables_of_the_schema(database: Database) -> None:
    def same_type(context: object, inspected: object, column: object, found: object, wanted: object) -> bool | None:
        return False if isinstance(wanted, CleanText | CleanJson | SearchWords | UtcMoment) else None

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": same_type, "include_name": _ours})
        differences = [one for one in compare_metadata(context, metadata) if not (database.is_sqlite and "ix_articles_words" in str(one))]
    assert differences == []  # the word index is PostgreSQL's; SQLite's stands in a virtual table


def _ours(name: str | None, kind: str, parents: object) -> bool:
    return not (kind == "table" and (name or "").startswith(("article_words", "alembic")))


def test_migrating_again_changes_nothing(database: Database) -> None:
    assert migrate(database) == migrate(database) == SCRIPT.get_current_head()


def test_processes_that_migrate_at_once_take_turns(empty_url: str) -> None:
    versions: list[str] = []

    def bring_up() -> None:
        database = open_database(empty_url)
        versions.append(migrate(database))
        database.close()

    threads = [threading.Thread(target=bring_up) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert versions == [SCRIPT.get_current_head()] * 3


def test_a_database_of_the_first_version_comes_up_with_its_articles(empty_url: str) -> None:
    database = open_database(empty_url)
    with database.engine.connect() as connection:
        upgrade(connection.execution_options(newsdesk_writes=True), SCRIPT, "0001")
    _with_an_article(database)
    migrate(database)
    assert [article.id for article in SqlArticleShelf(database, same_copy, 40).search("caracas", 9)] == [1]
    database.close()


def test_pages_that_changed_before_they_were_judged_anew_wait_for_it(empty_url: str) -> None:
    database = open_database(empty_url)
    with database.engine.connect() as connection:
        upgrade(connection.execution_options(newsdesk_writes=True), SCRIPT, "0015")
    _with_an_article(database)
    with database.writing() as connection:
        line = {"article_id": 1, "number": 2, "title": "", "text": "Nuevo.", "facts": _facts(), "changes": {}, "read_at": NOW}
        connection.execute(sa.insert(versions).values(**line, **snapshot_columns(snapshot())))
    migrate(database)
    book = SqlRenewals(database, SqlArticleShelf(database, same_copy, 40))
    assert book.unjudged(NOW) == [(1, 2)]
    assert book.rejudge(book.to_judge(1, 2), judged(1, label=Label.STATE_MEDIA), NOW)
    assert book.unjudged(NOW) == []
    database.close()


def _facts() -> dict[str, Any]:
    facts: dict[str, Any] = to_plain(judged(1).article)
    return {name: part for name, part in facts.items() if name != "text"}


def _with_an_article(database: Database) -> None:
    """An article with the columns that the tables have."""
    with database.writing() as connection:
        connection.execute(
            sa.text("INSERT INTO stories (id, began_at) VALUES (1, :now)").bindparams(sa.bindparam("now", NOW, UtcMomentType))
        )
        link = (
            "INSERT INTO links (id, key, address, outlet_id, source_id, announcement, attempts, first_seen_at, "
            "next_try_at, detail, changed_at) "
            "VALUES (1, 'k', 'a', 'a', 'a/feed', '{}', 0, :now, :now, '', :now)"
        )
        connection.execute(sa.text(link).bindparams(sa.bindparam("now", NOW, UtcMomentType)))
        first = {column["name"] for column in sa.inspect(connection).get_columns("articles")}
        row = _article_row(connection, 1, 1, judged(1), snapshot(1), NOW)
        connection.execute(sa.insert(articles).values({name: value for name, value in row.items() if name in first}))


UtcMomentType = UtcMoment()


def test_a_newer_database_is_refused(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match=r"9999.*newer"):
        migrate(database)


def corrected(database: Database) -> None:
    """A correction of control that relabelled the first article."""
    book = SqlControlBook(database)
    unsaid = ControlStatement(Control.UNKNOWN, None, "nobody knows")
    correction_id = book.correct(Correction(0, "a", unsaid, (), (unsaid,), "looked again", "ana", NOW), lambda: None)
    book.relabel(["a"], lambda article: Voices(Provenance(Label.NOT_STATE_MEDIA, None, unsaid, "Made up.")), correction_id, NOW)


def test_the_logs_refuse_tampering(database: Database) -> None:
    desk = Desk(database)
    candidate = desk.candidate(1)
    desk.desk.decide(candidate, Draft(Move.REJECT, reason="old"), "ana", 0, NOW)
    desk.desk.write_narrative("2026-11", "russia", "Text", "ana", NOW)
    desk.desk.log_export("2026-11", "md", "ana", None, (), NOW)
    with database.writing() as connection:
        line = {"article_id": 1, "number": 2, "title": "", "text": "", "facts": {}, "changes": {}, "read_at": NOW}
        connection.execute(sa.insert(versions).values(**line, **snapshot_columns(snapshot())))
        anew = {"article_id": 1, "number": 2, "judged": {}, "news": [], "relabels": False, "judged_at": NOW}
        connection.execute(sa.insert(judgements).values(**anew))
        said = {"kind": "apart", "story_id": 1, "other_story_id": 1, "article_ids": [1], "other_article_ids": [1], "candidate_ids": []}
        connection.execute(sa.insert(story_verdicts).values(**said, reason="", said_by="ana", said_at=NOW))
        run = {"trained_at": NOW, "trained_by": "ana", "lessons": 0, "adopted": True, "why": "", "report": {}, "model": ""}
        connection.execute(sa.insert(ranking_models).values(id=1, **run))
        connection.execute(sa.insert(ranking_choices).values(version=1, chosen_by="ana", why="", chosen_at=NOW))
    corrected(database)
    for table in APPEND_ONLY:
        for statement in (f"UPDATE {table} SET id = id + 1", f"DELETE FROM {table}"):  # noqa: S608  our own names
            with pytest.raises(StorageError, match=f"the log {table} only grows"), database.writing() as connection:
                connection.execute(sa.text(statement))
    assert len(desk.desk.candidate(candidate).decisions) == 1


def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as connection:
        connection.execute(sa.insert(users).values(name="ana", password_hash="h", created_at=NOW, switched_off=False))
        raise RuntimeError
    assert SqlAccounts(database).users() == ()


def test_moments_come_back_aware_and_exact(database: Database) -> None:
    accounts = SqlAccounts(database)
    accounts.add_user("ana", "hash", NOW)
    assert accounts.users()[0].created_at == NOW and accounts.users()[0].created_at.utcoffset() is not None
    with pytest.raises(StorageError, match="naive"):
        accounts.add_user("luis", "hash", NOW.replace(tzinfo=None))


def test_sqlite_keeps_what_it_said_through_a_power_cut(tmp_path) -> None:  # type: ignore[no-untyped-def]
    database = open_database(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    with database.reading() as connection:
        asked = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")}
        assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000
    database.close()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://desk:s3cret@127.0.0.1:1/news",
        "postgresql://127.0.0.1:1/news?user=desk&password=s3cret",
        "postgresql://desk:s3cret@no host at all/news",
        "mysql://desk:s3cret@host/news",
        "://desk:s3cret",
        "sqlite://",
    ],
)
def test_errors_name_the_database_and_not_its_password(url: str) -> None:
    with pytest.raises(StorageError) as caught:
        migrate(open_database(url))
    error: BaseException | None = caught.value
    while error is not None:
        assert "s3cret" not in f"{error!s}{error!r}"
        error = error.__cause__
    assert "s3cret" not in repr(open_database("postgresql://desk:s3cret@host/news"))


def test_a_folder_that_is_not_there_is_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(StorageError, match="missing"):
        migrate(open_database(f"sqlite:///{tmp_path / 'missing' / 'x.sqlite3'}"))


def test_accounts(database: Database) -> None:
    accounts = SqlAccounts(database)
    accounts.add_user("ana", "hash", NOW)
    with pytest.raises(StorageError, match="'ana' already"):
        accounts.add_user("ana", "other", NOW)
    accounts.set_password("ana", "new")
    accounts.switch_user("ana", True)
    found = accounts.user("ana")
    assert found is not None and (found.password_hash, found.switched_off) == ("new", True)
    assert accounts.user("nobody") is None
    for change in (lambda: accounts.set_password("x", "h"), lambda: accounts.switch_user("x", True)):
        with pytest.raises(Exception, match="no account named 'x'"):
            change()
