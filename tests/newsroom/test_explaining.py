"""``newsdesk explain`` and ``newsdesk compare``: what they say of texts and pages, what they refuse, and that nothing is stored."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from config.workspace import init_workspace
from newsdesk.meaning import Encoder, EncoderMissing, open_encoder
from newsdesk.settings import STRONGER_ENCODER
from newsdesk.telling import Verdict
from newsroom import explaining
from newsroom.by_hand import Given, article_of_text
from newsroom.explaining import Readers, compared

ROOT = Path(__file__).resolve().parents[2]
RELAY = (
    "Rusia y Venezuela firman un acuerdo militar\n\n"
    "MOSCÚ, 3 nov (TASS) - Los ministros de Defensa de Rusia y de Venezuela firmaron hoy en Moscú un acuerdo que prevé el "
    "suministro de repuestos para aviones Sukhoi durante cinco años, informó la agencia.\n"
)
SAME_IN_ENGLISH = (
    "Russia and Venezuela sign military deal in Moscow\n"
    "The defence ministers of Russia and Venezuela on Tuesday signed a five-year agreement that covers spare parts for Sukhoi jets.\n"
)
OTHER = (
    "Lluvias dejan tres muertos en Santiago\n"
    "Las lluvias caídas desde el lunes dejaron tres muertos y calles cortadas en la capital de Chile.\n"
)
PAGE = (
    "<!doctype html><html lang='pt'><head><title>Ministro visita Teerã</title>"
    "<meta property='article:published_time' content='2026-11-03T09:00:00-03:00'></head><body><article><h1>Ministro visita Teerã</h1>"
    + "<p>O ministro das Relações Exteriores da Venezuela chegou nesta terça-feira a Teerã para discutir com o Irã a venda de petróleo "
    "e a compra de gasolina, informou o governo venezuelano em nota divulgada em Caracas.</p>" * 3 + "</article></body></html>"
)


def asked(*arguments: str, given: str = "", code: int = 0) -> str:
    done = subprocess.run([sys.executable, "-m", "cli", *arguments], cwd=ROOT, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    return done.stdout if code == 0 else done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("texts")
    for name, content in (
        ("relay.txt", RELAY),
        ("english.txt", SAME_IN_ENGLISH),
        ("other.txt", OTHER),
        ("page.html", PAGE),
        ("empty.txt", " \n"),
    ):
        (made / name).write_text(content, encoding="utf-8")
    init_workspace(made / "home", contact="https://newsdesk.example/tests")
    return made


@pytest.fixture(scope="module")
def explained(folder: Path) -> dict[str, Any]:
    home = str(folder / "home")
    files = [str(folder / name) for name in ("relay.txt", "page.html")]
    lines = asked("explain", "--home", home, "--outlet", "mercopress", "--published", "2020-11-03", *files).splitlines()
    return {Path(row["file"]).name: row for row in map(json.loads, lines)}


def test_a_relay_is_explained_with_the_words_that_show_it(explained: dict[str, Any]) -> None:
    relay = explained["relay.txt"]
    assert (relay["label"], relay["controller"], relay["publisher"]["label"]) == ("state_media", "RU", "not_state_media")
    assert "TASS" in relay["label_why"]
    (origin,) = [each for each in relay["origins"] if each["kind"] == "dateline"]
    text = RELAY.split("\n", 2)[2]
    assert "TASS" in text[origin["start"] : origin["end"]]
    assert relay["title"] == "Rusia y Venezuela firman un acuerdo militar"
    assert (relay["language"], relay["published"]) == ("es", "2020-11-03")
    assert relay["opinion"]["is_opinion"] is False and relay["opinion"]["why"]
    assert relay["declaration"]["is_declaration"] is False
    assert relay["score"] > 50 and relay["reasons"]
    assert relay["sections"][0]["section_id"] == "russia" and relay["sections"][0]["why"]
    assert relay["actors"] == ["RU"] and "VE" in relay["countries"]
    assert "military" in [each["category"] for each in relay["categories"]]
    assert relay["outlet_why"] == "You said who published it."
    assert relay["actors_why"] == {"RU": "Named by “Rusia”, “MOSCÚ”, “TASS”, “Moscú”, “Sukhoi” in the title and text."}
    assert set(relay["countries_why"]) == set(relay["countries"])


def test_a_saved_page_is_read_as_the_collector_would(explained: dict[str, Any]) -> None:
    page = explained["page.html"]
    assert (page["title"], page["language"]) == ("Ministro visita Teerã", "pt")
    assert page["published"] == "2020-11-03", "what the asker knows comes before what the page says"
    assert "IR" in page["actors"]


def test_comparing_says_same_story_across_languages_and_copies_and_neither(folder: Path) -> None:
    def compared(one: str, other: str) -> dict[str, Any]:
        return dict(json.loads(asked("compare", str(folder / one), str(folder / other))))

    same = compared("relay.txt", "english.txt")
    assert (same["verdict"], same["same_story"], same["copy"]) == ("same", True, None)
    assert same["reason"] and same["languages"] == ["es", "en"]
    assert compared("relay.txt", "other.txt")["verdict"] == "other"
    copy = compared("relay.txt", "relay.txt")
    assert (copy["verdict"], copy["copy"]["kind"], copy["copy"]["containment"]) == ("same", "exact", 1.0)


ARREST = "Ministro de Salud de Bolivia dimite por compra de respiradores\nLa fiscalía investiga sobreprecios."
ARREST_TOO = "Bolivia's health minister arrested over ventilators\nPolice say Marcelo Navajas authorised the inflated purchase."
VISIT = "Un general ruso visita Managua\nLa delegación fue recibida por el jefe del ejército."
HOSTED = "Nicaragua's army chief hosts Moscow's deputy defence minister\nThe two sides signed nothing."


@pytest.mark.parametrize(
    ("one", "other", "verdict", "says"), [(ARREST, ARREST_TOO, "same", "one event"), (VISIT, HOSTED, "other", "different")]
)
def test_what_is_in_doubt_is_read_a_second_time(one: str, other: str, verdict: str, says: str) -> None:
    a, b = (article_of_text(text, Given()) for text in (one, other))
    first = compared(a, b, Readers(second=None))
    assert first.doubtful and first.verdict is Verdict.PERHAPS
    second = compared(a, b)
    assert second.verdict == verdict and not second.doubtful
    assert second.reason.startswith(first.reason) and f"Read a second time by the stronger comparison, they tell {says}" in second.reason


def test_where_it_cannot_be_read_again_the_answer_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Encoder:
        if name == STRONGER_ENCODER:
            raise EncoderMissing("the encoder needs a processor with AVX2")
        return open_encoder(name)

    monkeypatch.setattr(explaining, "open_encoder", missing)
    found = compared(article_of_text(ARREST, Given()), article_of_text(ARREST_TOO, Given()))
    assert found.verdict is Verdict.PERHAPS and found.reason.endswith("not read a second time: the encoder needs a processor with AVX2.")


def test_a_bad_file_is_told_of_and_takes_no_other_ones_answer(folder: Path) -> None:
    names = [str(folder / name) for name in ("relay.txt", "nowhere.txt", "empty.txt", "page.html")]
    command = [sys.executable, "-m", "cli", "explain", "--home", str(folder / "home"), *names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert [Path(json.loads(line)["file"]).name for line in done.stdout.splitlines()] == ["relay.txt", "page.html"]
    assert [line.partition(": ")[0] for line in done.stderr.splitlines()] == ["newsdesk", "newsdesk"]
    assert done.returncode == 1


def test_a_name_and_a_terminal_that_are_not_of_utf_8_break_nothing(folder: Path) -> None:
    odd = os.fsencode(folder) + b"/caf\xe9.txt"
    Path(os.fsdecode(odd)).write_text(RELAY, encoding="utf-8")
    done = subprocess.run(
        [os.fsencode(sys.executable), b"-m", b"cli", b"explain", b"--home", os.fsencode(folder / "home"), odd],
        cwd=ROOT,
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        check=True,
    )
    row = json.loads(done.stdout.decode("utf-8"))
    assert row["title"] == "Rusia y Venezuela firman un acuerdo militar"
    assert row["file"].endswith("caf?.txt")


def test_explaining_a_text_loads_nothing_that_it_does_not_need(folder: Path) -> None:
    asking = (
        "import sys, cli\n"
        f"cli.newsdesk(['explain', '--home', {str(folder / 'home')!r}, {str(folder / 'relay.txt')!r}], standalone_mode=False)\n"
        "print(*sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", asking], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert not loaded & {"scrapy", "twisted", "sqlalchemy", "fastapi", "uvicorn", "trafilatura", "docx", "sklearn", "scipy"}


def test_nothing_is_stored(folder: Path, explained: dict[str, Any]) -> None:
    kept = {path.name for path in (folder / "home").iterdir()}
    assert "archive" not in kept or not any((folder / "home" / "archive").rglob("*.gz"))
    assert not any(name.endswith(".sqlite3") for name in kept)


def test_without_a_workspace_the_shipped_rules_hold_and_standard_input_is_read(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cli", "explain", "-", "--home", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, input=RELAY, capture_output=True, text=True, check=True)
    assert done.stderr == f"newsdesk: {tmp_path} is no workspace; the rules newsdesk comes with hold.\n"
    row = json.loads(done.stdout)
    assert row["outlet"] is None
    assert row["label"] == "state_media", "the dateline names a state agency, whoever printed it"
    assert row["publisher"]["label"] == "unknown"
    assert row["label_why"].count("The publisher") == 1


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["explain", "nowhere.txt"], 1, "nowhere.txt cannot be read: No such file or directory"),
        (["explain", "{empty}"], 1, "empty.txt yields no article: it holds no word."),
        (["explain", "{relay}", "--outlet", "nobody"], 1, "There is no outlet 'nobody'"),
        (["explain", "{relay}", "--language", "spanish"], 2, "no ISO 639-1 code"),
        (["explain", "{relay}", "--outlet", ""], 1, "There is no outlet ''"),
        (["explain", "{relay}", "--language", "xx"], 2, "'xx' is no ISO 639-1 code"),
        (["explain", "{relay}", "--published", "yesterday"], 2, "'yesterday' is no day; give it as YYYY-MM-DD"),
        (["explain", "{relay}", "--published", "2020-13-01"], 2, "'2020-13-01' is no day"),
        (["explain", "{relay}", "--published", "2020-11-03T10:00:00-04:00"], 2, "is no day"),
        (["compare", "{relay}", "nowhere.txt"], 1, "nowhere.txt cannot be read"),
        (["compare", "{relay}"], 2, "takes 2 values"),
    ],
)
def test_what_cannot_be_done_is_said(folder: Path, arguments: list[str], code: int, says: str) -> None:
    files = {"empty": str(folder / "empty.txt"), "relay": str(folder / "relay.txt")}
    assert says in asked(*(one.format(**files) for one in arguments), "--home", str(folder / "home"), code=code)
