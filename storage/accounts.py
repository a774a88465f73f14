"""The editors' accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from newsdesk.errors import NotFound, StorageError
from newsdesk.ports import User
from storage.database import Database
from storage.rows import insert
from storage.schema import users
from storage.text import clean


class SqlAccounts:
    """Accounts in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def user(self, name: str) -> User | None:
        with self._database.reading() as connection:
            row = connection.execute(sa.select(users).where(users.c.name == name)).mappings().one_or_none()
        return None if row is None else User(**row)

    def users(self) -> Sequence[User]:
        """All accounts, by name."""
        with self._database.reading() as connection:
            return tuple(User(**row) for row in connection.execute(sa.select(users).order_by(users.c.name)).mappings())

    def add_user(self, name: str, password_hash: str, now: datetime) -> None:
        row = {"name": name, "password_hash": password_hash, "created_at": now, "switched_off": False}
        with self._database.writing() as connection:
            written = insert(connection, users).values(**row).on_conflict_do_nothing(index_elements=["name"]).returning(users.c.name)
            if connection.execute(written).first() is None:
                raise StorageError(f"There is an account named {clean(name)!r} already; choose another name or set its password anew.")

    def set_password(self, name: str, password_hash: str) -> None:
        self._change(name, {"password_hash": password_hash})

    def switch_user(self, name: str, off: bool) -> None:
        self._change(name, {"switched_off": off})

    def _change(self, name: str, values: dict[str, Any]) -> None:
        with self._database.writing() as connection:
            if connection.execute(sa.update(users).where(users.c.name == name).values(**values)).rowcount == 0:
                raise NotFound(f"There is no account named {clean(name)!r}.")
