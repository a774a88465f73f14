"""robots.txt to the letter: RFC 9309, and the matching corpus of google/robotstxt told in our own words and paths.

Each path of a file is a case. A file's ``of`` says where the rule comes from: a section of RFC 9309, or "Google" where the RFC
is silent and we do as Google's open parser does (its robots_test.cc, read 2026-11). Protego, which Scrapy ships, is asked
every case too; where it is wrong stands in PROTEGO_WRONG with how it was settled, and the test fails when that list is not true.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pytest
from protego import Protego

from newsdesk.robotstxt import LINE_BYTES, parse_robots

SITE = "https://diario.example"


@dataclass(frozen=True)
class File:
    """A robots.txt for ``us`` (our token), with paths it lets us fetch and paths it does not."""

    name: str
    of: str
    text: str | bytes
    may: Sequence[str] = ()
    must_not: Sequence[str] = ()
    us: str = "newsdesk"

    @property
    def body(self) -> bytes:
        return self.text if isinstance(self.text, bytes) else self.text.encode()


GROUPS = """\
allow: /suelto/

user-agent: newsdesk
disallow: /
allow: /uno/
user-agent: vecino
disallow: /
allow: /dos/


allow: /tres/
user-agent: tercero

user-agent: newsdesk
allow: /cuatro/
disallow: /
"""
ONLY_OTHERS = "user-agent: uno\nallow: /\nuser-agent: dos\ndisallow: /\nuser-agent: tres\ndisallow: /"
FISH_MAY = ("/pez", "/pez.html", "/pez/atun.html", "/peces", "/pezones/ricos.html", "/pez.html?id=cualquiera")
FISH_NOT = ("/mar", "/Pez.asp", "/unpez", "/?id=pez")
LONG = "/x/" + "a" * (LINE_BYTES - len("disallow: /x/") - 1)
LONG_ALLOW = "/x/" + "a" * (LINE_BYTES - len("allow: /x/") - 1)
LONG_OTHER = "/x/" + "b" * (LINE_BYTES - len("allow: /x/") - 1)

FILES = (
    # --- 2.1, 2.2.1: lines, groups, who is meant
    File("nothing at all", "2.2.1", "", ("/", "/nota")),
    File("a group that shuts us out", "2.1", "user-agent: newsdesk\ndisallow: /", (), ("/", "/nota/1")),
    File("the same for one who is not named", "2.2.1", "user-agent: newsdesk\ndisallow: /", ("/nota/1",), (), "otro"),
    File("names that mean nothing", "2.1", "foo: newsdesk\nbar: /", ("/nota/1",)),
    File("colons forgotten", "Google", "user-agent newsdesk\ndisallow /", (), ("/nota/1",)),
    File("colons forgotten, a tab instead", "Google", "user-agent\tnewsdesk\ndisallow\t/", (), ("/nota/1",)),
    File("colons forgotten, three words", "Google", "user-agent: newsdesk\ndisallow /a /b", ("/a", "/b", "/a /b")),
    File("groups, ours twice", "2.2.1", GROUPS, ("/uno/b", "/cuatro/d"), ("/dos/c", "/tres/a", "/suelto/")),
    File("groups, the neighbour's", "2.2.1", GROUPS, ("/dos/c", "/tres/a"), ("/cuatro/d", "/uno/b", "/suelto/"), "vecino"),
    File("groups, one of two agents in a row", "2.2.1", GROUPS, ("/cuatro/d",), ("/uno/b", "/suelto/"), "tercero"),
    File("groups, nobody we know", "2.2.1", GROUPS, ("/uno/b", "/suelto/", "/otra"), (), "cuarto"),
    File(
        "a sitemap line parts no group",
        "2.2.4",
        "User-agent: vecino\nSitemap: https://diario.example/s.xml\n\nUser-agent: *\nDisallow: /",
        (),
        ("/nota",),
    ),
    File(
        "nor for the one named before it",
        "2.2.4",
        "User-agent: vecino\nSitemap: https://diario.example/s.xml\n\nUser-agent: *\nDisallow: /",
        (),
        ("/nota",),
        "vecino",
    ),
    File("an unknown line parts no group", "2.2.4", "User-agent: vecino\nNo-se-que: si\n\nUser-agent: *\nDisallow: /", (), ("/nota",)),
    File(
        "nor an unknown line, for the one named before it",
        "2.2.4",
        "User-agent: vecino\nNo-se-que: si\n\nUser-agent: *\nDisallow: /",
        (),
        ("/nota",),
        "vecino",
    ),
    File("an unknown line among rules", "2.2.4", "User-agent: newsdesk\nNo-se-que: si\nDisallow: /no", ("/si",), ("/no", "/nota")),
    File("a crawl-delay between two agents", "2.2.4", "User-agent: vecino\nCrawl-delay: 3\nUser-agent: newsdesk\nDisallow: /", (), ("/a",)),
    File("a blank line within a group", "2.2", "User-agent: newsdesk\n\n\nDisallow: /no", ("/si",), ("/no", "/nota")),
    File("names of lines in capitals", "2.2", "USER-AGENT: newsdesk\nALLOW: /x/\nDISALLOW: /", ("/x/y",), ("/a/b",)),
    File("names of lines in small letters", "2.2", "user-agent: newsdesk\nallow: /x/\ndisallow: /", ("/x/y",), ("/a/b",)),
    File("names of lines in a mixture", "2.2", "uSeR-aGeNt: newsdesk\nAlLoW: /x/\ndIsAlLoW: /", ("/x/y",), ("/a/b",)),
    File("our name in capitals, and a word after it", "2.2.1", "User-Agent: NEWSDESK BOT\nAllow: /x/\nDisallow: /", ("/x/y",), ("/a/b",)),
    File("our name in small letters, and a word", "2.2.1", "User-Agent: newsdesk bot\nAllow: /x/\nDisallow: /", ("/x/y",), ("/a/b",)),
    File("our name in a mixture, and a word", "2.2.1", "User-Agent: NewsDesk boT\nAllow: /x/\nDisallow: /", ("/x/y",), ("/a/b",)),
    File("our token in capitals", "2.2.1", "User-Agent: newsdesk\nAllow: /x/\nDisallow: /", ("/x/y",), ("/a/b",), "NEWSDESK"),
    File(
        "the first word counts",
        "Google",
        "User-Agent: *\nDisallow: /\nUser-Agent: newsdesk images\nAllow: /x/\nDisallow: /",
        ("/x/y",),
        ("/y",),
    ),
    File("our name with a version", "2.2.1", "User-agent: newsdesk/2.1\nDisallow: /", (), ("/a",)),
    File("a longer name is another's", "2.2.1", "User-agent: newsdesk-images\nDisallow: /", ("/a",)),
    File("a shorter name is another's", "2.2.1", "User-agent: news\nDisallow: /", ("/a",)),
    File("a name around ours is another's", "2.2.1", "User-agent: mynewsdesk\nDisallow: /", ("/a",)),
    File("a star within a name is no star", "2.2.1", "User-agent: news*\nDisallow: /", ("/a",)),
    File("a star and more words", "Google", "User-agent: * (todos)\nDisallow: /", (), ("/a",)),
    File("a name that begins with a star", "2.2.1", "User-agent: *bot\nDisallow: /", ("/a",)),
    File("everybody first, we after", "2.2.1", "user-agent: *\nallow: /\nuser-agent: newsdesk\ndisallow: /", (), ("/x/y",)),
    File("everybody first, another after", "2.2.1", "user-agent: *\nallow: /\nuser-agent: vecino\ndisallow: /", ("/x/y",)),
    File("others only", "2.2.1", ONLY_OTHERS, ("/x/y",)),
    File(
        "our group is not joined to everybody's",
        "2.2.1",
        "User-agent: *\nDisallow: /x/\nUser-agent: newsdesk\nDisallow: /y/",
        ("/x/p",),
        ("/y/p",),
    ),
    File(
        "everybody's group after ours", "2.2.1", "User-agent: newsdesk\nDisallow: /y/\nUser-agent: *\nDisallow: /x/", ("/x/p",), ("/y/p",)
    ),
    File("two groups for everybody are one", "2.2.1", "User-agent: *\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", ("/c",), ("/a", "/b")),
    File(
        "our group without rules frees us",
        "2.2.1",
        "User-agent: newsdesk\n\nUser-agent: otro\nDisallow: /x\n\nUser-agent: *\nDisallow: /",
        ("/y",),
        ("/x",),
    ),
    File("our empty group at the end frees us", "2.1", "User-agent: *\nDisallow: /\n\nUser-agent: newsdesk", ("/y",)),
    File("rules before any group", "2.1", "Disallow: /\nUser-agent: newsdesk\nDisallow: /x", ("/y",), ("/x",)),
    File("we and everybody in one group", "2.2.1", "User-agent: *\nUser-agent: newsdesk\nDisallow: /x", ("/y",), ("/x",)),
    # --- 2.2.2: allow and disallow
    File("a path in small letters", "2.2.2", "user-agent: newsdesk\ndisallow: /x/", (), ("/x/y",)),
    File("a path in capitals", "2.2.2", "user-agent: newsdesk\ndisallow: /X/", ("/x/y",), ("/X/y",)),
    File("the longer forbids", "2.2.2", "user-agent: newsdesk\ndisallow: /x/nota.html\nallow: /x/", ("/x/otra",), ("/x/nota.html",)),
    File("the longer allows", "2.2.2", "user-agent: newsdesk\nallow: /x/nota.html\ndisallow: /x/", ("/x/nota.html",), ("/x/",)),
    File("two empty rules", "2.2.2", "user-agent: newsdesk\ndisallow: \nallow: ", ("/x/nota.html",)),
    File("an empty rule forbids nothing", "2.2.2", "user-agent: newsdesk\ndisallow:", ("/x", "/")),
    File("a tie of the shortest", "2.2.2", "user-agent: newsdesk\ndisallow: /\nallow: /", ("/x/nota.html",)),
    File("with and without the last slash", "2.2.2", "user-agent: newsdesk\ndisallow: /x\nallow: /x/", ("/x/",), ("/x", "/xy")),
    File("a tie", "2.2.2", "user-agent: newsdesk\ndisallow: /x/nota.html\nallow: /x/nota.html", ("/x/nota.html",)),
    File("a star may make the longer", "2.2.2", "user-agent: newsdesk\nallow: /nota\ndisallow: /*.html", ("/nota",), ("/nota.html",)),
    File(
        "a star may make the shorter",
        "2.2.2",
        "user-agent: newsdesk\nallow: /x/nota.\ndisallow: /*.html",
        ("/x/nota.html",),
        ("/x/y.html",),
    ),
    File("the order says nothing", "2.2.2", "user-agent: newsdesk\nallow: /p\ndisallow: /", ("/pagina",), ("/otra",)),
    File("a folder allowed and forbidden", "2.2.2", "user-agent: newsdesk\nallow: /carpeta\ndisallow: /carpeta", ("/carpeta/p",)),
    File("a star against four letters", "2.2.2", "user-agent: newsdesk\nallow: /nota\ndisallow: /*.htm", (), ("/nota.htm",)),
    File("only the front page", "2.2.3", "user-agent: newsdesk\nallow: /$\ndisallow: /", ("/", ""), ("/nota.html", "/?a=1")),
    File("robots.txt itself", "2.2.2", "user-agent: newsdesk\ndisallow: /", ("/robots.txt",), ("/robots.txt.bak", "/a/robots.txt")),
    File("a path without its slash", "Google", "user-agent: newsdesk\ndisallow: privado", ("/publico",), ("/privado/1",)),
    File("a fragment is no path", "2.2.2", "user-agent: newsdesk\ndisallow: /a$", (), ("/a#b",)),
    File("a query without a path", "2.2.2", "user-agent: newsdesk\ndisallow: /?s=", ("/?t=1",), ("?s=1", "/?s=1")),
    File("semicolons", "2.2.2", "user-agent: newsdesk\ndisallow: /a;b", ("/a",), ("/a;b", "/a;bc")),
    # --- 2.2.2: escapes
    File(
        "an address within an address",
        "2.2.2",
        "User-agent: newsdesk\nDisallow: /\nAllow: /ir/a?uno=dos&url=http://otro.example?tres&cuatro",
        ("/ir/a?uno=dos&url=http://otro.example?tres&cuatro", "/ir/a?uno=dos&url=http%3A%2F%2Fotro.example%3Ftres&cuatro"),
        ("/ir/a?uno=dos",),
    ),
    File(
        "the same, escaped in the file",
        "2.2.2",
        "User-agent: newsdesk\nDisallow: /ir?u=https%3A%2F%2Fa.example",
        (),
        ("/ir?u=https://a.example", "/ir?u=https%3a%2f%2fa.example"),
    ),
    File(
        "a star before an escape in the query",
        "2.2.2",
        "User-agent: newsdesk\nDisallow: /*https%3A%2F%2F",
        ("/ir",),
        ("/ir?u=https%3A%2F%2Fa",),
    ),
    File(
        "three bytes, written out", "2.2.2", "User-agent: newsdesk\nDisallow: /\nAllow: /a/b/ツ", ("/a/b/%E3%83%84", "/a/b/ツ"), ("/a/b/x",)
    ),
    File(
        "three bytes, escaped",
        "2.2.2",
        "User-agent: newsdesk\nDisallow: /\nAllow: /a/b/%E3%83%84",
        ("/a/b/%E3%83%84", "/a/b/ツ"),
        ("/a/b/%E3",),
    ),
    File(
        "plain letters, escaped",
        "2.2.2",
        "User-agent: newsdesk\nDisallow: /\nAllow: /a/b/%62%61%7A",
        ("/a/b/%62%61%7A", "/a/b/baz"),
        ("/a/b/ba",),
    ),
    File("small letters in an escape", "2.2.2", "User-agent: newsdesk\nDisallow: /%aa", (), ("/%AA", "/%aa")),
    File("an accent, written out", "2.2.2", "User-agent: newsdesk\nDisallow: /a%C3%B1o", (), ("/año", "/a%c3%b1o/1")),
    File("an accent in Latin-1", "Google", "User-agent: newsdesk\nDisallow: /año".encode("latin-1"), ("/ano",), ("/a%F1o", "/a%f1o/1")),
    File("an escaped slash is no slash", "2.2.2", "User-agent: newsdesk\nDisallow: /a%2Fb", ("/a/b",), ("/a%2fb",)),
    # --- 2.2.3: special characters
    File(
        "a star in the middle", "2.2.3", "User-agent: newsdesk\nDisallow: /a/b/z\nAllow: /a/*/x", ("/a/z", "/a//z", "/a/c/z"), ("/a/b/z",)
    ),
    File("an end", "2.2.3", "User-agent: newsdesk\nDisallow: /a/b$\nAllow: /a/b/x", ("/a/b/x", "/a/b/", "/a/b/y"), ("/a/b",)),
    File("comments", "2.2.3", "User-agent: newsdesk\n# Disallow: /\nDisallow: /a/z#x\nAllow: /", ("/a/b",), ("/a/z", "/a/zz")),
    File("a comment after the agent", "2.2.3", "User-agent: newsdesk # somos\nDisallow: /x # y esto", ("/y",), ("/x",)),
    File(
        "an escaped star is a star",
        "2.2.3",
        "User-agent: newsdesk\nDisallow: /a/nota-%2A.html",
        ("/a/nota-1.html",),
        ("/a/nota-*.html", "/a/nota-%2A.html"),
    ),
    File(
        "an escaped dollar is a dollar",
        "2.2.3",
        "User-agent: newsdesk\nDisallow: /a/precio-%24",
        ("/a/precio-",),
        ("/a/precio-$", "/a/precio-$9"),
    ),
    File("a dollar in the middle is a dollar", "2.2.3", "User-agent: newsdesk\nDisallow: /a$b", ("/a",), ("/a$b", "/a%24bc")),
    File("two stars are one", "2.2.3", "User-agent: newsdesk\nDisallow: /a**b", ("/a",), ("/ab", "/axxb")),
    File("a star at the end says nothing", "2.2.3", "User-agent: newsdesk\nDisallow: /a*", ("/b",), ("/a", "/ab")),
    File("a star and an end", "2.2.3", "User-agent: newsdesk\nDisallow: /*a$", ("/ab",), ("/a", "/aba")),
    File("a piece may not be used twice", "2.2.3", "User-agent: newsdesk\nDisallow: /aa*a$", ("/aa",), ("/aaa",)),
    # --- Google's documented table of paths
    File("/pez", "Google", "user-agent: newsdesk\ndisallow: /\nallow: /pez\nallow: /peces", FISH_MAY, FISH_NOT),
    File("/pez*", "Google", "user-agent: newsdesk\ndisallow: /\nallow: /pez*\nallow: /peces", FISH_MAY, FISH_NOT),
    File(
        "/pez/",
        "Google",
        "user-agent: newsdesk\ndisallow: /\nallow: /pez/",
        ("/pez/", "/pez/atun", "/pez/?atun", "/pez/atun.html", "/pez/?id=cualquiera"),
        ("/mar", "/pez", "/pez.html", "/Pez/Atun.html"),
    ),
    File(
        "/*.php",
        "Google",
        "user-agent: newsdesk\ndisallow: /\nallow: /*.php",
        ("/f.php", "/c/f.php", "/c/f.php?p", "//c/un.php.f.html", "/f.php/", "/index?f=f.php/"),
        ("/mar", "/php/", "/index?php", "/ventanas.PHP"),
    ),
    File(
        "/*.php$",
        "Google",
        "user-agent: newsdesk\ndisallow: /\nallow: /*.php$",
        ("/f.php", "/c/f.php"),
        ("/mar", "/f.php?p", "/f.php/", "/f.php5", "/php/", "/f?php", "/aaaphpaaa", "//ventanas.PHP"),
    ),
    File(
        "/pez*.php",
        "Google",
        "user-agent: newsdesk\ndisallow: /\nallow: /pez*.php",
        ("/pez.php", "/pezones/unpez.php?p"),
        ("/mar", "/Pez.PHP"),
    ),
    File(
        "a folder's index.html",
        "Google",
        "User-Agent: *\nAllow: /abierta/index.html\nDisallow: /",
        ("/abierta/", "/abierta/index.html"),
        ("/abierta/index.htm", "/otra", "/abierta/x"),
    ),
    # --- 2.2, 2.3, 2.5: bytes, ends of lines, lengths
    File("lines of Unix", "2.2", "User-Agent: vecino\nAllow: /a\nUser-Agent: newsdesk\n\n\nDisallow: /", (), ("/a",)),
    File("lines of DOS", "2.2", "User-Agent: vecino\r\nAllow: /a\r\nUser-Agent: newsdesk\r\n\r\n\r\nDisallow: /\r\n", (), ("/a",)),
    File("lines of old Macs", "2.2", "User-Agent: vecino\rAllow: /a\rUser-Agent: newsdesk\r\r\rDisallow: /\r", (), ("/a",)),
    File("lines of everybody", "2.2", "User-Agent: vecino\nAllow: /a\r\nUser-Agent: newsdesk\n\r\n\nDisallow: /", (), ("/a",)),
    File("a byte order mark", "Google", b"\xef\xbb\xbfUser-Agent: newsdesk\nDisallow: /x", ("/y",), ("/x",)),
    File("two thirds of one", "Google", b"\xef\xbbUser-Agent: newsdesk\nDisallow: /x", ("/y",), ("/x",)),
    File("a third of one", "Google", b"\xefUser-Agent: newsdesk\nDisallow: /x", ("/y",), ("/x",)),
    File("a broken one spoils its line", "Google", b"\xef\x11\xbfUser-Agent: newsdesk\nDisallow: /x", ("/x",)),
    File("one in the middle spoils its line", "Google", b"User-Agent: newsdesk\n\xef\xbb\xbfDisallow: /x\nDisallow: /y", ("/x",), ("/y",)),
    File("blanks around everything", "2.2", "  User-agent\t:  newsdesk  \n\t Disallow :\t/x\t", ("/y",), ("/x",)),
    File(
        "a line too long forbids as far as it goes", "Google", f"user-agent: newsdesk\ndisallow: {LONG}/qux\n", ("/fux",), (LONG + "/fux",)
    ),
    File(
        "a line too long allows as far as it goes",
        "Google",
        f"user-agent: newsdesk\ndisallow: /\nallow: {LONG_ALLOW}/qux\nallow: {LONG_OTHER}/qux\n",
        (LONG_ALLOW + "/qux", LONG_OTHER + "/fux"),
        ("/",),
    ),
    File("a rule after 400 KiB", "2.5", "User-agent: *\n" + "# relleno\n" * 41_000 + "Disallow: /x", ("/y",), ("/x",)),
    File(
        "spellings that hosts really use",
        "Google",
        "useragent: newsdesk\ndissallow: /a\ndisalow: /b\ndiasllow: /c\ndisallaw: /d\ndissalow: /e",
        ("/f",),
        ("/a", "/b", "/c", "/d", "/e"),
    ),
    File("a page of HTML instead", "2.3.1", "<!doctype html><title>404</title><p>Disallow: /</p>", ("/", "/a")),
)


class Asked(NamedTuple):
    file: File
    path: str
    may: bool

    @property
    def name(self) -> str:
        return f"{self.file.name} | {self.path if len(self.path) < 60 else self.path[:5] + '...' + self.path[-4:]}"


def cases() -> Iterator[Asked]:
    for file in FILES:
        yield from (Asked(file, path, True) for path in file.may)
        yield from (Asked(file, path, False) for path in file.must_not)


CASES = tuple(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_case_is_read_as_it_is_meant(case: Asked) -> None:
    assert parse_robots(case.file.body, case.file.us).allows(SITE + case.path) is case.may


def test_there_are_as_many_cases_as_promised() -> None:
    assert len(CASES) >= 145
    assert len({case.name for case in CASES}) == len(CASES)


# Where Google's own test expects otherwise, and RFC 9309, which came after it, decides.
GOOGLE_DIFFERS = {
    "three bytes, written out | /a/b/ツ": "Google leaves escaping the address to its caller; 2.2.2 asks for it before comparing",
    "three bytes, escaped | /a/b/ツ": "the same",
    "plain letters, escaped | /a/b/baz": "Google compares byte by byte; the table in 2.2.2 says that %62%61%7A is to match baz",
}


def test_where_we_leave_google_the_rfc_says_so() -> None:
    left = {case.name for case in CASES if case.name in GOOGLE_DIFFERS}
    assert left == set(GOOGLE_DIFFERS)
    assert all(case.file.of == "2.2.2" and case.may for case in CASES if case.name in left)


PROTEGO_WRONG = {
    "colons forgotten, three words": "too strict: such a line is no rule; taken as Google's parser takes it",
    "nor an unknown line, for the one named before it": "too permissive: it splits the group; 2.2.4 forbids that other lines interfere",
    "our name in capitals, and a word after it": "too permissive: only the product token counts (2.2.1), that is up to the blank",
    "our name in small letters, and a word": "the same",
    "our name in a mixture, and a word": "the same",
    "the first word counts": "the same, here too strict",
    "our name with a version": "too permissive: the token ends where its characters do (2.2.1)",
    "a shorter name is another's": "too strict: it compares by beginnings; 2.2.1 wants the whole token",
    "a star within a name is no star": "too strict: only a bare star means everybody (2.2.1)",
    "a star and more words": "too permissive: Google's parser takes it for everybody, and hosts mean it so",
    "a path without its slash": "too permissive: the slash is put in front, which is what the host means",
    "an address within an address": "too strict: both spellings of a query are one (2.2.2, the table)",
    "the same, escaped in the file": "too permissive: the same",
    "a byte order mark": "too permissive: the mark is passed over, or the first group is lost",
    "two thirds of one": "the same",
    "a third of one": "the same",
    "a line too long forbids as far as it goes": "too permissive: cut at 16,663 bytes as Google's parser has it",
    "a line too long allows as far as it goes": "the same, here too strict",
}


def test_where_protego_is_wrong_is_known() -> None:
    """Asked the same, as Scrapy would ask it; what it gets wrong is listed file by file with how it was settled."""
    wrong: dict[str, list[str]] = {}
    for case in CASES:
        said = Protego.parse(case.file.body.decode("utf-8", "replace")).can_fetch(SITE + case.path, case.file.us)
        if bool(said) is not case.may:
            wrong.setdefault(case.file.name, []).append(case.path[:40])
    assert wrong.keys() == PROTEGO_WRONG.keys(), wrong
