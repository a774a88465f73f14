"""Private addresses are refused in every spelling, at the text and at the resolver, and public ones are not."""

from __future__ import annotations

import random
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.guard import Guard, GuardedResolver, PrivateAddress, literal, what_is
from newsdesk.errors import BadAddress

PRIVATE_4 = (
    "0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 "
    "172.31.255.255 192.0.0.1 192.0.0.170 192.0.2.7 192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.9 "
    "203.0.113.5 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255"
).split()
PRIVATE_6 = (
    ":: ::1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::8.8.8.8 64:ff9b:1::1 100::1 2001::1 "
    "2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:c0a8:101::1 3fff::1 5f00::1 fc00::1 "
    "fd12:3456:789a::1 fe80::1 fec0::1 ff02::1 ff0e::1 4000::1 8000::1"
).split()
PUBLIC = "1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1 169.253.255.255 172.15.255.255 "
PUBLIC_4 = (PUBLIC + "172.32.0.0 191.255.255.255 192.0.1.1 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255").split()
PUBLIC_6 = "2001:4860:4860::8888 2606:4700:4700::1111 2a00:1450:4001::1 2003::1 2001:200::1".split()
NAMES = "localhost LOCALHOST localhost. foo.localhost router.local metadata.google.internal printer.lan nas intranet box.home.arpa".split()


def spellings(address: str) -> list[str]:
    """The forms that some reader of addresses takes for this IPv4 address."""
    number = int(IPv4Address(address))
    a, b, c, d = IPv4Address(address).packed
    plain = [
        f"{a}.{b}.{c}.{d}",
        f"{a}.{b}.{(c << 8) + d}",
        f"{a}.{(b << 16) + (c << 8) + d}",
        str(number),
        hex(number),
        hex(number).upper().replace("X", "x"),
        oct(number).replace("0o", "0"),
        ".".join(hex(part) for part in (a, b, c, d)),
        ".".join(f"0x{part:08x}" for part in (a, b, c, d)),
        ".".join(f"0{part:o}" for part in (a, b, c, d)),
        ".".join(f"{part:o}".zfill(8) for part in (a, b, c, d)),
        f"{a:#x}.{b}.0{c:o}.{d}",
        f"{a}.{b}.{c}.{d}.",
        f"{a}.{b}.{c}.{d}..",
    ]
    escaped = ["".join(f"%{ord(ch):02x}" for ch in address), address.replace(".", "%2e"), address.replace(".", "%252e")]
    wide = [address.translate({ord(ch): 0xFF10 + int(ch) for ch in "0123456789"}), address.replace(".", "。"), address.replace(".", "．")]
    circled = [address.translate({ord(str(i)): 0x2460 + i - 1 for i in range(1, 10)})]
    six = [f"[::ffff:{address}]", f"[::{address}]", f"[64:ff9b::{address}]", f"[::ffff:{number >> 16:x}:{number & 0xFFFF:x}]"]
    six += [f"[2002:{number >> 16:04x}:{number & 0xFFFF:04x}::1]", f"[::FFFF:{address}]", f"[0:0:0:0:0:ffff:{address}]"]
    return plain + escaped + wide + circled + six


EVASIONS = [host for address in PRIVATE_4 for host in spellings(address)]
EVASIONS += [f"[{address}]" for address in PRIVATE_6] + [f"[{quote(address, safe='')}]" for address in ("::1", "fe80::1")]
EVASIONS += [
    "[fe80::1%25eth0]",
    "[::1%251]",
    "[::1].",
    "0",
    "0x",
    "0x0",
    "00",
    "127.1",
    "127.0.1",
    "017700000001",
    "0x7f.1",
    "1.1.1.1.1",
    "foo.0x7f",
]
EVASIONS += ["999.1.1.1", "1.2.3.4.5", "4294967296", "0x100000000", "256.0.0.1", "1..1", *NAMES]


def test_there_are_a_few_hundred_evasions() -> None:
    assert len(EVASIONS) > 500


@pytest.mark.parametrize("path", ["/", "", ":8080/x", ":443/?q=http://example.com/"])
def test_every_evasion_is_refused(path: str) -> None:
    guard = Guard(["allowed.test", "10.9.9.9:8000"])
    through = []
    for host in EVASIONS:
        for scheme in ("http", "https"):
            try:
                guard.check(f"{scheme}://{host}{path}")
                through.append(host)
            except (PrivateAddress, BadAddress):
                continue
    assert not through


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com@127.0.0.1/",
        "http://127.0.0.1@example.com/",
        "http://127.0.0.1\\@example.com/",
        "http://example.com\\.127.0.0.1/",
        "http://example.com:80@127.0.0.1:80/",
        "http:///127.0.0.1/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "gopher://127.0.0.1/",
        "data:text/plain,x",
        "http://[::1/",
        "http://example.com:99999/",
        "http://:80/",
        "//127.0.0.1/",
        "javascript:1",
    ],
)
def test_addresses_that_can_be_read_in_two_ways_are_refused(url: str) -> None:
    with pytest.raises((PrivateAddress, BadAddress)):
        Guard([]).check(url)


