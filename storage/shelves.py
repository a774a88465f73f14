"""Every shelf of newsdesk/ports.py, as kept in a database."""

from storage.accounts import SqlAccounts
from storage.anew import SqlRenewals
from storage.articles import SqlArticleShelf
from storage.control import SqlControlBook
from storage.corroboration import SqlCorroborationBook
from storage.desk import SqlDeskShelf
from storage.doubts import SqlDoubts
from storage.health import SqlHealthBook
from storage.links import SqlLinkLedger
from storage.pages import SqlPageShelf
from storage.ranking import SqlRankingBook
from storage.robots import SqlRobotsLedger
from storage.sources import SqlSourceBook
from storage.storybook import SqlStoryBook

__all__ = [
    "SqlAccounts",
    "SqlArticleShelf",
    "SqlControlBook",
    "SqlCorroborationBook",
    "SqlDeskShelf",
    "SqlDoubts",
    "SqlHealthBook",
    "SqlLinkLedger",
    "SqlPageShelf",
    "SqlRankingBook",
    "SqlRenewals",
    "SqlRobotsLedger",
    "SqlSourceBook",
    "SqlStoryBook",
]
