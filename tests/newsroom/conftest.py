"""The newsroom's tests run on both databases."""

from tests.databases import database, database_url, kind, postgres_server, postgres_template, sqlite_template  # noqa: F401