@pytest.mark.parametrize(
    "host", [*PUBLIC_4, *(f"[{address}]" for address in PUBLIC_6), "example.com", "www.granma.cu", "localhost.example.com"]
)
def test_public_hosts_pass(host: str) -> None:
    Guard([]).check(f"https://{host}/page?next=http://127.0.0.1/")


def test_the_table_knows_every_kind() -> None:
    assert all(what_is(IPv4Address(address)) for address in PRIVATE_4)
    assert all(what_is(IPv6Address(address)) for address in PRIVATE_6)
    assert not [address for address in (*PUBLIC_4, *PUBLIC_6) if what_is(ip_address(address))]


@given(st.integers(0, 2**32 - 1), st.randoms())
def test_any_spelling_reads_as_its_address(number: int, chance: random.Random) -> None:
    address = str(IPv4Address(number))
    readable = [
        host for host in spellings(address) if not host.startswith("[") and "①" <= "⑨" and not any(ch in host for ch in "①②③④⑤⑥⑦⑧⑨")
    ]
    host = chance.choice([host for host in readable if not host.endswith("..")])
    assert literal(host) == IPv4Address(number)


@given(st.text(alphabet="0123456789abcdefx.:[]%-。１", max_size=24))
def test_no_host_breaks_the_guard(host: str) -> None:
    with suppress(PrivateAddress, BadAddress):
        Guard([]).check(f"http://{host}/")


def test_the_operators_word_counts_for_its_host_and_port_only() -> None:
    guard = Guard(["127.0.0.1:8001", "demo.test", "10.1.2.3", "[::1]:9", "localhost:8080"])
    for url in (
        "http://127.0.0.1:8001/",
        "http://127.1:8001/",
        "http://demo.test:5/",
        "http://10.1.2.3/",
        "http://[::1]:9/",
        "http://localhost:8080/",
    ):
        guard.check(url)
    for url in (
        "http://127.0.0.1/",
        "http://127.0.0.1:8002/",
        "http://sub.localhost:8080/",
        "http://10.1.2.4/",
        "http://[::1]/",
        "http://localhost/",
    ):
        with pytest.raises(PrivateAddress):
            guard.check(url)


# --- at the resolver -------------------------------------------------------------------------------------------------------


class Names:
    """A name server under an attacker's control: each question gets the next answer."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)

    def resolveHostName(self, receiver: Any, name: str, port: int = 0, types: Any = None, semantics: str = "TCP") -> Any:
        receiver.resolutionBegan(self)
        for address in self.answers.pop(0):
            receiver.addressResolved(type("Address", (), {"host": address}))
        receiver.resolutionComplete()
        return self


class Receiver:
    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complete = 0

    def resolutionBegan(self, resolution: Any) -> None: ...

    def addressResolved(self, address: Any) -> None:
        self.addresses.append(f"{address.host}:{address.port}")

    def resolutionComplete(self) -> None:
        self.complete += 1


def dialled(resolver: GuardedResolver, name: str, port: int = 80) -> list[str]:
    receiver = Receiver()
    resolver.resolveHostName(receiver, name, port)
    assert receiver.complete == 1
    return receiver.addresses


def test_names_that_lead_inside_are_not_dialled() -> None:
    guard = Guard(["inside.test", "10.1.1.1:80", "127.0.0.1:8001"], ["http://user:pw@127.0.0.1:3128/"])
    for address in (*PRIVATE_4, *PRIVATE_6, "fe80::1%eth0", "not an address"):
        assert dialled(GuardedResolver(guard, Names([address])), "evil.example") == []
        assert "evil.example leads to" in (guard.refusal("evil.example", 80) or "")
    assert guard.refusal("evil.example", 80) is None
    assert dialled(GuardedResolver(guard, Names(["10.0.0.1", "8.8.8.8", "fd00::1"])), "mixed.example") == ["8.8.8.8:80"]
    assert dialled(GuardedResolver(guard, Names(["10.0.0.1"])), "inside.test") == ["10.0.0.1:80"]
    assert dialled(GuardedResolver(guard, Names(["10.1.1.1"])), "name.test") == ["10.1.1.1:80"]
    assert dialled(GuardedResolver(guard, Names(["127.0.0.1"])), "127.0.0.1", 3128) == ["127.0.0.1:3128"]
    assert dialled(GuardedResolver(guard, Names(["127.0.0.1"])), "evil.example", 22) == []


def test_what_was_judged_is_what_is_dialled() -> None:
    """Rebinding: public at the first question, loopback at the second. Each answer is judged, and nothing is asked between."""
    names = Names(["8.8.8.8"], ["127.0.0.1"])
    resolver = GuardedResolver(Guard([]), names)
    assert dialled(resolver, "rebind.example") == ["8.8.8.8:80"]
    assert dialled(resolver, "rebind.example", 443) == ["8.8.8.8:443"]
    assert len(names.answers) == 1
    assert dialled(GuardedResolver(Guard([]), Names(["127.0.0.1"])), "rebind.example") == []


def test_the_proxy_may_be_dialled_but_not_fetched_from() -> None:
    guard = Guard([], ["http://proxy.example.org:3128", "127.0.0.1:8899"])
    for url in ("http://proxy.example.org:3128/", "http://127.0.0.1:8899/", "http://127.1:8899/"):
        with pytest.raises(PrivateAddress, match="proxy"):
            guard.check(url)
    guard.check("http://proxy.example.org/")
