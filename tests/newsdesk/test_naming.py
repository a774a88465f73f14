"""From a printed name or a host to the outlet."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.naming import NameKind, ambiguous_names, fold, outlet_of_host, resolve_name
from newsdesk.outlets import Control, ControlStatement, Outlet
from newsdesk.registry_check import FindingKind, check_outlets


def outlet(
    outlet_id: str,
    *names: str,
    domains: tuple[str, ...] = (),
    languages: tuple[str, ...] = ("es",),
    control: tuple[ControlStatement, ...] = (),
    switched_off: str | None = None,
) -> Outlet:
    return Outlet(outlet_id, names[0], names, "PE", languages, domains, control, (), "America/Lima", switched_off=switched_off)


def stated(control: Control = Control.PRIVATE, basis: str = "press source", **more: object) -> ControlStatement:
    return ControlStatement(control, None, basis, **more)  # type: ignore[arg-type]


PERU = outlet("elcomercio_pe", "El Comercio", "El Comercio (Perú)", domains=("elcomercio.pe",))
ECUADOR = outlet("elcomercio_ec", "El Comercio", domains=("elcomercio.com",))
JPOST = outlet("jpost", "The Jerusalem Post", domains=("jpost.com",))
SAXON = outlet("saxon", "Saxon", control=(stated(Control.UNKNOWN),))
ALL = (PERU, ECUADOR, JPOST, SAXON)


@pytest.mark.parametrize("printed", ["Jerusalem Post", "THE JERUSALEM POST", " the  Jerusalem-Post", "Jérusalem Post!"])
def test_case_accents_punctuation_and_the_article_do_not_matter(printed: str) -> None:
    found = resolve_name(ALL, printed)
    assert (found.kind, found.outlet_ids, found.printed) == (NameKind.ONE, ("jpost",), printed)


def test_several_bearers_are_all_named() -> None:
    found = resolve_name(ALL, "EL COMERCIO")
    assert (found.kind, found.outlets) == (NameKind.AMBIGUOUS, (PERU, ECUADOR))
    assert resolve_name(ALL, "El Comercio (Peru)").outlet_ids == ("elcomercio_pe",)
    assert ambiguous_names(ALL) == (("El Comercio", ("elcomercio_pe", "elcomercio_ec")),)


def test_a_name_without_an_outlet_behind_it_is_unidentified() -> None:
    assert resolve_name(ALL, "saxon").kind is NameKind.UNIDENTIFIED


def test_an_unknown_name_is_no_outlet_and_near_ones_are_named() -> None:
    found = resolve_name(ALL, "Jerusalem Pots")
    assert (found.kind, found.outlets, found.near) == (NameKind.NONE, (), ("The Jerusalem Post",))
    assert resolve_name(ALL, "!!!").kind is NameKind.NONE
    assert resolve_name((), "x").near == ()


@given(st.text())
def test_folding_is_settled_after_once_and_blind_to_case(name: str) -> None:
    assert fold(fold(name)) in (fold(name), fold(name).removeprefix("the"))
    assert " " not in fold(name)


def test_the_closest_domain_wins_and_a_part_of_a_label_is_none() -> None:
    house = outlet("house", "House", domains=("a.example",))
    branch = outlet("branch", "Branch", domains=("en.a.example",), languages=("en",))
    both = (house, branch)
    assert [o and o.id for o in (outlet_of_host(both, h) for h in ("www.a.example", "x.en.A.example.", "en.a.example", "ba.example"))] == [
        "house", "branch", "branch", None,
    ]  # fmt: skip
    assert outlet_of_host(both, "a.example", "en") == house
    twin = outlet("twin", "Twin", domains=("a.example",), languages=("en",))
    assert outlet_of_host((house, twin), "a.example", "en") == twin
    assert outlet_of_host((house, twin), "a.example", "fr") == house


TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("control", "kinds"),
    [
        ((), {FindingKind.NO_STATEMENT}),
        ((stated(),), set()),
        ((stated(Control.UNKNOWN),), {FindingKind.UNKNOWN_CONTROL}),
        ((stated(basis="own knowledge (unverified)"),), {FindingKind.UNVERIFIED}),
        ((stated(valid_to=date(2026, 11, 21)),), {FindingKind.NOT_STATED_TODAY}),
        ((stated(review_due_on=TODAY),), {FindingKind.OVERDUE}),
        ((stated(review_due_on=date(2026, 11, 23)),), set()),
        ((stated(), stated(Control.NONPROFIT, valid_from=date(2020, 1, 1))), {FindingKind.CONTRADICTORY}),
        ((stated(valid_to=date(2019, 12, 31)), stated(Control.NONPROFIT, valid_from=date(2020, 1, 1))), set()),
    ],
)
def test_what_the_check_finds(control: tuple[ControlStatement, ...], kinds: set[FindingKind]) -> None:
    one = outlet("a", "A", domains=("a.example",), control=control)
    assert {finding.kind for finding in check_outlets((one,), TODAY)} == kinds


def test_the_check_says_why_an_outlet_is_off_and_whose_name_it_shares() -> None:
    off = outlet("off", "El Comercio", domains=("x.example",), control=(stated(),), switched_off="terms: forbidden")
    found = [(finding.outlet_id, finding.sentence) for finding in check_outlets((off, PERU, SAXON), TODAY)]
    assert ("off", "it is not collected: terms: forbidden") in found
    assert ("off", 'the name "El Comercio" is also that of elcomercio_pe') in found
    assert ("saxon", 'nobody has identified the outlet behind the name "Saxon"') in found
