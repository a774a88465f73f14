"""The storage room's tests run on both databases."""

from tests.databases import (  # noqa: F401
    database,
    database_url,
    empty_url,
    kind,
    open_again,
    postgres_server,
    postgres_template,
    sqlite_template,
)
