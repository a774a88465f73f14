"""Questions and answers: whether a piece is an interview or an explainer, whose words are somebody else's, and which lines
are subheads only.

Questions alone show no second voice: columns ask too, and lay their questions out as subheads. A piece is an interview or an
explainer where somebody else is heard: by signs or letters before the lines, by a lead that announces the interview or the
answers, by questions that address whoever answers in person, or by questions in a reader's own person ("Must I pay?"). Where
nobody is heard, questions on lines of their own, or asked and answered again and again, order the text and argue nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsdesk.wording import Hit, Text

MIN_ASKED = 3  # questions from which a piece may be questions and answers; two where lines are labelled
LEAD_WORDS = 60  # of the text, within which it is announced
_SHARE = 0.2  # of the sentences that are questions, where they stand within paragraphs
_IN_PERSON = frozenset("i we my our yo nosotros mi creo eu nós meu acho je j nous mon ma notre".split())
_READERS = frozenset("i my me tengo debo puedo mi me necesito posso devo preciso meu minha tenho je j mon ma mes puis dois".split())
_LABEL = re.compile(r"\s*(?:[-–—]\s*|(?:[QPAR]|Pregunta|Pergunta|Question|Respuesta|Resposta|Réponse|Answer)\s*[:.]\s*)")
_NAMED = re.compile(r"\s*[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){0,3}\s?:\s")


@dataclass(frozen=True)
class Dialogue:
    """``spans`` of the text that are not the writer's own words, in code points; ``form`` is interview or explainer, None where
    the questions are subheads only; ``words`` and ``why`` say what shows it."""

    spans: Sequence[tuple[int, int]] = ()
    form: str | None = None
    words: tuple[str, ...] = ()
    why: str = ""


def dialogue_of(title: Text, text: Text, in_title: Sequence[Hit], in_text: Sequence[Hit]) -> Dialogue:
    """What of a text is questions and answers; ``in_title`` and ``in_text`` hold the phrases of its language."""
    if text.content.count("?") < 2:
        return Dialogue()
    lines = _Lines.of(text.content)
    if lines.labels >= MIN_ASKED and lines.asked >= 2 and lines.share >= _SHARE:
        return Dialogue(lines.spans, "interview", (), "questions and answers are marked as such, and answers are somebody else's words")
    stands_alone = lines.asked >= MIN_ASKED and lines.share >= _SHARE
    asked = _asked(text)
    spans = lines.spans if stands_alone else _run_in(text, asked)
    if not spans:
        return Dialogue()
    voice = _second_voice(_Heard.of(title, text, in_title, in_text, asked), stands_alone)
    if voice is not None:
        form, words = voice
        said = f": “{words[0]}”" if words else ""
        return Dialogue(spans, form, words, f"it is made of questions and of answers by somebody else{said}")
    if stands_alone:
        return Dialogue(lines.questions)
    return Dialogue([text.sentence(number) for number in sorted(asked)] if len(asked) > MIN_ASKED else ())


@dataclass(frozen=True)
class _Lines:
    """Lines that are questions, and what answers them."""

    spans: Sequence[tuple[int, int]]
    questions: Sequence[tuple[int, int]]
    labels: int
    share: float

    @property
    def asked(self) -> int:
        return len(self.questions)

    @classmethod
    def of(cls, content: str) -> _Lines:
        spans, questions, labels, at = [], [], 0, 0
        lines = content.split("\n")
        for line in lines:
            if line.rstrip().endswith("?") and len(line) < 300 and line.count(".") < 2:
                questions.append((at, at + len(line)))
            if questions:
                labels += (_LABEL.match(line) or _NAMED.match(line)) is not None
                spans.append((at, at + len(line)))
            at += len(line) + 1
        return cls(spans, questions, labels, len(questions) / len(lines))


def _run_in(text: Text, asked: frozenset[int]) -> list[tuple[int, int]]:
    """From the first question to the end, where questions within paragraphs are answered again and again."""
    answered = [at for at in asked if at + 1 < text.sentence_count and at + 1 not in asked]
    if len(answered) < MIN_ASKED or len(asked) < _SHARE * text.sentence_count:
        return []
    return [(text.sentence(min(asked))[0], len(text.content))]


def _asked(text: Text) -> frozenset[int]:
    """The numbers of the sentences that ask and are not quoted."""
    ends = (text.sentence(number)[1] - 1 for number in range(text.sentence_count))
    return frozenset(n for n, end in enumerate(ends) if end >= 0 and text.content[end] == "?" and not text.is_quoted(end))


@dataclass(frozen=True)
class _Heard:
    """How many sentences ask, address whoever answers, ask in a reader's person, answer in person; what the lead announces."""

    asked: int
    addressed: int
    readers: int
    in_person: int
    writer_before: bool
    announced: dict[str, str]

    @classmethod
    def of(cls, title: Text, text: Text, in_title: Sequence[Hit], in_text: Sequence[Hit], asked: frozenset[int]) -> _Heard:
        begins = min(asked, default=0)
        pairs = list(zip(text.keys, text.numbers, strict=True))
        announced = {hit.tag: title.words(hit.first, hit.after) for hit in in_title if hit.tag in ("interviews", "explains")}
        for hit in in_text:
            if hit.tag in ("interviews", "explains") and hit.first < LEAD_WORDS:
                announced.setdefault(hit.tag, text.words(hit.first, hit.after))
        return cls(
            asked=len(asked),
            addressed=len({text.numbers[hit.first] for hit in in_text if hit.tag == "addresses"} & asked),
            readers=len({number for key, number in pairs if key in _READERS} & asked),
            in_person=len({n for key, n in pairs if key in _IN_PERSON and n > begins} - asked),
            writer_before=any(key in ("i", "yo", "eu", "je", "j") for key, number in pairs if number < begins),
            announced=announced,
        )


def _second_voice(heard: _Heard, stands_alone: bool) -> tuple[str, tuple[str, ...]] | None:
    """Interview or explainer, and the words that announce it; None where nobody else is heard."""
    for tag, form in (("interviews", "interview"), ("explains", "explainer")):
        if tag in heard.announced and not heard.writer_before:
            return form, (heard.announced[tag],)
    if heard.readers * 2 >= heard.asked and heard.readers >= 2 and not heard.writer_before:
        return "explainer", ()
    most = 0.5 if stands_alone else 0.6
    if heard.addressed >= 2 and heard.addressed >= most * heard.asked and heard.in_person >= 2 and not heard.writer_before:
        return "interview", ()
    return None
