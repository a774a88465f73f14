"""Pages that change, vanish, move or stay, read again by real rounds on a local server."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

import scheduler
from newsdesk.decisions import Draft, Move
from newsdesk.ports import QueueFilter
from tests.crawler.servers import Answer, Asked, Server, redirect, serving, whole
from tests.desk.desks import Collected, Desk, Row, desk_in, outlet_at, today
from tests.desk.pages import entry, rss

PATHS = ["/same", "/edited", "/noise", "/gone", "/moved", "/failing", "/rejected"]
TOLD = (  # so different from each other that nothing of them is one story
    ("El parlamento de Asunción aplaza la ley de tierras", "Los diputados no reunieron el quórum", "la comisión agraria vuelve en marzo"),
    ("Un convenio sobre la pesca se firma en Guayaquil", "Los armadores aceptaron una veda de dos meses", "las lanchas llevarán baliza"),
    (
        "El museo de Quito abre una sala de textiles incas",
        "Ciento veinte telas salen del depósito",
        "la entrada es libre los jueves",
    ),
    ("Suben los peajes de la autopista a Valparaíso", "Los camioneros protestaron con bocinas", "el ministro promete revisar la tarifa"),
    ("Hallan una rana que se creía extinta en Honduras", "Dos biólogas la oyeron de noche junto a un arroyo", "mide tres centímetros"),
    ("El banco central de Lima baja la tasa de interés", "La inflación cedió por quinto mes", "los analistas esperaban otra pausa"),
    ("Una orquesta juvenil de Medellín gira por Alemania", "Toca nueve noches con instrumentos prestados", "la menor tiene once años"),
)
PEOPLE = (
    ("las bancadas rurales", "dos senadoras del norte", "los ujieres de la cámara", "unos periodistas acreditados"),
    ("las cooperativas del golfo", "tres capitanes de puerto", "el gremio de redes", "los vendedores del muelle"),
    ("las restauradoras", "el curador de la muestra", "unas tejedoras de Otavalo", "los guías de la casa"),
    ("los conductores de buses", "la concesionaria", "varios alcaldes de la ruta", "las familias que viajan al mar"),
    ("los guardaparques", "la universidad de Tegucigalpa", "un fotógrafo de aves", "los niños de la aldea"),
    ("los directores del emisor", "las cajas de ahorro", "un economista jubilado", "los cambistas de la calle Ocoña"),
    ("los padres de los músicos", "su directora", "el ayuntamiento de Leipzig", "los luthieres del barrio"),
)
NEW_TITLE = "Un convenio sobre la pesca se anula en Guayaquil"
ADDED = "<p>El ministerio confirmó esta tarde que murieron 11 personas durante la tormenta del martes.</p><p>Con información de TASS.</p>"


def title(number: int) -> str:
    return TOLD[number][0]


def page(number: int, extra: str = "") -> bytes:
    """An article in words of its own, some hundred of them."""
    name, first, second = TOLD[number]
    told = "".join(f"<p>{first}, y {second}. {name}, según contaron {people} en la tarde del martes.</p>" for people in PEOPLE[number])
    head = f"<title>{name}</title><meta property='og:type' content='article'>"
    head += f"<meta property='article:published_time' content='{today().replace(microsecond=0).isoformat()}'>"
    return f"<!DOCTYPE html><html lang='es'><head>{head}</head><body><article><h1>{name}</h1>{told}{extra}</article></body></html>".encode()


def tagged(body: bytes, tag: str) -> Answer:
    """A page that knows conditional requests."""

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        known = f'if-none-match: "{tag}"' in asked.head.lower()
        await whole(b"" if known else body, f'ETag: "{tag}"', status="304 Not Modified" if known else "200 OK")(writer, asked)

    return answer


def feed(home: str) -> bytes:
    return rss("".join(entry(home + path, number, named=title(number)) for number, path in enumerate(PATHS)))


def edited() -> bytes:
    return page(1, ADDED).replace(title(1).encode(), NEW_TITLE.encode())


def another() -> bytes:
    """An article in words of its own."""
    told = (
        "La selección juvenil de voleibol ganó anoche su tercer partido seguido frente a un estadio lleno de familias.",
        "Su entrenadora explicó que las jugadoras llevan meses durmiendo poco, pues entrenan antes de ir a clase.",
        "Quedan dos encuentros; si vencen en ambos, viajarán en enero al campeonato continental que organiza Lima.",
        "Las entradas cuestan poco y se venden en la taquilla del gimnasio desde las nueve de cada mañana.",
    )
    body = "".join(f"<p>{sentence} {told[number - 1]}</p>" for number, sentence in enumerate(told))
    head = "<title>Tercera victoria del voleibol</title><meta property='og:type' content='article'>"
    return (
        f"<html lang='es'><head>{head}</head><body><article><h1>Tercera victoria del voleibol</h1>{body}</article></body></html>".encode()
    )


@dataclass
class Played:
    """Three rounds, and what the server was asked in each."""

    desk: Desk
    server: Server
    ids: dict[str, int]
    second: Collected
    third: Collected
    asked: tuple[list[Asked], list[Asked]]

    def found(self, told: Collected) -> dict[str, str]:
        """What the readings of a round came to, by path."""
        names = {number: path for path, number in self.ids.items()}
        return {names[row["article"]]: row["found"] for row in told.rereads}

    def history(self, path: str) -> list[Row]:
        return self.desk.rows("versions", str(self.ids[path]))


def propose_everything(desk: Desk) -> None:
    path = desk.home / "config" / "policy.yaml"
    text, count = re.subn(r"(?m)^candidate_threshold:.*$", "candidate_threshold: 0", path.read_text("utf-8"))
    assert count == 1
    path.write_text(text, "utf-8")


def reject(desk: Desk, wanted: str) -> None:
    with scheduler.open_newsroom(desk.home) as newsroom:
        items = newsroom.desk.queue(QueueFilter(today().date())).items
        (candidate,) = (item.candidate_id for item in items if item.title == wanted)
        newsroom.desk.decide(candidate, Draft(Move.REJECT, reason="old"), "ana", 0, today())


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """All read; an hour on, all but one page are other than they were; and later some are as they were."""
    with serving() as server:
        server.answers.update({path: tagged(page(number), f"one-{number}") for number, path in enumerate(PATHS)})
        server.answers["/feed.xml"] = whole(feed(server.url), kind="application/rss+xml")
        outlet = outlet_at(server.place, "casa", feed="/feed.xml")
        desk = desk_in(tmp_path_factory.mktemp("again") / "desk", [outlet], [server.place], retries=0, rest_after_failure_seconds=0)
        propose_everything(desk)
        assert desk.collect().rereads == []
        ids = {row["address"].removeprefix(server.url): row["id"] for row in desk.rows("articles")}
        reject(desk, title(PATHS.index("/rejected")))
        was = dict(server.answers)
        server.answers["/edited"] = tagged(edited(), "two")
        server.answers["/noise"] = whole(page(2).replace(b"</body>", b"<script>var visits = 7;</script></body>"))
        server.answers["/gone"] = whole(b"", status="410 Gone")
        server.answers["/moved"] = redirect(f"{server.url}/other")
        server.answers["/other"] = whole(another())
        server.answers["/failing"] = whole(b"", status="500 Internal Server Error")
        second, first_asked = round_of(desk, server)
        server.answers |= {path: was[path] for path in ("/gone", "/failing")}
        third, then_asked = round_of(desk, server)
        yield Played(desk, server, ids, second, third, (first_asked, then_asked))


def round_of(desk: Desk, server: Server) -> tuple[Collected, list[Asked]]:
    """A round two hours later, and what it asked."""
    desk.past(hours=2)
    before = len(server.asked)
    return desk.collect(), server.asked[before:]


def requests_to(asked: list[Asked], path: str) -> list[Asked]:
    return [one for one in asked if one.path == path]


def test_each_page_is_read_again_with_one_request_and_a_named_end(played: Played) -> None:
    assert played.found(played.second) == {
        "/same": "not_modified",
        "/edited": "changed",
        "/noise": "same_text",
        "/gone": "missing",
        "/moved": "no_article",
        "/failing": "failed",
    }
    for path in PATHS:
        assert len(requests_to(played.asked[0], path)) == (0 if path == "/rejected" else 1), path
    assert played.second.summary["rereads"] == dict.fromkeys(played.found(played.second).values(), 1)
    assert [row for row in played.second.links if row["outcome"] == "stored"] == []


def test_the_first_look_is_conditional_by_the_first_snapshot_and_a_later_one_by_the_last_answer(played: Played) -> None:
    first, later = (requests_to(asked, "/edited")[0].head.lower() for asked in played.asked)
    assert 'if-none-match: "one-1"' in first and 'if-none-match: "two"' in later
    assert played.found(played.third)["/edited"] == "not_modified"


def test_after_a_page_was_gone_or_failed_nothing_is_taken_on_trust(played: Played) -> None:
    for path in ("/gone", "/failing"):
        assert "if-none-match" not in requests_to(played.asked[1], path)[0].head.lower(), path
        assert played.found(played.third)[path] == "same_text"


def test_a_changed_page_is_a_new_version_beside_the_first(played: Played) -> None:
    versions = [row for row in played.history("/edited") if row["record"] == "version"]
    assert [row["number"] for row in versions] == [1, 2]
    assert versions[0]["title"] == title(1) and versions[1]["title"] == NEW_TITLE
    assert "11 personas" in versions[1]["text"] and "11 personas" not in versions[0]["text"]
    assert versions[1]["material"] is True and "+11" in versions[1]["summary"]
    rows = {row["id"]: row for row in played.desk.rows("articles", "--text")}
    assert {path: rows[number]["versions"] for path, number in played.ids.items()} == {path: 1 + (path == "/edited") for path in PATHS}
    assert rows[played.ids["/edited"]]["title"] == title(1), "what was read, judged and perhaps cited stays on the shelf"
    assert played.desk.ask("snapshot", str(played.ids["/edited"]), "--check").out.endswith("characters).\n")
    told = played.desk.ask("versions", str(played.ids["/edited"])).out
    assert "{+" in told and "11 personas" in told


def test_what_a_page_says_now_is_judged_anew_within_the_round(played: Played) -> None:
    versions = [row for row in played.history("/edited") if row["record"] == "version"]
    assert [row["judged_at"] is not None for row in versions] == [False, True]
    assert any("TASS" in sentence for sentence in versions[1]["news"]), versions[1]["news"]
    assert "Judged anew: " in played.desk.ask("versions", str(played.ids["/edited"])).out
    (other,) = [row for row in played.history("/same") if row["record"] == "version"]
    assert (other["judged_at"], other["news"]) == (None, [])


def test_every_answer_is_in_the_archive_before_it_is_judged(played: Played) -> None:
    kept = [address.removeprefix(played.server.url) for kind, address, _ in played.desk.warc_records() if kind == "response"]
    assert all(kept.count(path) == 3 for path in PATHS if path != "/rejected")


def test_a_moved_page_says_where_to(played: Played) -> None:
    (line,) = [row for row in played.history("/moved") if row.get("found") == "no_article"][:1]
    assert "/other" in line["detail"] and "another article" in line["detail"]
