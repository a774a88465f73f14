"""What the shape of a piece shows of its genre: persons introduced with their age, lines that check a claim, a note on the author."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST_NOTE = 40  # words

_PERSON_AGED = r"[A-ZÀ-Þ][\w’'-]+,\s(?:de\s|âgée?\sde\s|aged\s)?\d{2}(?:,|\s(?:ans|años|anos)\b)"
# A person introduced with an age, as reporters do: "Rosa Tello, 61,", "Rosa Tello, de 61 años", "a 61-year-old".
AGED = re.compile(rf"{_PERSON_AGED}|\b\d{{2}}-year-old\b|\b(?:tiene|tem|a)\s\d{{2}}\s(?:años|anos|ans)\b")

_CHECKS = (
    r"(?:the |our )?(?:claim|verdict|rating|facts|origin|conclusion)|what (?:was|is|they|we|the \w+) \w+|what'?s (?:claimed|true)",
    r"where it comes from|(?:la |el |los )?(?:afirmación|bulo|veredicto|conclusión|hechos|verificación|origen)",
    r"qué (?:se dice|dicen?|sabemos)|por qué|de dónde sale|lo que es cierto",
    r"(?:a |o |os )?(?:alegação|boato|veredito|conclusão|fatos|verificação|origem)|por que",
    r"o que (?:diz\w*|é \w+|se sabe|sabemos)[^:\n]{0,20}|de onde vem[^:\n]{0,20}",
    r"(?:l['’]|la |le |les )?(?:affirmation|rumeur|verdict|conclusion|faits|vérification|origine)|d['’]où vient[^:\n]{0,20}",
    r"ce (?:que dit|qui circule|que l['’]on sait)[^:\n]{0,30}",
)
# The labels that begin lines where a claim is checked: "The verdict:", "Lo que es cierto:".
CHECK_LINE = re.compile(rf"^\s*(?:{'|'.join(_CHECKS)})\s?:", re.IGNORECASE | re.MULTILINE)

# What authors are said to be or do; a participle behind "is" tells what happened to somebody: "fue detenido", "est mort".
_POSTS_EN = r"an?|the|professor|emeritus|associate|senior|director|co-|former|currently"
_HAPPENED = r"(?!(?:abogad|advogad|diputad|deputad|licenciad))\w+(?:[aeiou]d[oa]s?|ée?s?|eso)\b|mort|né|preso"
_DEEDS = (
    rf"(?:is|was|are|were)(?= (?:{_POSTS_EN})\b)|(?:es|fue|é|foi|est|fut|son|são|sont)(?! (?:{_HAPPENED}))",
    r"directs|directed|teaches|taught|chairs|chaired|leads|heads|headed|runs|served|serves|writes|grows|works|edits|founded",
    r"dirige|dirigió|enseña|preside|presidió|imparte|trabaja|escribe|coordina|fundó",
    r"ensina|leciona|dirigiu|presidiu|trabalha|escreve|coordena|fundou",
    r"enseigne|préside|travaille|écrit|coordonne",
)
_TITLES = r"(?:(?:Dr|Prof|Professor|Sir|Dame|Lord|Baroness|Dra|Profª|Me)\.?\s)?"
_NO_FIRST_NAMES = (
    r"(?!(?:The|A|An|This|El|La|Los|Las|Este|Esta|O|Os|As|Esse|Le|Les|L['’]|Ce|Cette|President|Presidente|Presidenta|Président"
    r"|Prime|Minister|Ministr[oae]|King|Pope)\b)"
)
_FIRST_NAMES = r"[A-ZÀ-Þ][\w’'-]+(?:\s(?:[A-ZÀ-Þ][\w’'.-]*|de|da|do|dos|del|la|van|von|al|el|ben|bin|e|y)){0,4}?"
# "Ana Ruiz Gil teaches ...", "Dr Ana Ruiz is ...".
_NAME_AND_DEED = re.compile(
    rf"{_NO_FIRST_NAMES}{_TITLES}{_FIRST_NAMES}\s(?P<last>[A-ZÀ-Þ][\w’'-]+),?\s(?:[^.]{{0,60}},\s)?(?:{'|'.join(_DEEDS)})\s"
)
_POSTS = (
    r"(?:Senior |Research |Visiting )?(?:Professor|Lecturer|Fellow)|Economist|Historian|Former (?:minister|ambassador|president)",
    r"Investigador(?:a)?|Profesor(?:a)?|Catedrátic[oa]|Doctor(?:a)? en|Politólog[oa]|Sociólog[oa]|Abogad[oa]|Ex(?:ministr|embajador)[oa]?",
    r"Pesquisador(?:a)?|Professora|Docente|Doutor(?:a)? em|Economista|Historiador(?:a)?|Jurista|Cientista polític[oa]|Advogad[oa]",
    r"Escritor(?:a)?|Chercheu(?:r|se)|Maître(?:sse)? de conférences|Professeure?|Direct(?:eur|rice) de recherche|Économiste|Historienne?",
    r"Juriste|Sociologue|Politologue|Avocate?|Écrivaine?|Ancien(?:ne)? (?:ministre|ambassadeur|ambassadrice)",
)
_POST_ALONE = re.compile(rf"(?:{'|'.join(_POSTS)})\b[^.!?]{{0,160}}\.?$")
_REPORTER = re.compile(
    r"\b(?:reporters?|correspondents?|journalist who|covers|freelance|staff writer|contributed|reporting|bureau|editor at this"
    r"|redactor[ae]?s?|corresponsal|periodista de|enviad[oa] especial|repórter|correspondente|jornalista d[aeo]"
    r"|correspondante?|envoyée? spéciale?|journaliste (?:à|au|de))\b",
    re.IGNORECASE,
)


def is_author_note(lines: Sequence[str]) -> bool:
    """Whether the last line says who the author is: a name that stands nowhere else and what that person is or does, or the
    post alone ("Profesor de Historia en la Universidad de ..."). Notes on reporters do not count.

    >>> is_author_note(["The quay is a ruin.", "Ana Ruiz teaches law at the University of Cali."])
    True
    >>> is_author_note(["The minister, Ana Ruiz, spoke.", "Ana Ruiz is a member of the party."])
    False
    """
    note = lines[-1].strip(" *()[]_")
    if len(lines) < 2 or not 4 <= len(note.split()) <= LONGEST_NOTE or note.endswith(("?", "!", ":")) or _REPORTER.search(note):
        return False
    if _POST_ALONE.match(note):
        return True
    named = _NAME_AND_DEED.match(note)
    return named is not None and named["last"] not in "\n".join(lines[:-1])
