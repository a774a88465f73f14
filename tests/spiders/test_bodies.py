"""Text of HTML fragments: the quick way of simple ones says what the parser says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from spiders.bodies import without_tags

PIECES = (
    *"<p> </p> <br> <br/> <div> </div> <b> </b> <em> </em> <span> </span> </a> < > ' \"".split(),
    " ", "uno", "dos", "<p class='a'>", '<a href="https://a.example/x?y=z">', "<a title=x>", "a<b", "<p\n>", "<P>", "<pre>",
)  # fmt: skip


ELEMENTS = (
    "<p>uno</p>",
    "<p class='a'>dos<br>tres</p>",
    "<div>cuatro <b>y</b> <em>cinco</em></div>",
    " seis ",
    "<br/>",
    "&",
    "<pre>x</pre>",
)


def folded(text: str) -> list[str]:
    return text.split()


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_the_quick_way_says_what_the_parser_says(pieces: list[str]) -> None:
    """A comment keeps a fragment from the quick way. Tags without their other half may divide words differently."""
    fragment = "".join(pieces)
    assert "".join(folded(without_tags(fragment))) == "".join(folded(without_tags(f"<!-- -->{fragment}")))


@given(st.lists(st.sampled_from(ELEMENTS), max_size=8))
def test_whole_elements_divide_words_alike(elements: list[str]) -> None:
    fragment = "".join(elements)
    assert folded(without_tags(fragment)) == folded(without_tags(f"<!-- -->{fragment}"))


def test_block_elements_divide_words_and_inline_ones_do_not() -> None:
    assert folded(without_tags('<p>Uno</p><p>d<b>o</b>s<br/>tres<a href="/x">, y</a></p>')) == ["Uno", "dos", "tres,", "y"]
