"""A key identifies an address and drops only what does not choose the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.addresses import absolute, belongs, host_of, is_tracking, key, key_and_place, registered_domain, split
from newsdesk.errors import BadAddress

PATHS = st.lists(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs"), exclude_characters="/?#\\[]"), min_size=1, max_size=8), max_size=4
)
NAMES = st.from_regex(r"[a-z][a-z0-9]{0,6}", fullmatch=True).filter(lambda name: not is_tracking(name))
QUERIES = st.lists(st.tuples(NAMES, st.from_regex(r"[A-Za-z0-9]{0,6}", fullmatch=True)), max_size=3)


def address_of(path: list[str], query: list[tuple[str, str]]) -> str:
    tail = "&".join(f"{name}={value}" for name, value in query)
    return f"https://www.example.org/{'/'.join(path)}" + (f"?{tail}" if tail else "")


@given(PATHS, QUERIES)
def test_the_key_of_a_key_is_the_key(path: list[str], query: list[tuple[str, str]]) -> None:
    once = key(address_of(path, query))
    assert key(f"https://{once}") == once


@given(PATHS, QUERIES, st.sampled_from(["utm_source=rss", "fbclid=abc", "gclid=1", "_ga=2", "utm_campaign=x&utm_medium=y"]))
def test_tracking_fragment_scheme_and_port_do_not_identify(path: list[str], query: list[tuple[str, str]], tracking: str) -> None:
    plain = address_of(path, query)
    followed = plain + ("&" if query else "?") + tracking + "#top"
    assert key(followed) == key(plain)
    assert key(plain.replace("https://www.example.org", "HTTP://WWW.Example.ORG:80")) == key(plain)


@given(PATHS, QUERIES, QUERIES)
def test_what_chooses_the_page_identifies(path: list[str], one: list[tuple[str, str]], other: list[tuple[str, str]]) -> None:
    assert (key(address_of(path, one)) == key(address_of(path, other))) == (one == other)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_named_error(text: str) -> None:
    for function in (split, host_of, key):
        try:
            function(text)
        except BadAddress as refused:
            assert str(refused)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "ftp://example.org/",
        "javascript:alert(1)",
        "https://",
        "https:///path",
        "http://exa mple.org/",
        "http://host:99999/",
        "http://host:0/",
    ],
)
def test_bad_addresses_are_refused(bad: str) -> None:
    with pytest.raises(BadAddress):
        key(bad)


def test_case_order_and_other_ports_are_kept() -> None:
    assert key("https://example.org/A?b=2&a=1") == "example.org/A?b=2&a=1"
    assert key("https://example.org:8443/") == "example.org:8443/"
    assert key("https://example.org") == key("https://example.org/")


def test_relative_references_are_resolved() -> None:
    assert absolute("https://example.org/a/b", "../c") == "https://example.org/c"
    with pytest.raises(BadAddress):
        absolute("https://example.org/", "mailto:desk@example.org")


def test_hosts_belong_to_domains_at_labels() -> None:
    assert belongs("www.granma.cu", ["granma.cu"])
    assert not belongs("notgranma.cu", ["granma.cu"])
    assert registered_domain("noticias.uol.com.br") == "uol.com.br"
    assert host_of("https://ESPAÑA.example./") == "xn--espaa-rta.example"


@given(st.from_regex(r"https?://[a-z0-9.-]{1,12}(/[A-Za-z0-9/:@!$&'()*+,;=~._-]{0,12})?", fullmatch=True))
def test_plain_addresses_are_taken_apart_as_all_others(address: str) -> None:
    """A fragment keeps an address from the quick way."""
    try:
        slowly = key_and_place(f"{address}#top")
    except BadAddress:
        with pytest.raises(BadAddress):
            key_and_place(address)
        return
    assert key_and_place(address) == slowly and host_of(address) == slowly[1]
