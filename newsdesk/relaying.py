"""How the four languages say whose report it is: phrases before a name, verbs behind it, credits, datelines, and what speaks
against a relay.

Regular expressions, an alternative a line or a word, in any case; a blank stands for white space. A language a block, so that
it can be read and extended. Every repetition is over a closed list of words or limited in number: no pattern can run wild.
"""

from __future__ import annotations

import re
from functools import lru_cache


def alternatives(*blocks: str) -> str:
    """The lines of some blocks as one non-capturing group."""
    lines = [line.strip() for block in blocks for line in block.splitlines() if line.strip()]
    return "(?:" + "|".join(line.replace(" ", r"\s+") for line in lines) + ")"


def words(*blocks: str) -> str:
    """The words of some blocks as one non-capturing group; ``_`` stands for white space within one."""
    return "(?:" + "|".join(word.replace("_", r"\s+") for block in blocks for word in block.split()) + ")"


# --- Countries: whose media are called state media, and whose an agency may be called. ---

COUNTRIES = {
    "RU": r"rus[oa]s? rusia russians? russia r[uú]ssia russ[oae]s? russie moscow kremlin mosc[uú] moscou",
    "IR": r"iran[ií]? iranians? ir[aá]n iran[ií](?:es)? irã iranian[oa]s? iranien(?:ne)?s? tehran teher[aá]n teerã",
    "CN": r"chinese china chin[oa]s? chin[eê]s chines[ae]s? chine chinoise?s? beijing pek[ií]n pequim p[eé]kin",
    "VE": r"venezuelans? venezuela venezolan[oa]s? venezuelan[oa]s? v[eé]n[eé]zu[eé]lien(?:ne)?s? v[eé]n[eé]zuela caracas caraque[nñ][oa]s?",
    "CU": r"cubans? cuba cuban[oa]s? cubain(?:e)?s? havana habana havane",
    "NI": r"nicaraguans? nicaragua nicarag[uü]ense?s? nicaragu[aá]yen(?:ne)?s? nicar[aá]gua managua",
    "BO": r"bolivians? bol[ií]via bolivian[oa]s? bolivien(?:ne)?s? bolivie",
    "BY": r"belaruss?ians? b[eé]lar[uú]s bi?elorr?uss?[oa]s? bielorr?[uú]ss?ia belarr?uss?[oa]s? bye?loruss?ians? b[eé]loruss?ians? b[ieé]{1,2}loruss?es? b[eé]laruss?es? b[eé]larussien(?:ne)?s? bi[eé]lorussie belaruss?ian[oa]s? minsk",
    "SY": r"syrians? syria siri[oa]s? siria s[ií]ri[oa]s? s[ií]ria syrien(?:ne)?s? syrie damascus damasco damas",
    "TR": r"turkish turkey turkiye turc[oa]s? turqu[ií]a turques?c?[oa]?s? turque?s? turquie t[uü]rkiye ankara",
    "QA": r"qatar[ií](?:s|e|es)? qatarien(?:ne)?s? qatar catar[ií](?:es)? catarense?s? catarian[oa]s? catar",
    "KP": r"north_korean? norcorean[oa]s? norte-?corean[oa]s? nord-?cor[eé]en(?:ne)?s? north_korea corea_del_norte coreia_do_norte cor[eé]e_du_nord pyongyang pionyang",
    "VN": r"vietnamese vietnam vietnamitas? vietnã vietnamien(?:ne)?s?",
    "SA": r"saudi saud[ií](?:es)? saoudien(?:ne)?s? saudit[ao]s?",
    "EG": r"egyptian egypt egipci[oa]s? eg[ií]pci[oa]s? [eé]gyptien(?:ne)?s?",
    "BR": r"brazilian brazil brasile[nñ][oa]s? brasileir[oa]s? brasil br[eé]silien(?:ne)?s?",
    "AR": r"argentine?(?:an)? argentin[oa]s? argentina",
    "ES": r"spanish spain espa[nñ]ola?s? espa[nñ]a espanh[oó]l[a]? espagnole?s?",
    "FR": r"french france franc[eé]s(?:a|as)? franc[eê]s fran[cç]aise?s?",
    "GB": r"british brit[aâá]nic[oa]s? britannique?s?",
    "DE": r"german alem[aá]na?s? alem[aã]o?s? allemande?s?",
    "IT": r"italian italian[oa]s? italienne?s?",
    "PL": r"polish polac[oa]s? polonais(?:e)?s?",
    "IN": r"indian hind[uú]e?s? indian[oa]s? indienne?s?",
}
_ANY_COUNTRY = rf"(?:{words(*COUNTRIES.values())}(?:['’]s?)?)"
COUNTRY_WORD = {code: re.compile(rf"\b{words(forms)}\b", re.IGNORECASE) for code, forms in COUNTRIES.items()}

# --- Words that may stand between a phrase and a name: articles, what the bearer is, whose it is, when it was said. ---

NOUN = words(
    "agency agencies wire service outlets? network channel television tv broadcaster newspaper daily paper tabloid website site",
    "portal media press radio station magazine company organi[sz]ation telegram_channel organ mouthpiece dailies newspapers stations websites",
    "servicios? servi[cç]os? agencias? diario peri[oó]dico rotativo cadenas? canal canales televisora televisi[oó]n emisora medios? sitio web p[aá]gina",
    "revista multiestatal prensa plataforma se[nñ]al semanario noticiero tabloide [oó]rgano peri[oó]dicos diarios rotativos emisoras televisoras portales",
    "ag[eê]ncias? jornal di[aá]rio emissoras? rede canais televis[aã]o r[aá]dio ve[ií]culos? m[ií]dias? imprensa tabloides? [oó]rg[aã]os? meios jornais telejornal notici[aá]rio",
    "agences? cha[iî]nes? t[eé]l[eé]vision t[eé]l[eé] m[eé]dias? quotidiens? journal journaux presse revue portail hebdomadaire tablo[iï]de? organe",
)
KIND = words(
    "state state-?(?:run|owned|controlled|funded|backed|linked|affiliated) official semi-?official government",
    "government-(?:run|owned|controlled|funded) national public news party pro-government private independent local international",
    "foreign leading main central own influential conservative hard-?line(?:r)? ruling-party [a-z]{3,12}-language pro-[a-z]{4,12}",
    "[a-z]{4,12}-(?:based|backed|funded|run|owned|linked|aligned|affiliated|controlled|financed|friendly|sponsored|leaning)",
    "(?!journ|jorn|periodi|a[ck]?tivi)[a-z]{4,14}ist[aeo]?s? (?:ultra-?)?conservador[ae]?s? conservateurs? conservatrice",
    "oficial oficiales oficialistas? semi-?oficial estatal estatales p[uú]blic[ao]s? gubernamental noticios[ao]s? noticias informativ[ao]",
    "privad[ao] internacional nacional independiente hom[oó]nim[ao] estatais oficiais not[ií]cias informa[cç][aã]o informaci[oó]n independente",
    "gubernamentales governamental gouvernementale? gobierno governo gouvernement r[eé]gim(?:e|en) castrismo chavismo",
    "del_estado d[oe]_estado de_l['’][eé]tat du_(?:gouvernement|parti|r[eé]gime|pouvoir) del_(?:gobierno|partido|r[eé]gimen|chavismo|castrismo|oficialismo) do_(?:governo|partido|regime) of_the_(?:state|government|party)",
    "officiel(?:le)?s? (?:semi-|quasi-)officiel(?:le)? publi(?:c|que)s? [eé]tatiques? [eé]tat d['’][eé]tat information priv[eé]e? internationale? nationale?",
)
WHOSE = words(
    *COUNTRIES.values(),
    "[a-z]{3,12}['’]s? american us u\\.s\\. lebanese libanesa? liban[eéê]s(?:a)? libanais(?:e)? hezbollah hezbol[aá] hizbul[aá] hezbol[aá]h",
    "estadounidense norteamerican[oa] am[eé]ricaine? portugues[ao] portugu[eê]s portugaise mexican[oa] peruan[oa] colombian[oa] ecuatorian[oa]",
    "japanese japones[ao] japon[eéê]s japonaise? south_korean surcorean[oa] sul-corean[oa] sud-cor[eé]enne? israeli israel[ií] israelense isra[eé]lienne? palestin[a-z]{2,7} ukrainian ucranian[oa] ukrainienne? emirati emirat[ií] [eé]miratie?",
    "uruguay[oa] uruguai[oa] uruguaya?n uruguayenne? chilen[oa] chilean chilienne? paraguay[oa] paragua[ií]a? dominican[oa]? ha[iï]t(?:ian[oa]?|ienne?) canad(?:ian|iense|ienne) swiss suiz[oa] suí[cç][oa] suisse austr[ií]ac[oa] belgian belga belge",
    "(?-i:[A-Z][a-z]{2,10}(?:ian|ean|ese|ish|i))",
    "habaner[oa] madrile[nñ][oa] madril[eè]ne lime[nñ][oa] porte[nñ][oa] bogotan[oa] moscovit[ae] mosc[oó]vita pequin[eê]s(?:a)? p[eé]kinoise? pekin[eé]s(?:a)? londinense londrin[oa] londonien(?:ne)? parisin[oa] parisien(?:ne)? neoyorquin[oa] nova-iorquin[oa] new-yorkaise? paulistan[oa] carioca berlin[eéê]s berlinoise? capitalin[oa] havanaise? teeranense t[eé]h[eé]ranaise?",
    "pakistan(?:i|[ií]|aise?) indonesi[oa] kazakh kazaj[oa] cazaque azer(?:[ií]|ba\\w+) armeni[oa]n? s[eé]rvi[oa] serbi[oa]n? polones[ao] polon[eê]s asi[aá]tic[oa] persa latino-?american[oa] venezolan[oa]-[a-z]{4,12} kremlin partido comunista parti",
)
_SMALL = words(
    "the an? its their this that la el las los al del de une? un[oa]? su [àa]o?s? d[aoe]s? l[ea]s? o as os aux? du des son sa em en in of on sur",
    "n[oa] pel[ao] lo nos nuestr[oa]s noss[oa]s our colleagues confr[eè]res? coll[eè]gues colegas at",
)
_WHEN = words(
    "on this last late early earlier later also today yesterday first now week weekend month morning afternoon evening night recently",
    "(?:mon|tues|wednes|thurs|fri|satur|sun)day hoy ayer anoche tambi[eé]n este esta lunes martes mi[eé]rcoles jueves viernes s[aá]bado",
    "domingo semana ma[nñ]ana tarde noche pasad[oa] hoje ontem tamb[eé]m nest[ae] dest[ae] (?:segunda|ter[cç]a|quarta|quinta|sexta)(?:-feira)?",
    "\\d{1,2}_de_[a-zç]{4,10} \\d[ªa]_feira \\(\\d{1,2}\\.[a-zç]{3,4}\\.?(?:\\d{4})?\\) \\(\\d{1,2}/\\d{1,2}/\\d{2,4}\\) exclusiv[ao] exclusivit[eé] exclusividade manh[aã] noite aujourd['’]hui hier ce cette lundi mardi mercredi jeudi vendredi samedi dimanche matin soir semaine \\d{1,2}",
    "(?:por|pela|de|na|na_hora_da|à|[aà]_la)_(?:la_)?(?:ma[nñ]ana|manh[aã]|tarde|noche|noite|madrugada) in_the_(?:morning|afternoon|evening) (?:no|em|ao)_(?:fim|final|in[ií]cio)_d[ae]_(?:tarde|manh[aã]|noite|dia|semana)",
    "dans_la_(?:matin[eé]e|soir[eé]e|nuit|journ[eé]e) en_(?:fin|d[eé]but|milieu)_d(?:e_(?:matin[eé]e|soir[eé]e|journ[eé]e|semaine)|['’]apr[eè]s-midi) au_petit_matin m[aá]s_(?:temprano|tarde) mais_(?:cedo|tarde) plus_t(?:[oô]t|ard) horas_(?:antes|despu[eé]s|depois) \\(\\d{1,2}(?:[./]\\d{1,2})?\\)",
)
_MODIFIER = r"(?-i:(?!(?:que|qui|that|which|who|whom|when|cuando|quando|quand|sobre|about|contra|contre|against|como|comme|para|pour)\b)[a-zà-ÿ][a-zà-ÿ-]{3,17}(?<!ó)(?<!ou))"
"""A word in small letters beside what the bearer is: "el diario belicoso", "the combative paper"."""
_CITY = r"(?-i:[A-ZÀ-Þ][a-zà-ÿ]{2,14})"
"""A place before it, as English has it: "Madrid daily El País"."""
BETWEEN = (
    rf"(?:(?:l|d)['’]|(?:{NOUN}|{KIND}|{WHOSE}|{_SMALL}|{_WHEN}),?\s+){{0,10}}"
    rf"(?:(?:{NOUN}(?:\s+(?:{KIND}|{WHOSE})){{0,2}}\s+{_MODIFIER}|{_MODIFIER}\s+{NOUN}|{_CITY}\s+{NOUN})\s+(?:(?:l|d)['’]|(?:{NOUN}|{KIND}|{WHOSE}|{_SMALL}),?\s+){{0,5}})?"
)
SAYS_WHAT_IT_IS = re.compile(rf"\b(?:{NOUN}|{_ANY_COUNTRY})\b", re.IGNORECASE)

# --- Phrases before a name that hand the report over to it, whatever else is said. ---

_ON = r"(?:\s+(?:(?:de|d[eo]l?|en|on|no|na|sur)\s+)?(?:Twitter|Telegram|Facebook|Weibo|YouTube|Instagram|X))?"
_PIECE = (
    words(
        "reports? dispatch(?:es)? articles? editorials? op-?ed essay column commentary interview stor(?:y|ies) bulletin piece item note post statement footage programme? documentary",
        "despachos? cables? notas? reportes? informes? art[ií]culos? bolet[ií]n informaci[oó]n informaciones reportajes? publicaci[oó]n entrevista cr[oó]nica",
        "transcripci[oó]n resumen cobertura transcri[cç][aã]o transcription transcript readout reporta(?:gem|gens) informa[cç][aã]o informa[cç][oõ]es artigos? mat[eé]rias? boletim texto",
        "d[eé]p[eê]ches? reportages? articles? notes? rapports? informations? communiqu[eé] entretien",
        "tweets? videos? recording tally survey data figures investigation tuits? mensajes? v[ií]deos? im[aá]genes recuento datos cifras sondeo encuesta investigaci[oó]n editorial comentario teletipo transmisi[oó]n edici[oó]n",
        "versi[oó]n_digital relatos? r[eé]cit balance balan[cç]o tu[ií]te mensagem imagens levantamento dados n[uú]meros pesquisa investiga[cç][aã]o coment[aá]rio publica[cç][aã]o transmiss[aã]o edi[cç][aã]o",
        "vid[eé]o images d[eé]compte donn[eé]es chiffres sondage enqu[eê]te [eé]ditorial commentaire [eé]mission bilan",
    )
    + _ON
)
_PAPER = words(
    "documents? papers files? records? memos? memorandum drafts? letters? e-?mails? cop(?:y|ies) cables? minutes transcripts? reports? data figures study filings? messages? recordings? footage",
    "documentos? papeles expedientes? actas? memorandos? borrador(?:es)? cartas? correos? copias? informes? datos estudios? mensajes? grabaci[oó]n(?:es)? fichas? textos? archivos? oficios? escritos? resoluci[oó]n comunicaci[oó]n(?:es)?",
    "documento pap[eé]is minutas? of[ií]cios? atas? c[oó]pias? relat[oó]rios? rascunhos? dados mensage(?:m|ns) grava[cç](?:[aã]o|[oõ]es) e-mails? arquivos? despachos? planilhas? levantamentos?",
    "notes? courriels? lettres? rapports? dossiers? copies? projets? comptes?_rendus? m[eé]mos? donn[eé]es [eé]tudes? enregistrements? messages? proc[eè]s-verba(?:l|ux) t[eé]l[eé]grammes? listes? pi[eè]ces",
)
_WITHIN = r"(?:\s+[^\s.;:«»“”\"]+){0,5}?"
"""Up to five words of one clause, or of two that a comma divides."""
_SOURCE = rf"(?:{_PIECE}|{words('account page website site channel cuenta perfil p[aá]gina canal sitio portal conta compte cha[iî]ne message')}{_ON})"
"""What a report may follow, but not what one may only publish in: "según la cuenta de X", not "en la cuenta de X"."""
_MADE = (
    words(
        "given granted made carried aired published released broadcast shown quoted cited issued exclusive recent",
        "exclusiv[ao]s? concedid[ao]s? ofrecid[ao]s? dad[ao]s? otorgad[ao]s? brindad[ao]s? telef[oó]nic[ao] transmitid[ao]s? emitid[ao]s? difundid[ao]s? recogid[ao]s?",
        "publicad[ao]s? reproducid[ao]s? hech[ao]s? fechad[ao] divulgad[ao]s? veiculad[ao]s? feit[ao]s? enviad[ao]s? reproduzid[ao]s? citad[ao]s?",
        "accord[eé]e?s? donn[eé]e?s? exclusi(?:f|ve)s? tenus? diffus[eé]e?s? publi[eé]e?s? recueillis? rapport[eé]e?s? relay[eé]e?s? transmis(?:e|es)?",
    )
    + rf"(?:\s+{_WHEN}){{0,3}}"
)
_THERE = (
    r"(?: de madrugada| (?:em|en|dans|num|numa|no|na|nos|nas|sur|par|por|mediante|a trav[eé]s de|à travers|desde)(?: (?:sus?|un[oa]?|uma?|suas?|seus?|une|son|sa|ses|o|a|la|el|le|los|las))? (?:l['’])?(?:[a-zà-ÿ]{3,14} )?"
    + _SOURCE
    + r"(?: (?:de|da|do|du|del|fechad[oa]|dat[eé]e?|datad[oa])(?: [^\s,.;:«»“”\"]+){1,3}?)?)"
)
"""Where it tells it, between its verb and its name: "escreveu em artigo de primeira página o Diário do Povo"."""
_NOT_THAT = r"(?:\s+(?!(?:que|qu['’]|c[oó]mo|comment|how|why|porque)\b)[^\s,.;:«»“”\"]+){0,6}"

_NOT_SENT = rf"(?:{_NOT_THAT}(?<![aei]d[oa])|)"
"""No thing that went that way: "anunciou o corte da verba repassada por meio da Telesur"."""

_PLAIN_EN = rf"""
    according to(?: (?:an?|the|recent|new|local|media|press|state))?(?: {_SOURCE}(?: {_MADE})? (?:by|from|in|on|of|to))?
    (?:quoted|cited) (?:\w+ly )?(?:by|in|on)
    as (?:first |also )?(?:reported|said|told|cited|quoted|noted|stated) (?:by|to|in)
    as saying (?:by|to|in|on)
    quot(?:ing|es|ed)|cit(?:es|ed|ing)(?: (?:an?|the))?(?: {_PIECE} (?:by|from|in|of))?
    t(?:old|ells|elling)(?: an?)?(?: (?:correspondent|reporter|journalist|crew) (?:of|from|for|with))?
    (?:stressed|emphasi[sz]ed|reiterated|insisted|clarified|recounted|complained|boasted|lamented|noted|described|hinted|confessed|acknowledged|spoke|speaks?|speaking|talk(?:ed|ing)|said|confirm(?:ed|s)|explained|commented|confided|disclosed|revealed|admitted|indicated|wr(?:ote|iting)) (?:(?:\w+ly|{_WHEN}) ){{0,3}}(?:to|with|for)
    (?:remarks?|comments?|statements?|interviews?|conversation|dialogue|briefing|questions?|letter|article|column)(?: (?:was|were))?(?: {_MADE})?(?: live)? (?:to|with|by|for|on|in|from)
    (?:in|from|on|per|based on|relying on) (?:an?|the|its) (?:\w+ )?{_PIECE}(?: {_MADE})? (?:by|of|from|in|for|on|with|to)
    (?:said|says|viewers|appear(?:ed|ing)|spoke|speaking|interviewed) (?:live )?on
    (?:interviewed|asked|reached|contacted) by
    writing (?:in|for)
    report (?:is|was) (?:from|by)
    (?:was learned|learned|emerged|became known) (?:from|through|via)(?: (?:an?|the) {_PIECE} (?:by|from|of|in))?
    (?:says|said|reads|reported|according to) (?:an?|the) (?:\w+ )?{_PIECE} (?:by|from|of|in)
    as per|per|via
    according to (?:the )?(?:remarks|comments|statements|words){_NOT_THAT} to
    in an exclusive (?:with|to|for)
    on (?:his|her|their|a) (?:\w+ )?(?:show|program(?:me)?|broadcast) (?:on|for)
    reads? (?:on|in) (?:the|a) (?:\w+ ){{0,2}}(?:front page|website|edition|pages) of
    """
_SAID_ES = words("dij declar afirm asegur coment explic confirm indic se[nñ]al cont manifest adelant sostuv revel expres habl apunt relat confi precis detall"
    " agreg subray advirt opin inform comunic report resum admit reconoc estim describ denunci anunci aclar puntualiz destac recalc enfatiz remarc resalt ratific reiter insist matiz narr confes vaticin pronostic lament garantiz a[nñ]ad respond promet record convers dialog charl")  # fmt: skip
_TOLD_OF_ES = words("inform report public indic recog rese[nñ] relat consign difund detall adelant asegur afirm se[nñ]al cit explic divulg cont recuerd revel precis"
    " anunci destac refier apunt sostien dij dice transmit")  # fmt: skip
_IN_PRINT_ES = (
    r"(?: en (?:la (?:portada|tapa|primera plana|edici[oó]n \w+)|las p[aá]ginas|el sitio(?: web)?|la (?:p[aá]gina )?web) de|,? en)"
)
_PLAIN_ES = rf"""
    seg[uú]n(?: (?:un[oa]?s?|el|la|los|las))?(?: {_SOURCE}(?: {_MADE})? (?:de|del|por|en))?
    seg[uú]n(?: lo)?(?: que)?(?: ha| han| hab[ií]an?)? (?:{_TOLD_OF_ES}\w{{0,6}}|mostr(?:[oó]|aron)|muestran?|exhibi(?:[oó]|eron)|emiti[oó]|anticip\w{{1,4}}|alert\w{{1,4}}|advi(?:rti[oó]|erte))
    (?:se lee|se pod[ií]a leer|se puede leer|puede leerse)(?: (?:hoy|ayer|este|esta|\w+es))?{_IN_PRINT_ES}
    de acuerdo (?:con|a)(?: (?:un[oa]?|el|la))?(?: {_PIECE}(?: {_MADE})? (?:de|del|por|en))?
    seg[uú]n (?:unas |las )?(?:declaraciones|afirmaciones|palabras|revelaciones){_NOT_THAT} (?:al|a|para)
    seg[uú]n (?:ha |han )?(?:pudo|pudieron|podido) (?:conocer|saber|constatar|confirmar|averiguar|comprobar|verificar)
    (?:conforme|acorde) (?:a|con)|(?:a|al) decir de|en palabras de
    citad[oa]s? (?:por|en)|citando(?: a)?|cit(?:[oó]|an?) a
    {_SAID_ES}(?:[oó]|aron|ieron|i[oó]|e|an?|en|ado|ido|ando|o){_NOT_THAT} (?:al|a|con|para)
    (?:entrevistas?|di[aá]logo|conversaci[oó]n|charla|declaraciones|comentarios?|conversaciones|contacto|rueda)(?: (?:fue|fueron))?(?: {_MADE})? (?:con|al|a|para|por|en|de)
    (?:entrevistad[oa]s?|consultad[oa]s?|preguntad[oa]s?) (?:por|en)
    (?:en|durante) (?:el|un|su) programa{_NOT_THAT} (?:de|en|por)
    (?:en|citando|por) (?:un[oa]?|el|la|su) {_PIECE}(?: {_MADE})? (?:de|del|por|en|para|con)
    (?:se )?(?:supo|conoci[oó]|inform[oó]|sabe|conoce|pudo saber|pudo conocer) (?:hoy |ayer )?(?:por|mediante|gracias a|a trav[eé]s de)(?: (?:un[oa]?|el|la) {_PIECE} (?:de|del|en))?
    {_SAID_ES}(?:[oó]|a|e|i[oó]) (?:un[oa]?|el|la) {_PIECE} (?:de|del|en)
    la informaci[oó]n (?:es|fue) (?:de|dada por|aportada por)
    v[ií]a
    """
_SAID_PT = words(
    "conversou dialogou disse declarou afirmou contou relatou explicou revelou confirmou comentou falou confidenciou adiantou admitiu avaliou diz afirma explica informou",
    "disseram afirmaram declararam indicou garantiu reconheceu ressaltou detalhou",
    "acrescentou lembrou alertou lamentou enfatizou anunciou respondeu insistiu sustentou reiterou esclareceu destacou apontou narrou confessou denunciou frisou estimou prometeu defendeu argumentou observou assegurou salientou sublinhou pontuou",
)
_PLAIN_PT = rf"""
    (?<!\bo\s)(?<!\bel\s)(?<!\bno\s)(?<!\bdo\s)segundo(?: (?:uma?|os?|as?))?(?: {_SOURCE}(?: {_MADE})? (?:d[aoe]|pel[ao]|na|no))?
    (?:segundo|conforme|como|consoante)(?: {
    words(
        "informou noticiou relatou divulgou publicou revelou reportou destacou registrou apurou anunciou disse mostrou exibiu antecipou adiantou mostra informa noticia relata"
    )
})
    (?:conforme|consoante)(?: {_PIECE}(?: {_MADE})? (?:d[aoe]|pel[ao]|na|no)| citad[oa] (?:pel[ao]|por))?
    segundo (?:as )?(?:declara[cç][oõ]es|afirma[cç][oõ]es|falas){_NOT_THAT} (?:à|ao|para)
    (?:falando|em fala) (?:com exclusividade )?(?:à|ao|com|para)
    (?:de|em) acordo com(?: (?:uma?|o|a))?(?: {_PIECE}(?: {_MADE})? (?:d[aoe]|pel[ao]))?
    citad[oa]s? (?:pel[ao]s?|por|na|no)|citando|cita
    {_SAID_PT}{_NOT_THAT} (?:à|às|ao|a|para|com)
    (?:entrevistas?|conversa|declara[cç][aã]o|declara[cç][oõ]es|falas?|depoimento|coment[aá]rios?|nota|an[uú]ncio)(?: (?:foi|foram))?(?: {
    _MADE
})? (?:à|ao|a|com|para|d[ao]|na|no|pel[ao]|por)
    (?:ouvid|entrevistad|procurad|questionad)[oa]s? pel[ao]
    (?:(?:em|citando) (?:uma?|o|a|sua)|numa?) {_PIECE}(?: {_MADE})? (?:d[aoe]|pel[ao]|na|no|para)
    (?:soube-se|sabe-se|ficou-se a saber|soubemos|se soube|foi sabido) (?:por|pel[ao]|atrav[eé]s d[aeo]|por meio d[aeo])(?: (?:uma?|o|a)?\s?{
    _PIECE
} (?:d[aoe]|na|no))?
    (?:informa|informou|diz|disse|relata|relatou|revela|revelou|noticia|noticiou|indica|indicou) (?:uma?|o|a) {_PIECE} (?:d[aoe]|na|no)
    (?:l[eê]-se|lia-se|pode-se ler|p[oô]de-se ler)(?: hoje| ontem)? (?:na|no|nas|nos|em)(?: (?:capa|primeira p[aá]gina|p[aá]ginas|edi[cç][aã]o \w+|site) d[aoe]s?)?
    (?:em|no|durante) (?:seu |o |um )?programa{_NOT_THAT} (?:d[aoe]|na|no)
    as informa[cç][oõ]es s[aã]o d[aoe]|a informa[cç][aã]o (?:[eé]|foi) d(?:[aoe]|ada pel[ao])
    """
_SAID_FR = words(
    "d[eé]clar confi affirm expliqu indiqu racont assur pr[eé]cis parl estim soulign confirm ajout r[eé]v[eéè]l avou dit r[eé]pond lanc annonc reconn d[eé]taill inform comment rappel insist r[eé]p[eé]t r[eé]it[eé]r not regrett d[eé]nonc promis plaid argu gliss martel r[eé]affirm souten garant avert admis fait_savoir fait_part"
)
_HE_FR = r"(?:(?:-t)?-(?:il|elle|ils|elles|on))?"
"""The subject behind its verb: "plaide-t-il"."""
_PLAIN_FR = rf"""
    selon(?: (?:une?|des|les?|la|l['’]))?(?: {_SOURCE}(?: {_MADE})? (?:de|du|dans|par|sur))?
    (?:selon|d['’]apr[eè]s) une? {_PIECE} d['’]
    d['’]apr[eè]s(?: (?:une?|des|les?|la))?(?: {_PIECE} (?:de|du))?
    selon (?:des|les|ses) (?:propos|d[eé]clarations|confidences){_NOT_THAT} (?:[àa]|au)
    (?:dans|pendant|lors de) (?:son|une|l['’])\s?[eé]mission{_NOT_THAT} (?:de|du|sur)
    s['’]exprimant (?:sur|dans|au micro de|[àa] l['’]antenne de)
    [aà] en croire|aux dires de
    (?:apprend-on|a-t-on appris|on apprend|on a appris|apprenait-on|lit-on|peut-on lire|on peut lire|pouvait-on lire)(?: \w+)? (?:aupr[eè]s de|par|de|dans(?: les colonnes d[eu])?|sur|via|chez|d['’]apr[eè]s|(?:en|[àa] la) (?:[«“\"]\s?)?une(?:\s?[»”\"])? d[eu]|en (?:premi[eè]re|derni[eè]re) page d[eu])(?: (?:une|la|l['’]) ?{_PIECE} (?:de|du|par))?
    (?:apprend-on|a-t-on appris|on apprend|on a appris) d['’]une {_PIECE} (?:de|du|par)
    (?:indique|rapporte|annonce|pr[eé]cise|affirme|informe) une {_PIECE} (?:de|du)
    cit[eé]e?s? (?:par|sur|dans)|citant(?: une)?(?: d[eé]p[eê]che de)?|cite
    {_SAID_FR}(?:[eé]e?s?|ait|u|aient|i|it|e|ent)?{_HE_FR}{_NOT_THAT} (?:[àa]|au|aux|avec)
    (?:entretien|interview|propos|d[eé]clarations?|entrevue|tribune|r[eé]ponse)(?: (?:a|ont) [eé]t[eé])?(?: {_MADE})? (?:[àa]|au|avec|sur|par|dans|de)
    s['’](?:est|est aussi) (?:entretenu|confi[eé]|exprim[eé])e?s?{_NOT_THAT} (?:[àa]|au|aux|avec|sur|dans)
    (?:interrog|contact|interview|sollicit|cit)[eé]e?s? par|jointe?s? par|interview[eé]e?s? sur|invit[eé]e? (?:de|sur)|au micro de|sur l['’]antenne de|sur les ondes de
    (?:dans|citant|par) une? {_PIECE}(?: {_MADE})? (?:de|du|par|sur|pour|[àa])
    """
PLAIN = alternatives(_PLAIN_EN, _PLAIN_ES, _PLAIN_PT, _PLAIN_FR)

# --- Told by the name itself, or spread by it: a falsehood can be spread too, so these fall where one is spoken of. ---

_TELLING_EN = r"""
    (?:reported|carried|published|released|broadcast|relayed|reprinted|reproduced|republished|disclosed|revealed|announced|confirmed|aired) (?:\w+ )?(?:by|in)
    (?<=[,”\"»’'—–-][ ])(?:reports?|reported|said|says|writes|wrote|notes|claims|announce[ds]|confirm(?:ed|s)|reveal(?:ed|s)|warn(?:ed|s)|add(?:ed|s)|quot(?:ed|es)|stat(?:ed|es)|acknowledge[ds])
    """
_TELLING_ES = rf"""
    {
    words(
        "difundid divulgad publicad transmitid emitid rese[nñ]ad consignad reportad informad adelantad revelad replicad recogid reproducid dad se[nñ]alad confirmad anunciad compartid relatad"
    )
}[oa]s?(?: (?:a conocer|{_WHEN})){{0,4}} (?:por|en)
    {
    words(
        "inform report indic se[nñ]al public comunic anunci asegur afirm apunt rese[nñ] detall precis adelant revel destac consign explic divulg confirm relat cit agreg transmit",
        "coment avanz subray manifest puntualiz remarc record ampli alert resalt enfatiz anticip titul aclar recalc describ estim",
    )
}(?:[oó]|aron|ado|a|an)
    {
    words(
        "adv(?:irti[oó]|irtieron|ierte|ierten) admit(?:i[oó]|ieron|en?) reconoc(?:i[oó]|ieron|en?) a[nñ]ad(?:i[oó]|ieron|en?) describi[oó] dej[oó]_saber dio_cuenta da_cuenta difund(?:i[oó]|ieron|e) dij(?:o|eron) dice dicen recog(?:i[oó]|e|en) transmiti[oó] transmite sostuvo sostiene escrib(?:i[oó]|e) expus(?:o|ieron) dio_a_conocer dieron_a_conocer hizo_saber refiri[oó] refiere cuenta reprodujo reproduce retom(?:[oó]|a)"
    )
}
    """
_TELLING_PT = rf"""
    {words("divulgad publicad noticiad veiculad transmitid reproduzid relatad repercutid informad revelad reportad exibid dad confirmad anunciad adiantad antecipad compartilhad")}[oa]s?(?: {_WHEN}){{0,4}} (?:pel[ao]s?|por|na|no|n[ao]s|em)
    {words("inform notici relat report afirm divulg public revel anunci destac registr apont cit acrescent confirm indic coment adiant apur ressalt observ alert avis antecip salient fris sublinh enfatiz lembr comunic detalh explic estim")}(?:ou|aram|a|am)
    advert(?:iu|iram|e)|admit(?:iu|iram|e)|reconhec(?:eu|eram|e)|descrev(?:eu|e)|deu conta|fez saber
    disse|diz|disseram|dizem|escreveu|escreve
    """
_TELLING_FR = rf"""
    {words("rapport relay repris publi diffus r[eé]v[eé]l annonc transmis confirm partag d[eé]voil")}(?:[eé]e?s?|es?)? (?:par|sur|dans)
    {words("rapport indiqu annonc affirm r[eé]v[eéè]l pr[eé]cis signal d[eé]clar expliqu ajout relat not soulign assur diffus alert confirm d[eé]voil d[eé]taill rel[eè]v estim avanc racont mentionn rappel rapell [eé]voqu titr")}(?:e|ent|[eé]|ait)
    pr[eé]v(?:ient|iennent|enu)|avert(?:it|issent|i)|admet(?:tent)?|admis|reconna[iî](?:t|ssent)|reconnu|rappell?e|relaie(?:nt)?|relay[eé]|fait valoir|laisse entendre|croit savoir|met en garde|mis en garde
    (?:[eé]crit|[eé]crivent|fait savoir|inform[eé]|dit|fait part|appris)
    """
TELLING = alternatives(_TELLING_EN, _TELLING_ES, _TELLING_PT, _TELLING_FR)

# --- The same, longer and rarer: looked for where none of the above stands. ---

_TELLS = words(
    "narr(?:[oóa]|an|aba) expres(?:[oóa]|an) plante(?:[oóa]|an) espet(?:[oóa]|an) desvel(?:[oóa]|an) constat(?:[oóa]|an) verific(?:[oóa]|an) corrobor(?:[oóa]|an) ratific(?:[oóa]|an) enumer(?:[oóa]|an) cifr(?:[oóa]|an) cuantific(?:[oóa]|an) calcul(?:[oóa]|an) sit[uú](?:[oóa]|an) vaticin(?:[oóa]|an) pronostic(?:[oóa]|an)",
    "evoc(?:[oóa]|an) mencion(?:[oóa]|an) dedu(?:jo|ce) conclu(?:y[oó]|ye) sug(?:iri[oó]|iere) insinu(?:[oó]|[uú]a) trasl(?:ad[oóa]) transcrib(?:i[oó]|e) propal(?:[oóa]) pregon(?:[oóa]) proclam(?:[oóa]|an) tuite(?:[oóa]) poste(?:[oóa]) comparti[oó] recuent(?:[oóa]) recapitul(?:[oóa]) sintetiz(?:[oóa]) resumi[oó] resume pint(?:[oóa]) present(?:[oóa]) retrat(?:[oóa]) refer[ií]a contaba",
    "(?:hizo|hace)_(?:saber|constar|notar|p[uú]blic[oa]) (?:dej[oó]|deja)_(?:constancia|claro|entrever|saber) pus(?:o|ieron)_de_(?:relieve|manifiesto) (?:se_)?hizo_eco (?:cuenta|contaba|contó|cuentan) dio_a_entender da_a_conocer daba_cuenta informaba aseguraba publicaba se[nñ]alaba anunciaba indicaba explicaba",
    "avan[cç](?:ou|aram|a) refer(?:iu|e|ia|iram) precis(?:ou|a) assinal(?:ou|a) not(?:ou|a) narr(?:ou|a) mencion(?:ou|a) relembr(?:ou|a) reiter(?:ou|a) refor[cç](?:ou|a) titul(?:ou|a) estamp(?:ou|a) trouxe traz circul(?:ou) especific(?:ou|a) exp[oôõ](?:s|e) sustent(?:ou|a) assegur(?:ou|a) garant(?:iu|e) defend(?:eu|e) pontu(?:ou|a) evidenci(?:ou|a)",
    "constat(?:ou|a) verific(?:ou|a) descrev(?:eu|e) crav(?:ou|a) calcul(?:ou|a) contabiliz(?:ou|a) enumer(?:ou|a) list(?:ou|a) situ(?:ou|a) cham(?:ou|a)_(?:a_)?aten[cç][aã]o (?:fez|faz)_(?:eco|saber|constar) repercut(?:iu|e) compartilh(?:ou|a) tuit(?:ou|a) post(?:ou|a) retransmit(?:iu|e) replic(?:ou|a) resum(?:iu|e) conclu(?:iu|i) suger(?:iu|e) insinu(?:ou|a) (?:dava|d[aá])_conta assever(?:ou|a) pormenoriz(?:ou|a) noticiava escrevia contava soube",
    "narre(?:nt)? [eé]crit d[eé]cri(?:t|vent) expose(?:nt)? recense(?:nt)? d[eé]nombre(?:nt)? compte chiffre(?:nt)? [eé]value(?:nt)? calcule(?:nt)? situe(?:nt)? r[eé]percute r[eé]sume(?:nt)? conclut sugg[eè]re(?:nt)? insinue glisse(?:nt)? confie martele claironne pointe(?:nt)? observe(?:nt)? constate(?:nt)? commente(?:nt)? analyse [eé]num[eè]re livre d[eé]duit soutient soutiennent",
    "fai(?:t|sait)_(?:observer|remarquer|valoir|savoir|[eé]tat) (?:met|mettait)_en_avant croit_savoir d[eé]crivait [eé]crivait rapportait pr[eé]cisait affirmait expliquait relatait racontait d[eé]taillait titrait comment[eé] constat[eé] observ[eé] r[eé]sum[eé] d[eé]crit conclu chiffr[eé] [eé]valu[eé] calcul[eé] tweet[eé] post[eé] partag[eé]",
)
"""Verbs of telling that mean much else too: only behind a comma or a closed quotation, or behind "as"."""
_MANY_MEDIA = words(
    "agenc(?:ies|ias) ag[eê]nc(?:ias|es) medios m[ií]dias m[eé]dias media outlets newspapers dailies diarios peri[oó]dicos jornais quotidiens journaux cadenas canales canais cha[iî]nes channels emisoras emissoras ve[ií]culos sites portales portais"
)
_AMONG = words(
    "entre_(?:as|os)_quais entre_el(?:l[oa]s|[ae]s) incluindo incluid[oa]s? inclu[ií]d[oa]s? como dont notamment parmi_lesquel(?:le)?s including among_them such_as"
)
_TITLE = r"(?:\s+(?!(?:que|qu['’]|c[oó]mo|comment|porque|parce|contra|contre|sobre)\b)[^\s.;:«»“”\"]+){1,16}?"
"""Who says it, with his office, in commas or none."""
_TO_MEDIUM = rf"(?:,|(?=\s+(?:a\s+la|al|à|ao|au|aux)\s+(?:l['’])?(?:{NOUN}|{KIND}|{WHOSE})\b))\s+(?:a la|al|a|à|ao|au)"
_MATTER = words(
    "news plans? reports? accounts? incident decision details? story information figures? arrests? deaths? events? visit talks attack meeting scene case move reasons? position situation agreement deal arrival departure"
)
"""What somebody may confirm to an agency, and cannot give it."""
_GIVEN = (
    rf"{words('information news details? confirmation announcement informaci[oó]n noticia confirmaci[oó]n anuncio informa[cç][aã]o not[ií]cia confirma[cç][aã]o an[uú]ncio nouvelle annonce')}"
    rf" (?:(?:was|were|fue|ha sido|foi|[eé]|a [eé]t[eé]) )?{words('given passed provided supplied dad[oa]s? facilitad[oa]s? aportad[oa]s? proporcionad[oa]s? suministrad[oa]s? confirmad[oa]s? passad[oa]s? repassad[oa]s? fornecid[oa]s? prestad[oa]s? donn[eé]e?s? fournie?s? communiqu[eé]e?s? confirm[eé]e?s?')}"
    r" (?:by|por|pel[ao]|par)"
)
"""What somebody gives: "A informação foi dada por"."""
_GIVER = r"(?:\s+(?!(?:que|qu['’]|qui|which|who|quien|quem|e|y|et|and|c[oó]mo|comment|contra|contre|sobre)\b)[^\s.;:«»“”\"]+){1,14}?"
_LONG_TITLE = r"(?:\s+(?!(?:que|qu['’]|c[oó]mo|comment|porque|parce|contra|contre|sobre)\b)[^\s,.;:«»“”\"]+){7,13}?"
"""Who says it, with a longer office, in one clause."""
_SELDOM_PLAIN = rf"""
    {_GIVEN}{_GIVER} (?:to|a la|al|a|à|ao|au)
    (?<=[,”\"»’—–][ ])(?:a |ha |ont |han )?(?:{_SAID_ES}(?:[oó]|aron|ieron|i[oó])|{_SAID_PT}|{_SAID_FR}(?:[eé]e?s?|e|ent|it|u)?){_LONG_TITLE} (?:al|ao|à|au)
    (?:(?<=[,”\"»’—–][ ])|\bce\s+qu['’])(?:a |ha |ont |han )?(?:{_SAID_ES}(?:[oó]|aron|ieron|i[oó])|{_SAID_PT}|{_SAID_FR}(?:[eé]e?s?|e|ent|it|u)?){_TITLE}{_TO_MEDIUM}
    (?:confirmed|described|explained|recounted|outlined|detailed|related) (?:it|this|that|(?:the|his|her|their|its) (?:\w+ )?{_MATTER}) to
    (?:drawing|relying|leaning|based|building) on (?:an?|(?:an?|the|its)(?: \w+)? {_PIECE}(?: {_MADE})? (?:by|from|of|in))
    on the (?:basis|strength|back) of (?:an?|the)(?: (?:\w+ )?{_PIECE}(?: {_MADE})? (?:by|from|of|in))?
    (?:picking|taking) up (?:an?|the)(?: {_PIECE} (?:by|from|of))?
    (?:says?|said|argue[sd]|insist(?:s|ed)|maintain(?:s|ed)|declare[sd]|claim(?:s|ed)|warn(?:s|ed)|explain(?:s|ed)|complain(?:s|ed)|boast(?:s|ed)|wr(?:ites|ote)) (?:\w+ ){{0,2}}(?:in the (?:pages|columns) of|on the (?:pages|airwaves) of|in front of|before the (?:cameras|microphones) of)
    (?:sobre la base|a partir|en base|con base|bas[aá]ndose|basad[oa]|apoy[aá]ndose|haci[eé]ndose eco|retomando|recogiendo|reproduciendo|reproduce|recoge)(?: (?:de|en|a))?(?: (?:un[oa]?s?|el|la|l[oa]s))? {_PIECE}(?: {_MADE})? (?:de|del|por|en)
    (?:{_SAID_ES}(?:[oó]|aron|ieron|i[oó]|e|a|an|en)|sostiene|dice){_NOT_THAT} (?:(?:en|desde) las (?:p[aá]ginas|columnas)|ante (?:las c[aá]maras|los micr[oó]fonos|el micr[oó]fono)|(?:en|a|por) los micr[oó]fonos|desde los estudios) (?:de|del)
    (?:com base|baseando-se|basead[oa]|a partir|apoiando-se|na esteira|reproduzindo|repercutindo|retomando)(?: (?:em|n[ao]|num|numa|de|d[aoe]))?(?: (?:uma?|o|a))? {_PIECE}(?: {_MADE})? (?:d[aoe]|pel[ao])
    (?:{_SAID_PT}|sustenta|argumenta|defende){_NOT_THAT} (?:nas (?:p[aá]ginas|colunas)|(?:diante|frente) das c[aâ]meras|(?:a|n)os microfones|ao microfone|nos est[uú]dios) d[aoe]
    (?:{_SAID_FR}(?:[eé]e?s?|e|ent)?|juge(?:nt)?|(?<=[,”\"»][ ])[eé]crit|[eé]crit(?=-)|soutient){_HE_FR}{_NOT_THAT} (?:dans les (?:colonnes|pages)|sur (?:le (?:site|plateau)|les (?:ondes|antennes))|[àa] l['’]antenne|devant les cam[eé]ras|(?:au|aux) micros?) (?:de|du|d['’])
    (?:sur la (?:foi|base)|[àa] partir|se (?:basant|fondant)|s['’]appuyant|reprenant|relayant)(?: (?:de|sur))?(?: (?:une|la|les|des)| d['’]une| l['’])? ?{_PIECE}(?: {_MADE})? (?:de|du)
    """
_OPENS = (
    r"(?:seg[uú]n|de acuerdo (?:con|a)|conforme(?: a)?|(?<!\bo )(?<!\bno )(?<!\bel )(?<!\bdo )segundo|de acordo com|consoante|selon|d['’]apr[eè]s|[aà] en croire|according to|as per|(?:lit|apprend|entend)-on|(?:peut|pouvait|pourra)-on lire"
    r"|on (?:peut|pouvait) lire|a-t-on (?:appris|lu)|se lee|se le[ií]a|se (?:puede|pod[ií]a) leer|puede leerse|l[eê]-se|lia-se|p(?:o|ô)de-se ler)"
).replace(" ", r"[ ]")
_NO_SOURCE = words(
    "sources? fuentes? fontes? emplead[oa]s? employee?s? funcion[aá]ri[oa]s? direct(?:eur|rice|ora?|ores|or) diret(?:or|ora|ores) jef[ea]s? chefe?s? chief head editors? president[ea]? presidenta pr[eé]sidente? periodistas? journalistes? journalists? jornalistas?",
    "rep[oó]rter(?:es)? reporters? reporteros? correspondents? correspons\\w+ correspondant\\w* anchors? presentador\\w* pr[eé]sentat\\w+ apresentador\\w* abogad\\w+ advogad\\w+ lawyers? avocat\\w* portavo\\w+ porta-voz porte-parole voce[rl]\\w+ spokes\\w+ ex(?:-\\w+)? former antig\\w+ ancien\\w*",
    "trabajador\\w+ salari[eé]s? equip[eo]s? [eé]quipe team staff redac\\w+ r[eé]dact\\w+ fundador\\w* founder fondat\\w+ owners? dueñ\\w+ don[oa]s? sindicat\\w+ union syndicat contra contre against sobre about versus cr[ií]tic\\w+ critics? cierre fermeture fechamento ban closure veto proibi\\w+",
    "demandas? sanci[oó]n sanctions? san[cç][oõ]es expert\\w* especialista\\w* analist\\w* contratos? contrats? contracts? budget presupuesto or[cç]amento sentencia ruling ley law lei loi audien\\w+ ratings? acusaci[oó]n acusa[cç][aã]o indictment lawsuit complaint plainte denuncia den[uú]ncia que qui which that quien",
    "vers[aã]o_falsa falso falsa faux fake bulo boato rumor",
)
_GAP = rf"(?: (?!(?:{_NO_SOURCE}|list[ae]?s?|licenciés?)\b)[^\s,.;:«»“”\"()]+){{0,5}}?"
_IN_OR_BY = r"(?:de|del|por|en|al?|d[aoe]|pel[ao]|n[ao]|em|du|par|dans|d['’]|by|from|in|of|to)"
_SELDOM_TELLING = rf"""
    (?:inform|report|difund|public|rapport|notici|divulg|anunci|indiqu|annonc|relat|assur|asegur|afirm)\w*(?: (?!que\b|qu['’])[^\s,.;:]+){{0,3}} {_MANY_MEDIA}(?: (?!que\b|qu['’])[^\s,.;:]+){{0,4}}, {_AMONG}
    {_MANY_MEDIA}(?: [^\s,.;:]+){{0,4}} (?:reported|said|reports?|say|confirmed|informaron|reportaron|publicaron|informaram|noticiaram|relataram|rapportent|rapport[eé]|annoncent|indiquent)(?: {_WHEN}){{0,3}},? {_AMONG}
    {_OPENS}(?: (?!{_NO_SOURCE}\b)(?:[ld]['’])?[^\s,.;:«»“”\"()]+){{1,9}}? {_IN_OR_BY}
    (?:seg[uú]n|como|tal como|tal y como|segundo|conforme|comme|ainsi que|tel que)(?: (?:bien|ya|j[aá]|tambi[eé]n|l['’]a|l['’]ont|l['’]avait|le|la|lo|o|a|ha|han|hab[ií]a))*? (?:l['’])?{_TELLS}(?: {_WHEN}){{0,3}}
    (?<=[,”\"»’—–][ ])(?:(?:a|ha|han|ont|avai(?:t|ent)|l['’]a|lo|o|j[aá]|ya)\s+){{0,2}}{_TELLS}(?: {_WHEN}){{0,3}}
    (?:difundid|divulgad|publicad|transmitid|emitid|rese[nñ]ad|recogid|reproducid|reproduzid|noticiad|veiculad|postad|aparecid|detallad|detalhad)[oa]s?(?: {_WHEN}){{0,3}} (?:en|na|no)(?: (?:la|el|su|sua|seu))? (?:edici[oó]n|edi[cç][aã]o|portada|tapa|capa|p[aá]ginas?|p[aá]gina|site|sitio|web|portal|suplemento|vers[ií][aãoó]n?){_GAP} (?:de|del|d[aeo])
    (?:publi[eé]|paru|diffus[eé]|mis en ligne|relay[eé]|repris|rapport[eé]|d[eé]taill[eé])e?s?(?: {_WHEN}){{0,3}} (?:dans|sur|[àa]|en)(?: (?:la|le|les|son|sa))? ?(?:l['’])?(?:[eé]dition|une|pages?|site|portail|colonnes|suppl[eé]ment|version){_GAP} (?:de|du|d['’])
    (?:published|posted|carried|printed|released|aired|reported)(?: {_WHEN}){{0,3}} (?:in|on)(?: (?:the|its|\w+['’]s))? (?:\w+ )?(?:edition|website|site|front page|pages|supplement|version){_GAP} of
    (?:detailed|described|outlined|set out|summari[sz]ed|printed|spelled out|explained) (?:{_WHEN} ){{0,3}}in
    (?:detallad|expuest|explicad|descri(?:t|pt)|relatad|narrad|resumid|contad|recogid|detalhad|expost|descrit)[oa]s? (?:{_WHEN} ){{0,3}}(?:en|n[ao]s?|em)
    (?:d[eé]taill[eé]|expos[eé]|d[eé]crit|expliqu[eé]|racont[eé]|relat[eé]|r[eé]sum[eé]|d[eé]voil[eé]|[eé]voqu[eé]|rapport[eé]|consign[eé])e?s? (?:{_WHEN} ){{0,3}}(?:dans|par)
    (?:{alternatives(_TELLING_ES, _TELLING_PT, _TELLING_FR)})(?:(?: (?:el|na|no|ce))?(?: {_WHEN}){{1,4}}(?= (?:en|em|num|numa|dans)\b))?{_THERE}
    {_PAPER}{_WITHIN} (?:obtained|seen|reviewed|viewed|read|examined|accessed|consulted|inspected|verified) (?:\w+ )?by
    (?:news|word|report|information|details|story|announcement|claim|figure){_WITHIN} (?:came|comes|was (?:first )?(?:broken|given|put out)|(?:first )?(?:emerged|originated|surfaced|appeared)) (?:\w+ )?(?:from|by|in|on|via|with)
    (?:announce[ds]|said|releas(?:ed|es)|issued|published|disclosed|reported|confirmed|communicated|declared|made (?:public|known)){_NOT_THAT} (?:through|via)
    {_PAPER}{_WITHIN} (?:obtenid|consultad|vist|revisad|le[ií]d|examinad|verificad|filtrad)[oa]s? (?:en exclusiva )?(?:por|a)
    (?:a l[oa]s? (?:que|cual(?:es)?)|al (?:que|cual)) (?:tuv(?:o|ieron)|ha tenido|ha podido tener|accedi[oó]|ha accedido)(?: acceso)?
    (?:noticia|informaci[oó]n|primicia|novedad|dato|cifra|anuncio|alerta|versi[oó]n){_WITHIN} (?:l[oa]s? )?(?:dio|dieron|ha dado)(?: a conocer)?
    (?:noticia|informaci[oó]n|primicia|novedad|dato|cifra|anuncio|alerta|versi[oó]n){_WITHIN} (?:procede|proviene|parti[oó]|sali[oó]|lleg[oó]|viene) (?:de|desde|por)
    quien(?:es)? (?:dio|inform[oó]|report[oó]|revel[oó]|anunci[oó]|difundi[oó]|adelant[oó]|public[oó]){_WITHIN} fue(?:ron)?
    (?:{_SAID_ES}(?:[oó]|aron|ieron|i[oó]|a|an|e|en|ad[oa]s?|id[oa]s?)|(?:public|divulg)(?:[oó]|aron|ad[oa]s?)|difundi(?:[oó]|eron|d[oa]s?)){_NOT_SENT} (?:a trav[eé]s|por medio|por intermedio|por conducto) (?:de|del)(?: la se[nñ]al de)?
    {_PAPER}{_WITHIN} (?:obtid|consultad|vist|analisad|acessad|lid|revisad|examinad)[oa]s? (?:com exclusividade )?(?:pel[ao]s?|por)
    (?:a|à|ao|às|aos) (?:que|qual|quais) (?:teve|tiveram) acesso
    (?:not[ií]cia|informa[cç][aã]o|an[uú]ncio|dado|n[uú]mero|vers[aã]o|alerta){_WITHIN} (?:partiu|veio|vem|chegou|saiu) (?:d[aoe]|pel[ao])
    quem (?:deu|informou|noticiou|revelou|anunciou|divulgou|contou|publicou|relatou){_WITHIN} fo(?:i|ram)
    (?:{_SAID_PT}|(?:divulg|anunci|inform|comunic|public|noticia|avis|confirm)(?:ou|aram|ad[oa]s?)|transmitiu|distribuiu){_NOT_SENT} (?:por meio|por interm[eé]dio|atrav[eé]s) d[aoe]
    {_PAPER}{_WITHIN} (?:obtenu|consult[eé]|vu|lu|examin[eé]|r[eé]v[eé]l[eé]|analys[eé])e?s? (?:\w+ )?par
    (?:nouvelle|(?:information|info|annonce|chiffre|donn[eé]e|r[eé]v[eé]lation){_WITHIN}) (?:(?:vient|provient|[eé]mane|est venue?) (?:de|du|d['’])|(?:a [eé]t[eé] )?donn[eé]e?s?{_WITHIN} par)
    (?:{_SAID_FR}(?:[eé]e?s?|e|ent)?|(?:publi|diffus|communiqu)[eé]e?s?){_NOT_THAT} par (?:l['’]interm[eé]diaire|le (?:biais|canal)|la voix) (?:de|du|d['’])
    """

_PIECE_OF = rf"{_PIECE}(?: {_MADE})? (?:by|from|in|of|on|de|del|en|por|d[aoe]|pel[ao]|na|no|du|dans|sur|par)".replace(" ", r"\s+")
"""A report of the name's: it hands over where a verb follows ("A report by Sputnik said")."""

# --- Verbs behind a name: it tells the report itself. ---

_STRONG = words(
    "reported reports? published aired broadcast carried showed(?!\\s+(?:nothing|no|little)\\b) said says? wrote writes? quoted quotes? quoting cited cites? citing revealed reveals informed informs noted confirmed claimed claims learn(?:ed|t)",
    "(?:was|were|is)_(?:quoted|cited)_by announced announces stated declared acknowledged admitted warned warns? stressed explained disclosed discloses indicated indicates highlighted alleged alleges concluded confirms argued argues asserted asserts opined insisted maintained suggested predicted detailed outlined tweeted posted relayed relays (?:first_)?(?:broke|gave)_the_(?:news|story) ran_(?:an?|the|footage|images)",
    "inform(?:[oóae]n?|aron) report(?:[oóae]n?|aron) indic(?:[oóae]n?|aron) se[nñ]al(?:[oóae]n?|aron) public(?:[oóa]n?|aron) difund(?:i[oó]|ieron|en?) asegur(?:[oóa]n?|aron)",
    "afirm(?:[oóa]n?|aron) apunt(?:[oóa]n?|aron) rese[nñ](?:[oóa]n?|aron) detall(?:[oóa]n?|aron) precis(?:[oóa]n?|aron) revel(?:[oóa]n?|aron) recog(?:i[oó]|en?) relat(?:[oóa]n?|aron) cit(?:[oóa]n?|aron) dijo dijeron dicen? escrib(?:i[oó]|en?)",
    "adelant(?:[oóa]n?|aron) consign(?:[oóa]n?|aron) divulg(?:[oóa]n?|aron) anunci(?:[oóa]n?|aron) explic(?:[oóa]n?|aron) sostiene sostuvo confirm(?:[oóa]n?|aron) destac(?:[oóa]n?|aron) refiri[oó] refiere subray(?:[oóa]n?|aron) coment(?:[oóa]n?|aron) dio_a_conocer",
    "advirti(?:[oó]|eron) advierten? alert(?:[oóa]n?|aron) admit(?:i[oó]|en?) reconoc(?:i[oó]|en?) manifest(?:[oóa]|aron) puntualiz(?:[oóa]|aron) remarc(?:[oóa]|aron) resalt(?:[oóa]|aron) enfatiz(?:[oóa]|aron) anticip(?:[oóa]|aron) declar[oó] argument[oó] opin[oó] insisti[oó] titul(?:[oóa]|aron) dio_cuenta da_cuenta hizo_saber dej[oó]_saber dio_(?:primero_|antes_|hoy_)?(?:la_)?(?:noticia|primicia|alerta|voz) reprodujo",
    "informou noticiou relatou reportou afirmou disse divulgou publicou revelou destacou diz informa noticia relata afirma escreveu registrou anunciou citou informaram",
    "citaram destacaram alertaram apontaram confirmaram indicaram acrescentaram registraram explicaram ressaltaram observaram comunicaram transmitiram reproduziram admitiram detalharam avisaram noticiaram relataram disseram afirmaram reportaram confirmou indicou apurou divulgaram apontou acrescentou adiantou adiantaram adianta apuraram publicaram",
    "revelaram anunciaram detalhou explicou ressaltou observou comunicou transmitiu veiculou reproduziu revela divulga publica apura",
    "admit(?:iu|e) reconheceu reconhece alertou alerta advertiu adverte avisou avisa antecipou antecipa declarou argumentou opinou insistiu sustentou salientou salienta frisou frisa deu_(?:primeiro_|antes_|hoje_)?a_(?:not[ií]cia|informa[cç][aã]o) sublinhou sublinha enfatizou enfatiza destaca indica aponta detalha confirma deu_conta fez_saber",
    "rapporte(?:nt)? rapport[eé] indique(?:nt)? indiqu[eé] affirme(?:nt)? affirm[eé] [eé]crit [eé]crivent r[eé]v[eè]le(?:nt)? r[eé]v[eé]l[eé] annonce(?:nt)? annonc[eé] pr[eé]cise(?:nt)? pr[eé]cis[eé]",
    "signale(?:nt)? signal[eé] souligne(?:nt)? soulign[eé] relate(?:nt)? relat[eé] fait_savoir fait_[eé]tat cite cit[eé] dit publie assure(?:nt)? assur[eé]",
    "pr[eé]vient pr[eé]venu avertit averti alerte alert[eé] admet admis reconna[iî]t reconnu explique(?:nt)? expliqu[eé] ajoute ajout[eé] confirme(?:nt)? confirm[eé] d[eé]voile d[eé]voil[eé] d[eé]taille d[eé]taill[eé]",
    "relaie relay[eé] avance soutient insiste martele plaide juge racont[eé] raconte d[eé]clare d[eé]clar[eé] mentionne laisse_entendre croit_savoir fait_valoir fait_part met_en_garde mis_en_garde donn[eé]_(?:(?:la_premi[eè]re_|la_|d['’]abord_la_)nouvelle|l['’](?:information|alerte|info)) titre",
)
_WEAK = words(
    "(?:tells?|puts?|has|had)_it specified specifies recalled recounted recounts reiterated remarked observed cautioned lamented boasted trumpeted proclaimed proclaims hinted suggests clarified estimated estimates calculated described describes contends contended divulged printed posted tells",
    "narr(?:[oóa]|aron) plante(?:[oóa]|aron) constat(?:[oóa]|aron) ratific(?:[oóa]|aron) enumer(?:[oóa]|aron) cifr(?:[oóa]|aron) calcul(?:[oóa]|aron) concluy[oó] concluye sugiri[oó] sugiere insinu[oó] cuenta cuentan resumi[oó] resume jur(?:[oóa]|aron) avan[cç](?:ou|a|aram) referiu refere precis(?:ou|a) assinal(?:ou|a) reiter(?:ou|a) sustenta descreve(?:u)? calcul(?:ou) conclui(?:u)? sugere sugeriu garant(?:iu|e) assegur(?:ou|a) d[eé]crit expose observe observ[eé] constate constat[eé] conclut sugg[eè]re r[eé]sume",
    "added adds commented adds notes agreg(?:[oóa]n?|aron) a[nñ]adi(?:[oó]|eron) a[nñ]aden? record(?:[oóa]n?|aron) cont[oó] muestran? mostr[oó] describi[oó] estim(?:[oóa]|aron)",
    "acrescenta lembrou lembra mostra contou estimou explica mostrou note(?:nt)? not[eé] rel[eè]ve relev[eé] estime estim[eé] rappelle rappel[eé] montre montr[eé] [eé]voque",
)
_FOOTAGE = words(
    "footage diagrams? maps? images? video pictures im[aá]genes imagens v[ií]deos? cenas fotos fotograf[ií]as? reportaje reportagem informe entrevista reportage images? entretien documento"
)
_SHOWED = (
    words(
        "mostr[oó] exhibi[oó] emiti[oó] transmiti[oó] mostrou exibiu transmitiu mostraram exibiram montr[eé] diffus[eé] diffuse montre shows displayed displays muestra mostra exibe airs"
    )
    + rf"(?=(?:\s+[^\s.;]+){{0,5}}?\s+{_FOOTAGE}\b)"
    + r"|(?:mostr(?:[oó]|aron|ou|aram)|montr[eé])(?=\s+(?:al?|o|la|el|los|las|les?|un|una|uma|une|des|c[oó]mo|comment)\s|\s+l['’])"
)
_SAYING = r"(?=\s*(?:$|[,:;.“\"«—–])|(?:\s+[^\s.;]+){0,4}?\s+(?:that|que|como|comment|qu['’]))"
_TOO = r"(?:\s+(?:aussi|[eé]galement|encore|m[eê]me|notamment|tambi[eé]n|adem[aá]s|incluso|hasta|tamb[eé]m|ainda|at[eé]|also|even))?"
_SPEAKS = (
    rf"(?:(?:[eé]voque|mentionne|d[eé]nombre|chiffre)(?:nt)?{_TOO}\s+(?:(?:le|la|les|une?|des|du|ce|cette|ces|son|sa|ses|[aà]|quelque|plus|au|plusieurs|\d+)\b|l['’]|d['’])|(?:fait{_TOO}\s+(?:[eé]tat|mention)|parle(?:nt)?{_TOO})\s+(?:de|des|du|d['’])"
    rf"|(?:hablan?|habl[oó]){_TOO}\s+de\b|(?:menciona|mencion[oó]|cifran?|cifr[oó]){_TOO}\s+(?:el|la|los|las|un[oa]?s?|en|al\s+menos|m[aá]s|\d+)\b|da\s+cuenta"
    rf"|fala(?:m|ou)?{_TOO}\s+(?:em|de|d[aoe]s?|n[ao]s?)\b|(?:menciona|mencionou|contabiliza|contabilizou){_TOO}\s+(?:os?|as?|uma?|ao\s+menos|pelo\s+menos|mais|\d+)\b"
    r"|(?:also\s+)?mentions\b|also\s+mentioned\b|sp(?:eaks|oke)\s+of\b|puts\s+(?:the|its)\b)"
)
"""What it speaks of: "teleSUR évoque aussi l'interpellation", "Xinhua puts the number at 60"."""
BEHIND = rf"(?:{_STRONG}|{_SHOWED}|{_WEAK}{_SAYING}|{_SPEAKS})"
"""Those that tell outright; those that show something, where pictures follow; those that mean much else, where a clause follows."""
_BEFORE_VERB = words(
    "has have had also ha han hab[ií]a hab[ií]an tambi[eé]n tamb[eé]m a ont avait l['’]a later earlier first hoy ayer yesterday today on this este esta nesta neste ce en su its",
    "il elle qui que which that who quien quienes quem (?:el|la|los|las)_que [eé]galement aussi igualmente adem[aá]s ainda en_exclusiva (?:mon|tues|wednes|thurs|fri|satur|sun)day,? (?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)",
    "(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) (?:segunda|ter[cç]a|quarta|quinta|sexta)(?:-feira)?",
)

# --- What speaks against it. ---

_FALSE = words(
    "false fake bogus untrue mislead\\w+ fals[oa]s? enga[nñ]os[oa]s? ma?nipulad[oa]s? enganos[oa]s? fauss?e?s? trompeu\\w+ mensong\\w+ infundad[oa]s? unfounded doctored"
)
_NEWS = words(
    "stor(?:y|ies) news claims? reports? information videos? footage posts? rumou?rs? notici\\w+ informaci\\w+ v[ií]deos? versi\\w+ informa[cç]\\w+",
    "not[ií]cias? boatos? bulos? informations? nouvelles? images? im[aá]ge[nm]\\w* rumeurs? publica\\w+ contenidos? conte[uú]dos?",
)
_DENIES = words(
    "den(?:ied|ies) reject(?:ed|s) dismiss(?:ed|es) refut\\w+ disput(?:ed|es) debunk\\w* criticis?z?(?:ed|es) condemned slammed mocked",
    "desm[ie]+n\\w+ neg[oó] niega rechaz[oóa] refut\\w+ critic[oóa] conden[oóa] cuestion[oóa] desmentiu nega negou rebateu critica criticou d[eé]ment\\w* r[eé]fut\\w* critique condamn\\w+",
)
_A_REPORT = words(
    "reports? stor(?:y|ies) claims? articles? broadcasts? footage lo publicado publicad[oa]s? informaci\\w+ informa[cç]\\w+ versi\\w+ notici\\w+ not[ií]cias? nota reporte reportaje",
    "reportage\\w* informations? d[eé]p[eê]che difundid[oa]",
)
FALSEHOOD = re.compile(
    rf"\b(?:{_FALSE}(?:\s+\S+){{0,3}}\s+{_NEWS}|{_NEWS}(?:\s+\S+){{0,3}}\s+{_FALSE}|{_DENIES}\s+(?:\S+\s+){{0,4}}{_A_REPORT}\b"
    r"|falsely|fact[- ]check|hoax|disinformation|misinformation|fake\s+news|propaganda"
    r"|contrary\s+to\s+what|contrari\w+\s+a\s+lo\s+que|a\s+diferencia\s+de\s+lo|ao\s+contr[aá]rio\s+do|contrairement\s+[àa]"
    r"|desinforma\w+|d[eé]sinformation|infox|bulo|[eé]s\s+enga[nñ]\w+)",
    re.IGNORECASE,
)
"""News that is called false, or a report that is denied: what is then told of the name is about it."""

LONG_AGO = re.compile(
    r"\b(?:(?:last|previous)\s+(?:year|decade|month|week|spring|summer|autumn|winter)|(?:years?|months?|decades?|weeks?)\s+(?:ago|earlier|before)"
    r"|(?:in|since|by|during|en|desde|em|depuis)\s+(?:[a-zçéû]+\s+(?:de\s+)?)?(?:19|20)\d\d|(?:el|en|no|na)\s+(?:a[nñ]o|mes|semana|ano|m[eê]s)\s+pasad[oa]|la\s+semana\s+pasada"
    r"|(?:hace|h[aá])\s+(?:\S+\s+){1,2}(?:a[nñ]os?|meses|mes|anos?|m[eê]s|semanas?)|no\s+ano\s+passado|no\s+m[eê]s\s+passado|em\s+(?:janeiro|fevereiro|mar[cç]o|abril|maio|junho|julho|agosto)"
    r"|en\s+(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto)|en\s+su\s+momento|l['’]an(?:n[eé]e)?\s+(?:dernier|pass[eé])e?|il\s+y\s+a\s+(?:\S+\s+){1,2}(?:ans?|mois|semaines?))",
    re.IGNORECASE,
)

_DATED_BACK = (
    "(?:"
    + LONG_AGO.pattern[2:]
    + r"|(?:in|back\s+in|en|em)\s+(?:january|february|march|april|may|june|july|august|september|october|november|december|setiembre|septiembre|octubre|noviembre"
    r"|diciembre|setembro|outubro|novembro|dezembro|janvier|f[eé]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[eé]cembre)\b|(?:last|previous)\s+(?:january|february|march|april|may"
    r"|june|july|august|september|october|november|december)|el\s+(?:a[nñ]o|mes)\s+anterior|(?:la|le)\s+(?:semaine|mois)\s+(?:derni[eè]re?|pass[eé]e?)|na\s+semana\s+passada|d[ií]as\s+(?:atr[aá]s|antes)"
    r"|hace\s+(?:unos\s+)?d[ií]as|h[aá]\s+(?:alguns\s+)?dias|on\s+the\s+eve|(?:en\s+(?:la\s+)?|na\s+)v[ií]spera|na\s+v[eé]spera|en\s+v[ií]speras|[àa]\s+la\s+veille|quelques\s+jours\s+(?:plus\s+t[oô]t|avant)|days\s+(?:ago|earlier|before))"
)
SAID_BACK_THEN = re.compile(
    rf"^\s+(?:{words('reported said wrote told back published aired inform[oó] public[oó] dijo disse informou publicou rapport[eé]')}\s+)?{_DATED_BACK}",
    re.IGNORECASE,
)
"""Behind a name: the day on which it was told it, long before the news (no comma: "according to TASS, in 2019 ..." is the news)."""
SAID_YEARS_AGO = re.compile(
    r"^\s+(?:(?:back\s+)?(?:in|en|em)\s+(?:[a-zçéû]+\s+(?:de\s+)?)?(?:19|20)\d\d\b|last\s+year|(?:el|en\s+el)\s+a[nñ]o\s+pasado|no\s+ano\s+passado|l['’]an(?:n[eé]e)?\s+(?:dernier|pass[eé])e?"
    r"|(?:\S+\s+)?(?:years?|decades?)\s+(?:ago|earlier|before)|(?:hace|h[aá])\s+\S+\s+(?:a[nñ]os?|anos?)|il\s+y\s+a\s+\S+\s+ans?)",
    re.IGNORECASE,
)
_BACK = words(
    "already earlier previously once long before in_the_past first ya antes anteriormente previamente entonces ent[oõ]n?c?es? j[aá] d[eé]j[aà] auparavant pr[eé]c[eé]demment jadis"
)
PLUPERFECT = re.compile(
    rf"\b(?:had|hab[ií]an?|havia|haviam|tinham?|avai(?:t|ent)|[eé]tait|[eé]taient|fora|foram)\s+(?:{_BACK}\s+|been\s+|[eé]t[eé]\s+|sido\s+){{0,3}}$|\b(?:earlier|previously|anteriormente|previamente|pr[eé]c[eé]demment|auparavant)\s+$",
    re.IGNORECASE,
)
"""Before the phrase: he had told it before."""
PLUPERFECT_TOLD = re.compile(
    r"^,?\s+(?:had|hab[ií]an?|havia|tinha|avai(?:t|ent))\s+\w+|\b(?:diss|fiz|soub)era\b|\b(?:afirm|declar|cont|defend|relat|explic|revel|confirm|coment|adiant|admit|garant|anunci|inform)[aei]ram?\s+(?=(?:à|ao|que|a\s)|[\"“«])",
    re.IGNORECASE,
)
IN_INTERVIEW = re.compile(r"\b(?:interview|entrevista|entretien|entrevue|conversa)\w*", re.IGNORECASE)
EARLIER_TOLD = re.compile(
    rf"^,?\s+(?:had|hab[ií]an?|havia|tinha|avai(?:t|ent))\s+(?:{_BACK}\s+\w+|\w+\s+(?:{_BACK}|{_DATED_BACK})\b)", re.IGNORECASE
)
BEGINS_INTERVIEW = re.compile(r"\b(?:in|en|em|dans)\s+(?:an?|una?|uma|une?)?\s*(?:interview|entrevista|entretien|entrevue)", re.IGNORECASE)
MANY = re.compile(r"(?:aron|ieron|aram|eram|iram|[eè]rent|ent)$", re.IGNORECASE)
HAD_DONE = re.compile(
    r"^[^.;]{0,60}?(?:,|\s)(?:\S+\s+){0,5}?(?:(?:had|hab[ií]an?|havia|tinha|avai(?:t|ent))\s+(?:\w+\s+)?\w+(?:ed|id|[aeío]do|d[oa]|ho|to|[eé]|i|u|it)\b|(?:afirm|declar|defend|diss|prome|diz|ped|promet|cont|explic)[aei]ra\b)",
    re.IGNORECASE,
)
"""Behind an interview's bearer: what was said in it had been said before."""

CHECKS = re.compile(
    r"^\W*(?:no,|non,|n[aã]o,|fact|falso\b|false\b|faux\b|fake\b|(?:it|this|that)\s+(?:is|isn)\W?t?\s+(?:false|fake|untrue)|(?:no\s+)?es\s+(?:falso|cierto\s*\?)|[eé]\s+(?:falso|fake|#?fake)|verifica|chequeo|checa|checamos|vrai\s+ou\s+faux|enga[nñ]os[oa]|enganos[oa]|misleading|trompeur|missing\s+context|sin\s+contexto|fora\s+de\s+contexto|sorti\s+de\s+son\s+contexte|#\w*(?:chequea|chequeo|verific|checa|check|fact|fals[oa]|fake)\w*"
    r"|(?:es|son|[eé]|s[aã]o|c['’]est|it['’]?s|this\s+is|it\s+is)\s+(?:\w+\s+)?(?:enga[nñ]os[oa]s?|enganos[oa]s?|mentira|montaje|montagem|fals[oa]s?|trompeu(?:r|se)|faux|mensonger|misleading|untrue|false))"
    r"|\bpinocchios?\b|\bfact[- ]?check|\bchecagem|\bverificaci[oó]n\s+de\s+datos|\bd[eé]sintox",
    re.IGNORECASE,
)
"""A headline or a first sentence that checks what others told."""
_CLAIMS = words(
    "says? said affirm\\w* claim\\w* report(?:s|ed) suggest\\w* alleg\\w* assert\\w* announced? stated? wrote writes insist\\w* dij[oe]\\w* dice dicen afirm\\w* asegur\\w* sostiene\\w* sostuvo inform\\w* report[oó] public[oó]u? publica anunci\\w* aleg\\w* se[nñ]al\\w*",
    "disse\\w* diz dizem assegur\\w* sustent\\w* divulg\\w* escrev\\w* escrib\\w* dit [eé]crit pr[eé]ten\\w* assur\\w* rapport\\w* soutien\\w* annonc\\w*",
)
ASKS_WHETHER = re.compile(
    rf"\b(?:as|como|comme|conforme)\s+(?:l['’]\s?)?(?:(?:(?:lo|ha|a|le|la)\s+)*{_CLAIMS}(?!\w)[^?¿,]{{2,60}}|[^?¿,]{{2,60}}\b{_CLAIMS}(?:\s+\w+)?)\s?\?$",
    re.IGNORECASE,
)
"""A headline that asks whether somebody told the truth: "Did he resign, as RT claims?"."""
VERDICT = re.compile(
    r"(?:(?<=[.!?]\s)|\n)(?:(?:our|the|this|that|la|esta|esa|nuestra|a|essa|l['’]|cette|notre)\s*)?(?:(?:claim|assertion|statement|rating|verdict|afirmaci[oó]n|aseveraci[oó]n|informaci[oó]n|versi[oó]n|afirma[cç][aã]o|informa[cç][aã]o|alega[cç][aã]o|affirmation|information|all[eé]gation)\s*)?"
    r"(?:(?:is|es|[eé]|est|c['’]est|it['’]s|it\s+is|esto\s+es|eso\s+es|isso\s+[eé]|isto\s+[eé])\s+|:\s*)(?:#\s?)?(?:false|untrue|fake|fals[oa]|enga[nñ]os[oa]|enganos[oa]|faux|fausse|infond[eé]e|trompeur|trompeuse|misleading)\s*(?:[.:;!\n]|$)",
    re.IGNORECASE,
)
"""A sentence in which the paper itself judges what was told before it: "La afirmación es falsa: ..."."""
FALSE_THAT = re.compile(
    r"\b(?:(?:is|was|are)\s+(?:false|untrue|fake|not\s+true)|(?:false|untrue|wrong)\s+that|(?:es|[eé]|era|resulta)\s+(?:fals[oa]|mentira|enga[nñ]os[oa]|enganos[oa])|no\s+(?:es|era)\s+(?:cierto|verdad)|n[aã]o\s+[eé]\s+(?:verdade|certo)"
    r"|(?:c['’]|il\s+|qu['’]il\s+)?est\s+faux|n['’]est\s+pas\s+vrai|falsely|falsamente|a\s+tort|à\s+tort)\b",
    re.IGNORECASE,
)
FOUND_OUT = re.compile(
    r"\b(?:(?:is|was|were|are)\s+(?:false|fake|untrue|misleading|fabricated)\b|(?:does|did|do)(?:\s+not|n['’]t)\s+show"
    r"|our\s+(?:review|analysis|check|verification|research)|reverse\s+image|no\s+(?:muestra|corresponde|es\s+(?:real|actual))\w*|b[uú]squeda\s+inversa"
    r"|(?:[eé]|s[aã]o)\s+(?:na\s+verdade\s+)?fals\w+|n[aã]o\s+(?:mostra|corresponde)\w*|ne\s+montr\w+\s+pas)",
    re.IGNORECASE,
)
"""Behind a name: what it showed was something else."""
TAKEN_ELSEWHERE = re.compile(
    r"\b(?:(?:was|were)\s+(?:actually\s+|in\s+fact\s+|really\s+)?(?:filmed|shot|recorded|taken|staged|doctored|edited|generated|made)\b|(?:is|was|were|are)\s+(?:years\s+|months\s+)?old\b|dates?\s+(?:from|back)"
    r"|(?:fue|fueron|era|eran)\s+(?:en\s+realidad\s+)?(?:grabad|filmad|tomad|manipulad|editad|generad|antigu)\w+"
    r"|(?:foi|foram|[eé]|s[aã]o)\s+(?:na\s+verdade\s+)?(?:gravad|filmad|feit|manipulad|editad|gerad|antig)\w+"
    r"|(?:a|ont)\s+[eé]t[eé]\s+(?:en\s+r[eé]alit[eé]\s+)?(?:film|tourn|truqu|manipul|pris|g[eé]n[eé]r|enregistr)\w+|date(?:nt)?\s+(?:de|d['’]))",
    re.IGNORECASE,
)
"""The same of pictures only: a sailor too is taken, to hospital, and "la date de son arrestation" is no verb."""
TELLS_THAT = re.compile(r"^[”\"»]?\s+(?:(?:a|ha|has|had|hab[ií]a)\s+)?\S+\s+(?:that|que|qu['’])", re.IGNORECASE)
PICTURED = re.compile(
    rf"\b(?:{_FOOTAGE}|clips?|photos?|photographs?|clich[eé]s?|posts?|screenshots?|capturas?|grabaci[oó]n|grava[cç][aã]o|filma[cç][aã]o|filmaci[oó]n|recordings?|broadcasts?|publica\w+|mapas?|cartes?|micro)\b",
    re.IGNORECASE,
)
_REMARKS = words(
    "interviews? remarks? comments? statements? words broadcasts? claims? clips? videos? footage reports? programmes? programs? documentar(?:y|ies) appearances? coverage",
    "entrevistas? dichos declaraciones palabras afirmaciones expresiones comentarios reportajes? cobertura programas? falas? declara[cç][oõ]es afirma[cç][oõ]es coment[aá]rios reportage(?:m|ns)",
    "entretiens? propos d[eé]clarations? paroles interventions? [eé]missions? reportages? images? im[aá]genes imagens",
)
_SPOKEN = words(
    "interviews? remarks? comments? statements? appearances? entrevistas? dichos declaraciones palabras falas? declara[cç][oõ]es entretiens? propos d[eé]clarations?"
)
_REACTS = (
    r"(?:anger(?:ed|s)|enrag(?:ed|es)|outrag(?:ed|es)|infuriat\w+|sparked|drew|dr(?:aw|ew|awn)|caused|prompted|provok\w+|trigger\w+|embarrass\w+|upset|shocked|backfired|indign[oó]\w*|enfureci\w+|irrit(?:ou|[oó]|[eé]|ent)\b|desat[oó]\w*|gener[oó]u?\b|provoc[oó]u?\b|provocaron|caus[oó]u?\b"
    r"|molest[oó]\b|despert[oó]u?\b|suscit[oó]u?\b|revolt(?:ou|aram)|(?:a|ont)\s+(?:provoqu|indign|suscit|irrit|d[eé]clench|choqu|r[eé]volt|scandalis)[eé]e?s?|fait\s+(?:scandale|pol[eé]mique))"
)
REACTION_BEHIND = re.compile(rf"^(?:\s+(?:on\s+)?\w+){{0,4}}?\s+(?:has\s+|have\s+|ha\s+|han\s+)?{_REACTS}", re.IGNORECASE)
"""A programme that somebody is angry about: "An interview aired by RT angered ..."."""
_CRITICISES = (
    r"(?:criti[cq]\w+|cuestion\w+|question(?:ed|s|aram|ou)|denunci\w+|denounc\w+|d[eé]nonc\w+|repudi\w+|rechaz\w+|rejected|reject|conden\w+|condemn\w+|condamn\w+|slam(?:s|med)|blast(?:s|ed)|mock(?:s|ed)|ridicul\w+|deplor\w+|lament(?:ed|aram|aron)|repreend\w+|reprimand\w+"
    r"|repro(?:ch|v)\w+|fustig\w+|d[eé]plor\w+|moqu[eé]\w*|moqu(?:e|ent)|burl(?:[oó]|aron|an)|polemi[cz]\w+|pol[eê]mic\w+|pol[eé]mique|controvers\w+|outcry|backlash|furore?|uproar|fury|anger|outrage|indignaci[oó]n|indigna[cç][aã]o|indignation|toll[eé]|repudio|rep[uú]dio|revolta|esc[aá]ndalo|esc[aâ]ndalo|scandale|complain\w+|protest\w+)"
)
_OBJECT = rf"(?:\s+(?:de|d['’]|over|about|against|at|the|an?|his|her|their|its|por|pel[ao]s?|con|com|contra|sobre|la|las|los|el|lo|un|una|uma?|os?|as?|les?|des|du|une|ses|son|sa|sus?|seus?|suas?|l['’]|recent|recientes|recentes|recents|televised|exclusive|polémic[ao]s?)){{0,4}}\s+(?:l['’]|d['’])?{_REMARKS}\b"
CRITICISED = re.compile(rf"\b(?P<act>{_CRITICISES}){_OBJECT}[^.;:«»“”\"]{{0,70}}$", re.IGNORECASE)
"""Before a name: somebody takes offence at what was said to it."""
DENIED_REPORT = re.compile(
    rf"\b{_DENIES}\s+(?:[^\s,.;:]+\s+){{0,3}}?{_A_REPORT}(?:\s+{_MADE})?\s+(?:by|in|of|from|de|del|en|por|d[aeo]|pel[ao]|na|no|du|par|dans)\s+{BETWEEN}$",
    re.IGNORECASE,
)
"""Before a name: "refuted an article published by"."""
CRITICISES_NEXT = re.compile(
    rf"\b(?:{_CRITICISES}|rejects|dismiss(?:ed|es)|refut(?:ed|es)|den(?:ied|ies)|disput(?:ed|es)|debunk(?:ed|s)|call(?:ed|s)|label(?:led|ed|s)|brand(?:ed|s)|term(?:ed|s)|describe[ds])\s+"
    rf"(?:(?:this|that|recent|latest|exclusive|les|las|los|os|as)\s+)*{BETWEEN}$",
    re.IGNORECASE,
)
ITS_REPORT = re.compile(rf"^(?:['’]s)?\s+(?:\w+\s+)?{_REMARKS}(?!\w)|^(?:['’]s)?\s+(?:\w+\s+)?(?:stor(?:y|ies)|articles?)\b", re.IGNORECASE)
"""Before and behind a name: "criticised a Reuters report"."""
ALSO_TOLD = re.compile(
    r"^(?:[^.]{0,6},)?\s*(?:,\s*)?(?:in\s+which|where|en\s+(?:la|el)\s+que|en\s+(?:la|el)\s+cual|en\s+donde|na\s+qual|no\s+qual|em\s+que|dans\s+l(?:aquelle|equel)|o[uù])\b",
    re.IGNORECASE,
)
AFTER_REMARKS = re.compile(
    rf"\b(?<!['’])(?:over|following|because\s+of|regarding|about|against|debido\s+a|a\s+ra[ií]z\s+de|(?<!d[oa]\s)(?<!d[oa]s\s)por|tras|ap[oó]s|depois\s+de|por\s+causa\s+d[aoe]|devido\s+[àa]|apr[eè]s|suite\s+à|à\s+cause\s+de)"
    rf"(?:\s+(?:the|an?|his|her|their|its|la|las|los|el|un|una|uma?|os?|as?|les?|des|une|ses|son|sa|sus?|seus?|suas?|d['’]|l['’])){{0,2}}\s+(?:\w+\s+)?(?:l['’]|d['’])?{_SPOKEN}\b[^.;:,«»“”\"]{{0,50}}$",
    re.IGNORECASE,
)
"""What happened for an interview's sake: the interview is the subject."""

_HOUSE = words(
    "office bureaus? bureau headquarters employees staff licen[cs]e channels? journalists? correspondents? reporters? audience broadcasts? newsroom photographers? cameram[ae]n crew studios?",
    "sede oficinas? canal se[nñ]al periodistas? corresponsal(?:es)? empleados trabajadores plantilla audiencia emisi[oó]n emisiones redacci[oó]n licencia personal",
    "escrit[oó]rios? jornalistas? correspondentes? funcion[aá]rios equipe sinal audi[eê]ncia licen[cç]a",
    "locaux salari[eé]s journalistes? correspondante?s? [eé]missions? antenne licence r[eé]daction estudios? est[uú]dios?",
)
_SHEDS = words(
    "despedir[aá]? despidi[oó] despedido despidiendo contratar[aá]? contrat[oó] contratado prescindir[aá]?_de dejar[aá]?_de_(?:emitir|transmitir|publicar|imprimir)",
    "demitir[aá]? demitiu demitindo contratou deixar[aá]?_de_(?:emitir|transmitir|publicar|circular)",
)
"""What only a house does: with no subject before it, the house that tells it."""
_OF_A_HOUSE = words(
    "closure closing shutdown end bankruptcy liquidation launch relaunch return exit departure withdrawal expansion anniversary dissolution cierre cese fin quiebra liquidaci[oó]n salida regreso retorno despedida lanzamiento estreno llegada expansi[oó]n aniversario",
    "disoluci[oó]n suspensi[oó]n fechamento encerramento fim fal[eê]ncia liquida[cç][aã]o sa[ií]da volta chegada lan[cç]amento estreia expans[aã]o anivers[aá]rio dissolu[cç][aã]o suspens[aã]o fermeture faillite liquidation d[eé]part retour lancement arriv[eé]e",
    "anniversaire dissolution disparition arr[eê]t suspension",
)
"""What befalls a house: "RT France annonce sa fermeture"."""
_DEAL = words(
    "agreement partnership deal alliance memorandum apology redundancies lay-?offs error mistake appointment acuerdo alianza convenio asociaci[oó]n error despidos disculpas nombramiento",
    "parceria acordo conv[eê]nio erro demiss[oõ]es desculpas nomea[cç][aã]o accord partenariat alliance erreur licenciements excuses nomination",
)
_ARRANGES = (
    rf"(?:\s+(?:on|this|el|este|nesta|na|ce)?\s?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|hoy|ayer|hoje|ontem|(?:segunda|ter[cç]a|quarta|quinta|sexta)(?:-feira)?"
    rf"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche))?\s+(?:an?\s+|the\s+|its\s+|un[ae]?\s+|uma?\s+|el\s+|la\s+|los\s+|las\s+|o\s+|os\s+|as\s+|les?\s+|des\s+|sus?\s+|seus?\s+|son\s+|ses\s+|l['’])?(?:new\s+|nuev[oa]\s+|nov[oa]\s+|nouvel(?:le)?\s+)?{_DEAL}\b"
    rf"(?!\s+(?:between|among|entre)\b)"
)
"""What a house arranges: "announced a partnership with a university"."""
OF_ITSELF = re.compile(
    r"^.{0,12}?\s*(?:that|que|qu['’])?\s*(?:it|they|elle)\s+(?:would|will|had|has|was|is|could|must|va)\b"
    r"|^\s*,?\s*(?:in\s+a\s+statement\s+that\s+(?:it|its)|em\s+nota\s+que|en\s+un\s+comunicado\s+que|dans\s+un\s+communiqu[eé]\s+que)"
    rf"|^\s*(?:que\s+)?(?:(?:ha|va|vai|irá|está)\s+(?:a\s+)?)?{_SHEDS}\b"
    rf"|^.{{0,120}}?\b(?:its|their|sus?|seus?|suas?|son|sa|ses|leurs?)\s+(?:\w+\s+){{0,2}}?{_HOUSE}\b"
    rf"|^{_ARRANGES}"
    rf"|^.{{0,40}}?\b(?:abrir[aá]|cerrar[aá]|fechar[aá]|abre|cierra|fecha|closes?|opens?|launch\w*|lan[cç]a\w*|lanz\w+|estren\w+|ouvre|ferme|closure|opening|suspension|cierre|apertura|fechamento|abertura|suspensi[oó]n|suspens[aã]o|ouverture|fermeture|lancement)"
    rf"\s+(?:\w+\s+){{0,3}}{_HOUSE}\b"
    rf"|^\s*(?:que\s+)?(?:its|their|sus?|(?:[oa]s?\s+)?(?:seus?|suas?)|son|sa|ses|leurs?)\s+(?:\w+\s+)?{_OF_A_HOUSE}\b"
    rf"|^\s+(?:the\s+|el\s+|la\s+|o\s+|a\s+|le\s+|l['’])?{_OF_A_HOUSE}\s+(?:\w+\s+)?(?:of|d[aeo]|de)\s+(?:its|their|las?|sus?|(?:[oa]s?\s+)?(?:seus?|suas?)|son|sa|ses|leurs?)\b"
    rf"|^\s+{words('cesser suspendre fermer quitter licencier arr[eê]ter d[eé]poser mettre_fin devoir')}\b"
    r"|^\s+(?:its|their|sus?|seus?|suas?|ses|leurs?)\s+(?:subscribers|clients|customers|readers|viewers|suscriptores|clientes|lectores|televidentes|assinantes|leitores|telespectadores|abonn[eé]s|lecteurs)\b",
    re.IGNORECASE,
)
"""What follows a telling verb where the name speaks of its own house."""

_OBJECT = words(
    "advi?er\\w* advirt\\w* avert\\w* alert\\w* adm[ei]t\\w* admis recono\\w* reconhec\\w* reconnu reconna\\w* denunci\\w* descri[bv]\\w* estim\\w* avis\\w* critic\\w* avali\\w* lembr\\w* destac\\w* informou respond\\w* record\\w* defend\\w* observ\\w* apont\\w* lament\\w* d[eé]nonc\\w* anunci\\w*"
)
_BARE_OBJECT = words(
    "[eé]voq\\w* pr[eé]v\\w* rappel\\w* mentionn\\w* rel[eè]v\\w* met_en_garde mis_en_garde warn\\w* add\\w* acknowledg\\w* reveal\\w* apont\\w* confirm\\w* record\\w* re?s?salt\\w* salient\\w* indicou comunic\\w* registr\\w*"
)
NAMES_AN_OBJECT = re.compile(rf"^(?:{_OBJECT}(?:\s+al?)?|{_BARE_OBJECT})$", re.IGNORECASE)
"""A verb before a name that may have it for its object: "advirtió a RT", "a averti RT"."""
BY_IT = re.compile(rf"^\s+(?:{_WHEN}\s+){{0,4}}(?:pel[ao]s?|por|par|by)\b", re.IGNORECASE)
"""Behind such a verb where it is passive: "confirmado pela agência"."""
DONE_TO = re.compile(
    r"[\s'’](?:sanci[oó]n\w*|sanctions?|san[cç][oõ]es|bloque[oi]\w*|blocage|vetos?|prohibici\w+|proibi\w+|interdictions?|multas?|amendes?|censur[ae]\w*|ataques?|attaques?|agresi\w+|agress\w+|apoyos?|apoios?|soutien|respaldo|solidari\w+"
    r"|restric\w+|l[ií]mites|visit[ae]s?|acc?es+o|acc[eè]s|permisos?|autori[sz]a\w+|licen\w+|cr[ií]tic(?:a|as)|critiques?|homena\w+|hommage|pr[eé]mios?|pr[eê]mios?|prix|invita\w+|convites?|resp(?:uesta|osta)s?|r[eé]ponses?"
    r"|demandas?|juicios?|querellas?|plaintes?|process?os?|pagos?|subsidios?|subven\w+|financ\w+|ayudas?|ajudas?|aides?|amenaz\w+|amea[cç]\w+|menaces?|persecuci\w+|persegui\w+|hostiga\w+|castigos?|concesi\w+|concess\w+|asistencia|retorno|vuelta)\b",
    re.IGNORECASE,
)
"""Between a verb and its "a", what is done to the name: "anunció sanciones a RT"."""
ENDS_SAYING = re.compile(
    r"(?:[,”\"»’—–-]\s*|^\s*)(?:(?:a|ha|han|ont|avai(?:t|ent)|j[aá]|l['’]a|l['’]ont|as|como|comme|conforme|seg[uú]n(?:\s+lo)?|segundo|nos)\s+){0,2}$",
    re.IGNORECASE,
)
"""Before a verb that a statement precedes: "..., a averti"."""
SAYS_THAT = re.compile(r"^[”\"»]?(?:\s+[^\s.;,]+){0,3}?\s*(?:,?\s(?:que|qu['’])|:)", re.IGNORECASE)

TOLD_TO_DO = re.compile(
    r"^\s+(?:not\s+)?to\s+(?!date\b|day\b)[a-z]+|^\s+(?:that\s+)?it\s+must\b|^\s+que\s+(?:cese|retire|cierre|deje|abandone|pague)\w*\b",
    re.IGNORECASE,
)
OF_ITS_PERMIT = re.compile(
    rf"^[”\"»]?\s+(?:that|que|qu['’])\s*(?:its|sua?s?|seus?|son|sa|ses)\s+{words('licen[cs]e licen[cç][ií]?a licence visas? visados? vistos? se[nñ]al sinal signal accreditation acreditaci[oó]n credencia(?:l|mento) accr[eé]ditation')}\b",
    re.IGNORECASE,
)
"""What a house is told of itself: "informó a X que su visa no sería renovada"."""
_ADDRESS = words(
    "speech address rally ceremony meeting conference event parade mass acto discurso alocuci[oó]n mensaje evento rueda_de_prensa reuni[oó]n ceremonia",
    "transmisi[oó]n cadena jornada consejo ato pronunciamento cerim[oô]nia reuni[aã]o coletiva discours allocution c[eé]r[eé]monie r[eé]union meeting conf[eé]rence",
)
ON_AIR = re.compile(
    rf"\b{_ADDRESS}\b.{{0,50}}?\b(?:broadcast|carried|aired|shown|transmi\w+|emitid[oa]s?|exibid[oa]s?|difundid[oa]s?|diffus[eé]\w*|retransmi\w+)\s+(?:live\s+|en\s+directo\s+)?"
    r"(?:by|on|por|en|pel[ao]|na|par|sur|[àa])\b|\b(?:said|says|announced|appear\w+|spoke|speaking|speech|address)\s+on\b",
    re.IGNORECASE,
)
"""A speech that state television only showed: whoever watched it reports it himself."""
OFFICER = re.compile(
    r"^\s+(?:editors?|director|head|chief|boss|spokes\w+|staff|employees?|lawyers?|founder|owner|bureau|executives?|management)\b"
)

OWN_REPORTING = re.compile(
    r"\b(?:told|to|by|with|of)\s+(?:this\s+(?:newspaper|paper|news\s+agency|publication|outlet|reporter|magazine|website)|our\s+(?:reporter|correspondent|newspaper|newsroom))"
    r"|\b(?:a|con|por)\s+(?:este|nuestro)\s+(?:diario|medio|peri[oó]dico|portal|semanario|rotativo|reportero|corresponsal)|\b(?:a|por)\s+esta\s+(?:redacci[oó]n|casa|agencia|revista)"
    r"|\b(?:à|pela)\s+(?:nossa\s+)?reportagem\b|\b(?:a|ao|pelo)\s+(?:este|nosso)\s+(?:jornal|portal|site)"
    r"|\b(?:[àa]|par|de)\s+notre\s+(?:journal|r[eé]daction|reporter|journaliste|correspondante?)|\bnotre\s+journaliste|\b(?:[àa]|par)\s+ce\s+journal",
    re.IGNORECASE,
)

CITING = re.compile(
    rf"^{words('quot(?:ing|e[ds]) cit(?:ing|e[ds]) citando citant cita cit[oó]u? cite(?:nt)? (?:based|relying|drawing|leaning|building)_on on_the_(?:basis|strength|back)_of (?:picking|taking)_up con_base_en en_base_a sobre_la_base_de a_partir_de bas[aá]ndose_en apoy[aá]ndose_en retomando recogiendo reproduciendo basad[oa]_en com_base_em baseando-se_em basead[oa]_em reproduzindo repercutindo sur_la_(?:base|foi)_d(?:e|.une) [àa]_partir_d(?:e|.une) s.appuyant_sur se_(?:basant|fondant)_sur reprenant relayant haci[eé]ndose_eco_de')}\b",
    re.IGNORECASE,
)
"""Words before a name that somebody named before them speaks: "Reuters reported, citing X"."""
CITED_BY = re.compile(
    rf"^(?:as\s+|{_PIECE}\s+)?{words('(?:quoted|cited|carried|relayed|reported) citad[oa]s? recogid[oa]s? reproducid[oa]s? reproduzid[oa]s? retomad[oa]s? repris(?:e|es)? cit[eé]e?s? relay[eé]e?s?')}"
    r"\s+(?:by|por|pel[ao]s?|par)\b",
    re.IGNORECASE,
)
"""Words that make a name the carrier of what the name before them told: "according to X, cited by Reuters"."""
_PASSED = r"(?:repris|reprend|reprodui[st]|relay|relai|diffus|publi|cit[eé]|reprod|recog|retom|replic|repercut|difund|divulg|picked\s+up|carried|quoted|republish|reprint|published)\w*"
PASSED_ON = re.compile(
    rf"^[\s,(]*(?:dont|whose|cuy[oa]s?|cuj[oa]s?|(?:which|that|que|qu['’])\s+(?={BETWEEN}[A-ZÀ-Þ]))[^.;]{{0,60}}?\b{_PASSED}", re.IGNORECASE
)
"""From a name to the end of the words for the next: "à Tass, dont l'AFP a repris la dépêche"."""
PASSES_ON = re.compile(rf"\b(?:dont(?=\s)|(?:whose|cuy[oa]s?|cuj[oa]s?)\s+{_PIECE}\b)[^.;,]{{0,40}}$", re.IGNORECASE)
PASSED_IT_ON = re.compile(
    rf"^\s+(?:has\s+|a\s+|ont\s+|ha\s+)?{_PASSED}\b(?!\s+(?:les\s+propos|l['’](?:image|avis)|la\s+voix))", re.IGNORECASE
)
"""Before and behind the name that passes it on."""
SIDE_BY_SIDE = re.compile(
    rf"^[\s,(]*(?:(?:was|is|fue|es|foi|[eé]|a\s+[eé]t[eé]|est|and|y|e|et)\s+)?(?:(?:em|en|in|dans)\s+(?:(?:an?|un[oa]?|uma?|une)\s+)?(?:{_PIECE}\s+)?)?$",
    re.IGNORECASE,
)
_ACCORDING = r"(?:seg[uú]n|segundo|conforme|consoante|selon|d['’]apr[eè]s|according\s+to|de\s+acuerdo\s+(?:con|a)|(?:de|em)\s+acordo\s+com|as|como|comme)"
NEXT_SAYS = re.compile(rf"^[\"”»’]?,\s+{BETWEEN}$", re.IGNORECASE)
"""Between the name that was told it and the one that says so: "as saying by TASS, Reuters reports"."""
NEXT_CLAUSE = re.compile(rf"^[\"”»’)]*(?:\s+as\s+saying)?(?:,?\s+(?:(?:on|el|na|no|ce)\s+)?{_WHEN}){{0,4}}\s*,\s*$", re.IGNORECASE)
SAYS_IT_TOLD = re.compile(
    rf"^(?:{_ACCORDING}(?:\s+(?:lo\s+)?(?:que\s+)?(?:ha\s+|a\s+)?[a-zà-ÿ]+)?|(?!\w+\s+(?:to|al|à|ao|au)\s|\w+(?:ó|on|jo|ice)\s+a\s){TELLING})\s+{BETWEEN}$|^$",
    re.IGNORECASE,
)
"""From the end of what one tells to the next name, and that name's words: "informó IRNA, según recoge Efe"."""
IN_ONE_SENTENCE = re.compile(r"^[^.!?\n]{0,80}$")

# --- Credits: groups and lines that consist of names and of nothing but these words. ---

_MONTH = (
    "(?:" + "|".join("jan feb fev fév mar apr abr avr may mai maio jun juin jul juil aug ago août aout sep set oct out nov dec dic dez déc ene".split())
    + r")[a-zéçû]{0,8}\.?"
)  # fmt: skip
_FILLER = alternatives(
    r"""
    con (?:informaci[oó]n|informaciones|datos|reportes?|despachos?|notas?|material) (?:de|del)
    com (?:informa[cç][oõ]es|ag[eê]ncias?|dados|reportagem)(?: d[aeo]s?)?
    with (?:inputs?|reports?|reporting|information|material|files?|agency inputs) (?:from|by)
    avec|par|por|by|from|da|do|de|del|des?|with|com|con|via|v[ií]a|e|y|and|et|&|the|la|el|a|o|os|as|les?|las|los|l['’]|d['’]|for|para|pour
    redacci[oó]n|reda[cç][aã]o|r[eé]daction|agencias?|ag[eê]ncias?|agences?|agency|agencies|news agency|wires?|staff|news|web\s?desk
    de noticias|de not[ií]cias|de presse|noticias|not[ií]cias|internacional|international
    publicad[oa]|published|publi[eé]|posted|updated|actualizad[oa]|escrito|written|texto|text|autor|author|auteur|fuentes?|sources?|fontes?|origen|origem
    tomad[oa] de(?:l)?|tomado d[aeo]|extra[ií]do de|retirado d[aeo]|repris de|tir[eé] de|reproduzido d[aeo]s?|reproducido de(?:l)?
    (?:reprinted|republished|reproduced|taken|adapted) from|courtesy of|cortes[ií]a de
    informaci[oó]n de|informa[cç][oõ]es d[aeo]s?
    (?:nota|art[ií]culo|artigo|article|mat[eé]ria|reportagem|reportaje|reporting) (?:d[aeou]|del|by|from)|texte|writers?|primero en|courtesy|with permission from|agencias? internacionales|ag[eê]ncias internacionais
    contributed to this (?:report|story|article)
    (?-i:(?:[A-Z]\w+ ){1,3}News)(?=\s*/)
    [a-z]{2,4}\s?/\s*$
    [\w-]+\.(?:com|net|org|info|tv|es|br|ar|mx|ve|cu|ru|fr|pt)
    (?:all rights|todos los derechos|todos os direitos|tous droits) r[eé]serv(?:ed|ados|[eé]s)|derechos reservados|copyright|derechos de autor
    """
)
FILLER = re.compile(
    rf"\b{_FILLER}(?!\w)|\b[ld]['’](?=\w)|©|\(c\)|\b[a-z]{{2,4}}(?:/[a-z]{{2,4}})+\b|[\s/|,;:.()\[\]«»\"'“”*_+·•–—-]+|\d{{1,4}}(?:st|nd|rd|th)?|{_MONTH}",
    re.IGNORECASE,
)
_ROLE = words(
    "writers? staff_writers? correspondents? reporters? staff_reporters? journalists? special_correspondent contributor corresponsal(?:es)? enviad[oa]s?_especial(?:es)? redactor(?:a|es)? periodistas? reporter[oa]s? rep[oó]rter(?:es)? correspondentes? enviad[oa]s? jornalistas?",
    "redator(?:a|es)? journalistes? correspondante?s? envoy[eé]e?s?_sp[eé]cia(?:le?s?|ux) r[eé]dact(?:eur|rice)s? servicio_especial servi[cç]o_especial in em en [àa] au",
)
SIGNS = re.compile(r"[\W_]*(?:by|por|par|from|texto?:?|escrito por|written by|de notre correspondant)\s+(?=\S)", re.IGNORECASE)
SIGNER = re.compile(rf"\b(?i:{_ROLE})\b|(?-i:[A-ZÀ-Þ][\w'’.-]*)|\b(?-i:de|del|da|do|dos|la|las|los|van|von|bin|ben|al|el|du|y|e|and|et)\b")
"""A byline with a person and his agency: "By Xinhua writers Li Wenbo and Zhao Kai", "Por Ana Ruiz, corresponsal de Prensa Latina"."""
_CREDITED = alternatives(
    r"""
    (?:fuentes?|sources?|fontes?)\s?[:/|–—-]
    (?:tomado|extra[ií]do|reproducido|retomado|copiado) de(?:l)?:?
    (?:con|com) (?:informaci[oó]n|informaciones|datos|informa[cç][oõ]es|reportes?|despachos?) d(?:e|el|a|o|as|os):?
    (?:reproduzid|retirad|extra[ií]d)[oa] d[aeo]s?:?
    (?:publicad|difundid|aparecid|veiculad)[oa]s? originalmente (?:en|por|em|n[ao]|pel[ao])
    originalmente (?:publicad|difundid|veiculad)[oa]s? (?:en|por|em|n[ao]|pel[ao])
    (?:texto|nota|art[ií]culo|artigo|mat[eé]ria|reportagem) (?:fue |foi )?(?:publicad|tomad|reproduzid)[oa] (?:originalmente )?(?:de|en|por|em|n[ao]|pel[ao])
    (?:originally|first) (?:published|appeared|reported|released) (?:by|on|in|at)
    (?:reprinted|republished|reproduced|taken|adapted|sourced) from
    with (?:inputs?|reports?|reporting|information|files?|material) (?:from|by)
    courtesy of|cortes[ií]a de
    (?:initialement|originellement|originalement) (?:publi[eé]e?|parue?|diffus[eé]e?) (?:par|sur|dans)
    (?:publi[eé]e?|parue?) (?:initialement|originellement) (?:par|sur|dans)
    (?:repris|tir[eé]|traduit|reproduit) (?:de|du)
    """
)
PIECE_FIRST = re.compile(r"^(?:texto|nota|art|mat[eé]ria|reportagem)", re.IGNORECASE)
ENDS_PIECE = re.compile(r"^[\"”»’'*]?\s*(?:$|[.;:)\]|/\n–—-])")
"""A credit that names a piece, and what must follow it, for "o artigo publicado pela RT usa uma foto" is prose."""
_OF_THE = words(
    "the la el las los a o os as le les agencia ag[eê]ncia agence agency agencias de_noticias de_not[ií]cias de_presse site sitio portal canal diario jornal"
)
CREDIT_BEFORE = re.compile(rf"{_CREDITED}\s*(?:(?:{_OF_THE}\s+|l['’])\s*){{0,4}}$", re.IGNORECASE)
CLOSES = re.compile(r"[.!?…\"»”’]\s*(?:[(\[](?P<inside>[^()\[\]]{0,45})|[/|–—-]+\s*)$|^[a-z]{2,4}(?:/[a-z]{2,4}){1,4}\s*\(?$")
SIGNS_OFF = re.compile(r"[a-zà-ÿ0-9%)][.!?][\"»”’]?\s*(?:[(\[]|[/–—-]+\s?)$")
SENTENCE_STOP = re.compile(r"[a-zà-ÿ0-9%)][.!?][\"»”’]?\s+$")
LABEL = re.compile(r"[.!?…»”\"’](?=\s+[A-ZÀ-Þ(\[/|–—-])|\n|[(\[](?=[^()\[\]]*$)")
"""What divides a picture's label from the prose before it."""
PICTURE = re.compile(
    rf"\b{words('fotos? fotograf[ií]as? photos? photographs? pictures? pictured im[aá]ge[nm](?:e?s)? images? videos? v[ií]deos? cr[eé]ditos? cr[eé]dits? credits?')}\b"
    rf"|\b{words('captura ilustraci[oó]n ilustra[cç][aã]o illustration file archivo arquivo screenshot caption gr[aá]fico infograf[ií]a')}\b",
    re.IGNORECASE,
)

PICTURE_LINE = re.compile(
    rf"^[\W_]*(?:{PICTURE.pattern})\s*(?:[:/|©(–—-]|de\s+arch?ivo|de\s+arquivo|d['’]archives?|by\b|por\b|par\b|de\b)", re.IGNORECASE
)
"""A line that begins as a picture's caption or credit."""
CAPTION = re.compile(rf"(?:{PICTURE.pattern})\s?[:/(©]", re.IGNORECASE)
DAY = (
    rf"(?i:\d{{1,2}}(?:st|nd|rd|th|º|°|er)?\s*(?:de\s+|/)?(?:{_MONTH}|\d{{1,2}})(?:,?\s+(?:de\s+|del\s+)?\d{{4}})?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?)"
)
_PLACE_WORD = r"[A-ZÀ-ÞĀ-Ž][\w.'’/-]*"
_PLACE = (
    rf"{_PLACE_WORD}(?:[ ,]+(?:de|del|da|do|la|el|los|las|d['’]|du|des|le|{_PLACE_WORD})){{0,5}}(?:\s*[(\[][^()\[\]\n]{{2,30}}[)\]]){{0,2}}"
)
IN_PLACE = re.compile(rf"(?:,\s+|,?\s+(?:em|en|in|desde|from|[àa]|au|depuis|de)\s+){_PLACE}[\W_]*$")
"""A byline's place at its end: "Da agência X, em Y", "Agence X, Y"."""
PLACE_FIRST = re.compile(
    rf"^[\W_]*{_PLACE}\s*[,|–—-]\s*(?=(?:d[aeo]|del?|por|by|par|from|com|con|with|avec|ag[eê]n)\b)"
    rf"|^[\W_]*(?:{_PLACE}\s*\||[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{{2,30}}?\s*(?:,|\s[–—-]))\s+"
)
DATELINE_BEFORE = re.compile(rf"^[\W_]*(?:{_PLACE})?[\s,.;:/–—-]*(?:{DAY})?[\s,.;:/|–—-]*$")
DATELINE_AFTER = re.compile(r"^\s*(?:$|[-–—:.,|/]|[A-ZÀ-Þ0-9¿¡\"«“‘'(])")
HAS_DAY = re.compile(DAY)
_SECTION = words(
    "NEWS WORLD BUSINESS POLITICS OPINION SPORTS? MEDIA NOTICIAS MUNDO INTERNACIONAL POL[IÍ]TICA ECONOM[IÍ]A OPINI[OÓ]N DEPORTES MEDIOS MERCADO ESPORTES? OPINI[AÃ]O M[IÍ]DIA MONDE POLITIQUE [EÉ]CONOMIE SPORT M[EÉ]DIAS"
)
_CAPITAL_WORDS = r"[A-ZÀ-Þ]{2,}(?:[ -][A-ZÀ-Þ]{2,}){0,2}"
BEHIND_BAR = re.compile(
    rf"^[\W_]*(?!{_SECTION}\s*\|)[A-ZÀ-Þ][A-ZÀ-Þ .,'’()-]{{2,30}}?(?: (?:[eyE]|et|and) [A-ZÀ-Þ .'’]{{3,30}}?)?\s*\|\s*(?P<names>{_CAPITAL_WORDS}(?:(?:\s*[,/]\s*|\s+(?:[eyEY]|et|and)\s+){_CAPITAL_WORDS}){{0,2}})(?=\s|$)"
)
"""``PEQUIM | XINHUA A Administração``: a place in capitals, a bar, agencies in capitals."""
IN_NAMES = re.compile(rf"{_CAPITAL_WORDS}")
NAME_FIRST = re.compile(r"^\s*\|\s*[A-ZÀ-Þ][\w.'’ ()-]{2,30}?(?:\s*$|\s*[|–—-]\s|\.\s*[–—-]?\s*(?=[A-ZÀ-Þ]))")
"""Behind an agency before the place: "EFE | Lima"."""
NAME_THEN_TEXT = re.compile(r"^(?:\s+(?:news\s+agency|agency))?\s*(?:\.?\s*[–—-]+\s|/\s?|\|\s|\.[–—-]|:\s|\.\s(?=[A-ZÀ-Þ«“\"]))")
GROUP = re.compile(r"\(([^()\n]{2,80})\)|\[([^\[\]\n]{2,80})\]|(?<!\w)/ ?([^/()\n]{2,40}?) ?/")
DATELINE_STROKE = re.compile(r"^\s*\.?\s*[-–—]{1,2}\s*(?=[A-ZÀ-Þ0-9¿¡\"«“‘'])")
AGENCY_LETTERS = re.compile(r"^[A-Z]{3,5}$")
NO_AGENCY = frozenset(
    "UTC GMT EST EDT PST PDT CET BRT ONU OTAN NATO OEA OAS OMS OMC OPEP OPEC OIT FMI IMF BID IDB BCE ECB UNO UE EEUU USA EUA URSS USSR DPRK RPDC FIFA UEFA COI IOC NBA NFL MLB"
    " PSUV MUD PCV PSOE UCR PRO PRI PAN PRD PDT PSDB PSB PSOL PSD MDB PMDB PTB PSL MAS FSLN FMLN ARENA FPL APRA FARC ELN PCC PCCH PLD PRM CPC CPV CDU SPD LFI LREM"
    " ARG AUS AUT BAR BEL BLR BOL BRA CAN CHI CHL CHN COL CRC CRI CUB CZE DEN DOM ECU EGY ENG ESA ESP FRA GBR GER GRE GUA GUY HAI HON HUN IND INA IRI IRN IRQ IRL ISR ITA JAM JPN KOR"
    " MEX NCA NED NIC NOR NZL PAN PAR PER POL POR PRK PUR QAT ROU RSA RUS SCO SUI SRB SUR SWE SYR TRI TUR UAE UKR URU VEN VIE WAL DJ HOST LIVE FOTO FOTOS PHOTO VIDEO UPDATE COVID CEO PIB GDP"
    " OPINION LEAD SEO PDF FAQ VIP ONG NGO NASA FBI CIA DEA NSA DHS ICE FDA CDC WHO ACNUR CIDH IACHR CAF CELAC ALBA STF STJ TSE TSJ CNE IBGE AKP PSG NYSE BVC MLS ATP WTA FIA IEA AIE"
    " IAEA OIEA AIEA BRICS ASEAN EBC SEBIN DGCIM GNB FANB FAES PNB INE INEC DGSE BBVA GDF UFRJ UNAM USP MIT UCLA UCV".split()
)
"""Capitals in brackets behind a place that are an hour, an organisation, a party or a country, and no agency."""
SENTENCE_END = re.compile(
    r"(?=[.!?…])(?<!\b[A-Z])(?<!\b(?:Mr|Dr|Sr|No|St|EE|UU))(?<!\b(?:Mrs|Nov|Oct|Dec|Jan|Feb|Sra|Gen|nov|oct|dic|dez|out|fev|feb|ene|jan))"
    r"[.!?…]+[\"»”’')\]]*\s+(?=[A-ZÀ-Þ¿¡\"«“‘'(0-9])|\n+"
)

# --- State media that nobody names. ---

_STATE = words(
    "state(?:-?(?:run|owned|controlled|backed|funded|linked|affiliated))? government(?:-?(?:run|owned|controlled))? (?:semi-?)?official estatal(?:es)? estatais",
    "(?:semi-?)?oficia(?:l|les|is|lista|listas) p[uú]blic[ao]s? d['’][eé]tat (?:semi-)?officiel(?:le)?s? publi(?:c|que)s? [eé]tatiques?",
)
_MEDIA = words(
    "(?:radio|television|tv)_(?:stations?|channels?|networks?) news_agenc(?:y|ies) news_outlets? news_channels? news_(?:web)?sites? media press agenc(?:y|ies) television tv broadcasters? radio newspapers? dailies outlets? channels? networks? websites?",
    "medios? prensa televisi[oó]n televisoras? agencias? canal(?:es)? cadenas? diarios? peri[oó]dicos? emisoras? [oó]rganos m[ií]dias? imprensa ve[ií]culos? televis[aã]o ag[eê]ncias? emissoras? canais r[aá]dios? jorna(?:l|is) meios [oó]rg[aã]os? telejornal",
    "m[eé]dias? presse t[eé]l[eé]visions? t[eé]l[eé]s? agences? cha[iî]nes? quotidiens? journa(?:l|ux) organes? radios?",
)
_OF_NEWS = words(
    "de_televisi[oó]n de_televis[aã]o de_t[eé]l[eé]vision de_tv de_r[aá]dio news de_imprensa de_noticias de_not[ií]cias noticiosa de_presse de_prensa d['’]information de_informaci[oó]n de_comunicaci[oó]n de_comunica[cç][aã]o"
)
_FROM = rf"(?:(?:in|of|from|de|d[aeo]s?|du|en|em|d['’])\s*(?:la\s+|l['’]|el\s+)?{_ANY_COUNTRY})"
UNNAMED = re.compile(
    rf"\b(?:(?:{_ANY_COUNTRY}\s+)?{_STATE}(?:[\s,]+(?:{_ANY_COUNTRY}|{_STATE}|{_OF_NEWS}|party))*\s+{_MEDIA}(?:\s+{_FROM})?"
    rf"|{_MEDIA}(?:\s+(?:{_OF_NEWS}|{_ANY_COUNTRY}|{_FROM}))*\s+{_STATE}(?:\s+(?:{_OF_NEWS}|{_ANY_COUNTRY}|{_FROM}|{_STATE}))*)(?!\w)",
    re.IGNORECASE,
)
SURELY_STATE = re.compile(
    r"\b(?:state|estata(?:l|les|is)|d['’][eé]tat|[eé]tatiques?|government-)|agenc\w*|ag[eê]nc\w*|oficialista"
    r"|\b(?:televisi[oó]n|prensa|imprensa|televis[aã]o|medios|meios|m[ií]dia|presse|t[eé]l[eé]vision|m[eé]dias)\s+(?:oficia(?:l|les|is)|officiel(?:le)?s?)\b|\bofficial\s+(?:media|television|press)\b",
    re.IGNORECASE,
)
BESIDE = re.compile(rf"^[\s,()\"“”«»'’–—-]*(?:(?:(?:{_SMALL}|{KIND}|{WHOSE}|{NOUN})(?!\w)|[ld]['’])[\s,()\"“”«»'’–—-]*)*$", re.IGNORECASE)
"""What may stand between a name and the words that say what it is: "TASS, the Russian state agency"."""
HAS_A_NAME = re.compile(
    r"\b(?:ag[eê]nc|canal|chann|cha[iî]ne|cadena|emis|diari|di[aá]rio|peri[oó]d|jornal|journal|quotid|newspap|daily|radio|r[aá]dio|station|broadcaster|outlet|site)",
    re.IGNORECASE,
)
_A_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December)\b"
ITS_NAME = re.compile(
    rf"\s+(?!{_A_DAY})[\"“«‘'*]?\s?(?P<name>(?:Radio|R[aá]dio|Canal|TV|Tele|Red|Channel)\s+[A-ZÀ-Þ0-9][\w-]*|[A-ZÀ-Þ][\w-]*\s+(?:News|TV|Television|Gazeta|Daily|Times|Press|Today)|[A-ZÀ-Þ][\w-]+(?:\s+\d{{1,2}})?)"
    r"(?!\w|\s+[A-ZÀ-Þ])[\"”»’'*]?"
)
ITS_LETTERS = re.compile(r"\s+(?P<name>[A-Z]{3,6})(?!\w|\s+[A-ZÀ-Þ])")
"""The name behind words for a state's medium: "l'agence officielle iranienne Mizan"; no person, who has two names."""
STATE_RUN_NAME = re.compile(
    rf"\b(?:(?P<whose>(?i:{_ANY_COUNTRY}))\s+)?(?:state|government)-(?:run|owned|controlled|backed|funded)\s+(?P<name>(?:Radio|Canal|Channel|TV)\s+[A-Z][\w-]+|(?:[A-Z][\w-]+\s+){{1,3}}(?:News|TV|Television|Radio|Agency|Gazette|Daily|Times|Herald|Broadcasting|Information\s+Service))\b"
)
_STATE_STEMS = ("state", "govern", "offici", "oficia", "estata", "publi", "públi", "etat", "état")
_MEDIA_STEMS = (
    "agen agên medi médi mídi midi press prens tele télé tv radio rádio canal canais chann chaîn chain caden diar jorna journa quotid dail paper outlet"
    " network broadcast emiss emis veíc veic meios organ órg orgã site periód period"
).split()  # fmt: skip


def may_name_nobody(text: str) -> bool:
    """Whether a sentence has parts of the words of UNNAMED at all: asked first, for that is much cheaper than to look for it."""
    low = text.lower()
    return any(stem in low for stem in _STATE_STEMS) and any(stem in low for stem in _MEDIA_STEMS)


AN_AGENCY = re.compile(r"\bag[eê]nc", re.IGNORECASE)
_CAPITALS = r"[A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+){0,2}"
NAMED_AGENCY = re.compile(
    r"\b(?:agencia (?:de noticias|noticiosa|de prensa)|ag[eê]ncia de not[ií]cias|agence (?:de presse|d['’]information))(?: \w{4,14})? "
    rf"({_CAPITALS})|\b({_CAPITALS}) [Nn]ews [Aa]gency\b|\bnews agency ({_CAPITALS})"
)

# --- Small marks beside a name. ---

EL_UNIVERSAL = re.compile(
    r"(?:\b(?:diario|peri[oó]dico|rotativo|jornal|quotidien|journal)\s+(?:(?:privado|independiente|independente|influyente)\s+)?(?P<before>mexican[oa]|mexicain|m[eé]xicain|venezolano|venezuelano|v[eé]n[eé]zu[eé]lien|caraque[nñ]o)\s+"
    r"|\b(?P<before_en>Mexican|Mexico\s+City|Venezuelan|Caracas)\s+(?:newspaper|daily|paper)\s+)?[«“\"'‘]?(?P<name>El Universal)(?!\s+(?:de\s|mexicano|venezolano|[A-ZÀ-Þ]))"
    r"[»”\"'’]?(?:\s+\(|,\s+(?:d[aeo]|from|of)\s+)?(?:(?:la\s+)?(?:Ciudad|Cidade)\s+d[eo]\s+)?(?P<behind>(?<=[(\s])(?:M[eé]xico|Mexique|Caracas|Venezuela))?"
)
"""A name that papers of two countries bear, and the word beside it that says which is meant."""
EXPANDED = re.compile(r"(?<![\w-])(?:[A-ZÀ-Þ][\w'’-]*\s+(?:(?:de|del|da|do|of|for|y|e|and|la|las|los)\s+){0,2}){1,6}\($")
"""Before a name in brackets, what it is short for: "a agência Nova China (Xinhua)"."""
OPENS_QUOTE = re.compile(r"[\"“«‘'*_]\s?$")
CLOSES_QUOTE = re.compile(r"\s?[\"”»’‘'*_](?!\w)")

WARNS = re.compile(
    r"\b(?:warn\w*|adv(?:i?ert|irt)\w*|alert\w*|avert\w*|avis\w*|pr[eé]v(?:ient|enu)|mise?_en_garde|met_en_garde)$".replace("_", r"\s+"),
    re.IGNORECASE,
)
"""A verb that takes a side: in a later sentence it gives the name's opinion, not the report."""
POSSESSIVE = re.compile(
    r"^['’]s\b(?!\s+(?:(?:own|local|latest|\w+-language)\s+)?(?:reports?|correspondents?|reporters?|dispatch(?:es)?|journalists?\s+in|interview(?:er)?|coverage|website|site|account"
    r"|Telegram|Twitter|X\s+account|YouTube|cameras?|microphones?|airwaves|pages|columns)\b)"
)
COMPOUND = re.compile(
    r"^(?:-(?=[A-Za-zÀ-ÿ])|\s+(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
    r"(?!(?:News|Agency|TV|English|World|January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    r"(?:[A-ZÀ-Þ][\w-]*[a-zà-ÿ]|V\b|M\b|[A-Z]{2,}\b))"
)
NOT_THE_SUBJECT = re.compile(
    rf"\b{words('of for with about on against from to by at than like de del da do dos das du des sobre contra con com avec por par pour para en em à ao au aux sur')}"
    r"\s+(?:(?:the|la|el|los|las|a|o|os|as|le|les)\s+)?(?:l['’])?$"
    rf"|\b{words('vacunas? vacinas? vaccin(?:e|es|s)? sat[eé]lites? satellites? dos[ie]s? doses')}\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
JOINT = re.compile(
    r"^[\"”»’'*]?\s*(?:,|/|&|;|\s(?:and|y|e|et|ou|or|o|u|as\s+well\s+as|junto\s+con)\s)\s*(?:(?:and|y|e|et)\s+)?"
    rf"(?:(?:(?:an?|the|un[oa]?|uma?|une|el|la|o)\s+)?(?:{_PIECE}\s+)?(?:by|from|in|of|to|por|del?|en|a|al|con|pel[ao]|d[aeo]|n[ao]|em|ao|com|par|du|dans|[àa]|au|avec|sur)\s+)?"
    rf"(?:(?:{words('the la el a o à le les los las da do de a_la según_la')}|{NOUN}|{KIND}|{WHOSE}),?\s+|(?:à\s+)?l['’])*[\"“«‘'*]?\s?$",
    re.IGNORECASE,
)
OPENS_HEADLINE = re.compile(rf"^[\W_]*{BETWEEN}$", re.IGNORECASE)
_TRANSMITS = (
    r"(?:publi|divulg|difund|diffus|relat|relay|detail|detall|d[eé]taill|detalh|outlin|show|mostr|muestr|montr|air|broadcast|transmi|emit|reve|r[eé]v[eèé]l|an+unci|an+ounc|annonc|inform|rep[oi]r|rapport|dit|dis|diz|dic|dij|sa[iy]|warn|adv|aver|alert"
    r"|interview|entrevist|cit|quot|claim|confirm|afirm|affirm|assur|asegur|not[aei]|escri|[eé]cri|writ|wrote|explic|expliqu|explain|ha\s|has\s|a\s|print|carr|list|conta|cuenta|racont|adelant|adiant|anticip|avan)"
)
GOES_ON = re.compile(rf"^[\"”»’']?\s+(?!{_TRANSMITS})[a-zà-ÿ]")
"""Before and behind names that are a headline's subject."""
TITLE_END = re.compile(r"(?:[:–—|]|\s-)\s*(?:(?:la|el|a|o|l['’])\s*)?$")
TITLE_QUESTION = re.compile(
    r"[?¿]|\b(?:what|why|how|qu[eé]|c[oó]mo|cuánt[oa]s?|cuándo|cuál(?:es)?|dónde|quién(?:es)?|todo|tudo|ce\s+qu)\b|(?:^|:\s*)(?:who|when|where|quanto|quem|quando|onde|quais|qual|saiba|veja|confira|entenda|combien|quand|comment|o[uù])\b|^\W*(?:five|ten|cinco|diez|dez|cinq|dix|\d+)\s+(?:\w+\s+)?(?:things|facts|takeaways|reasons|questions|cosas|claves|datos|razones|preguntas|coisas|fatos|raz[oõ]es|perguntas|choses|points|raisons)\b",
    re.IGNORECASE,
)


PIECE_SHOWS = re.compile(r"^[”\"»]?\s+(?:shows?|showing|reads?|muestran?|mostram?|montrent?)\b", re.IGNORECASE)
IN_ANOTHERS_WORDS = re.compile(
    rf"\b(?:(?:{_SAID_ES}(?:[oó]|aron|i[oó]|ieron|a|an|e|en)|{_SAID_FR}(?:[eé]e?s?|e|ent|it|u)?|record[oó]|lembrou|disse|afirmou|destacou|ressaltou|alegou)\s+(?:que|qu['’])"
    rf"|(?:said|says|noted|recalled|stressed|argued|complained|added|claimed)\s+that)\s*{BETWEEN}$",
    re.IGNORECASE,
)
"""Before a name that somebody says has told something: "the embassy recalled that X published the map"."""
_BRUSHES = words(
    "brush\\w*_(?:aside|off) wav\\w*_(?:aside|off|away) laugh\\w*_off cut_off dismiss\\w* ignor\\w* reject\\w* dodg\\w* evad\\w* avoid\\w* deflect\\w* sidestep\\w* refus\\w*(?:_to_(?:answer|take))? declin\\w*(?:_to_answer)?",
    "esquiv\\w* eludi[oó] evit(?:[oó]|ou) ignor[oó] rechaz[oó] desestim[oó] desde[nñ][oó] rejeitou desviou driblou [eé]lud[eé] [eé]cart[eé] balay[eé] [eé]vit[eé] (?:no_quiso|se_neg[oó]_a)_(?:responder|contestar)(?:_a)? (?:recusou-se|se_recusou|negou-se)_a_responder(?:_a)? refus[eé]_de_r[eé]pondre_à",
)
NOT_ANSWERED = re.compile(
    rf"\b{_BRUSHES}\s+(?:(?:de|d['’])\s*)?(?:(?:an?|the|his|her|una?|la|las|uma|as?|une|les?)\s+)?(?:[\w-]+\s+)?(?:questions?|preguntas?|perguntas?)\b[^.;:,]{{0,60}}$",
    re.IGNORECASE,
)
"""Before a name whose question nobody answers: "brushed aside a question from"."""
PICTURE_OF_IT = re.compile(
    rf"\b{words('fotos? fotograf[ií]as? photos? photographs? pictures? selfies? clich[eé]s? capturas? captures? screenshots? imagen imagem')}"
    r"\s+(?:of|from|de|del|d[ao]|du|d['’])\s*(?:\w+\s+){0,4}?(?:l['’])?(?:entrevistas?|interviews?|entretiens?|entrevues?)\b[^.;:,]{0,40}$",
    re.IGNORECASE,
)
"""Before a name: an interview is in a picture, and nothing of it is told."""
ASKS_WHY = re.compile(r"\b(?:why|por\s?qu[eéê]|porqu[eê]|pourquoi)\s[^,.;:“”«»\"]*$", re.IGNORECASE)
_DEMANDS = r"(?:ped|pid|exig|orden|mand|solicit|recomend|recommend|prop|impid|imped|emp[eê]ch|permit|permis|proh?ib|interdi|demand|ordonn|sugi?er|sugger|suggér|rog|implor|acus|accus|vend|compr|oblig|obrig|forc|notific|intim|advirt|advert|aconsej)"
TOLD_IT = re.compile(
    rf"(?<![\w-])(?!{_DEMANDS})(?-i:[a-zà-ÿ]{{2,14}}(?:ou|eu|iu|ó|é|it))(?:\s+(?:el\s+|na\s+)?{_WHEN}){{0,3}}\s+(?:à|ao|al|a\s+la|à\s+la|au)\s+(?:l['’])?{BETWEEN}$",
    re.IGNORECASE,
)
THAT = re.compile(r"^[”\"»]?,?\s+(?:que|qu['’])\s?(?!(?:lo|la|le|se)?\s?(?:cese|deje|retire|saque))", re.IGNORECASE)
"""Before and behind a name, whatever the verb that is none of asking: "sinalizou à emissora X que pode disputar a eleição"."""
_CORRESPONDENT = words(
    "correspondents? reporters? corresponsal(?:es)? enviad[oa]s?_especiale?s? periodistas? reporteros? correspondentes? rep[oó]rter(?:es)? correspondante?s? envoy[eé]e?s?_sp[eé]cia(?:l|ux) journalistes?"
)
_WITNESSED = words(
    "reported reports? saw observed witnessed inform[oó] report[oó] constat[oó] comprob[oó] observ[oó] presenci[oó] informou relatou reportou constatou observou presenciou rapport[eé] rapporte constat[eé] constate observ[eé]"
)
_SUFFERED = r"\s+(?:(?:that\s+)?(?:s?he|they)\b|being|having|an?\s+\w+\s+to\b|que\s+(?:fue|foi)\b|haber|haver|ter\b|avoir|[eê]tre|qu['’](?:il|elle))"
"""What befell a correspondent himself."""
ITS_CORRESPONDENT = re.compile(
    rf"\b(?:{_WITNESSED}\s+)(?:(?:un[oa]?|uma?|une?|an?|the|el|la|le|o|a)\s+|l['’])?(?:{_CORRESPONDENT})\s+(?:de|del|d[ao]|du|of|from|for)\s+{BETWEEN}$",
    re.IGNORECASE,
)
"""Before a name: "constató un corresponsal de X"."""
_WHICH = r"(?:that|which|whom|que|qu['’]|dont|(?:au|la|le)quel(?:le)?s?|auxquel(?:le)?s|l[oa]s\s+que|(?:[ao]s?|aos?|às?)\s+qua(?:l|is)|l[oa]s?\s+cual(?:es)?|al\s+cual|où)"
SEEN_PAPER = re.compile(rf"\b{_PAPER}{_WITHIN},?\s+(?:(?:to|of|en|a|à|al?|de|aos?)\s+)?{_WHICH}\s*{BETWEEN}$", re.IGNORECASE)
_SAW = words(
    "tuv(?:o|ieron)_acceso tenido_(?:(?:en_)?exclusiv\\w+_)?acceso accedi(?:[oó]|do) (?:pudo|podido)_(?:ver|leer|consultar|revisar|verificar) consult(?:[oó]|ado) obtuvo obtenido revis[oó] teve_acesso obteve consultou viu analisou",
    "pu_(?:consulter|lire|voir|prendre_connaissance|se_procurer|obtenir) consult[eé] obtenu eu_(?:acc[eè]s|copie|connaissance) pris_connaissance lu vu obtained seen saw reviewed viewed read examined verified",
)
SAW_IT = re.compile(rf"^\s+(?:(?:has|have|ha|han|a|ont)\s+)?{_SAW}(?!\w)", re.IGNORECASE)
"""Before and behind a name: "un informe al que RT tuvo acceso", "des documents que Le Monde a pu consulter"."""
A_CORRESPONDENT = re.compile(rf"\b{_CORRESPONDENT}\s+(?:de|del|d[ao]|du|of|from|for)\s+{BETWEEN}$", re.IGNORECASE)
CORRESPONDENT_TOLD = re.compile(
    rf"^(?:\s+(?:en|em|in|at|[àa])\s+[A-ZÀ-Þ][\w-]+)?\s+(?:a\s+|ha\s+|has\s+)?{_WITNESSED}\b(?!{_SUFFERED})", re.IGNORECASE
)
ITS_CORRESPONDENT_TOLD = re.compile(
    rf"^(?:['’]s)?\s+(?:(?:news\s+)?{_CORRESPONDENT}(?:\s+(?:in|at|from)\s+[A-Z][\w-]+)?\s+{_WITNESSED}(?!\w|{_SUFFERED})|(?:dispatch(?:es)?|bulletins?|editorials?|commentar(?:y|ies)|op-eds?|reports?|articles?)(?:\s+(?:in|at|from|on)\s+[\w\s]{{2,25}}?)?\s+(?:said|says|read|reported|stated?s?|warn(?:ed|s)|claim(?:ed|s)|argue[ds]|noted|wrote|concluded|suggested))\b",
    re.IGNORECASE,
)
"""Behind a name: "Xinhua correspondents saw ..."."""
SAID_ON = re.compile(
    rf"\b(?:{_SAID_ES}(?:[oó]|aron|ieron|i[oó]|a|e)|{words('disse declarou afirmou contou explicou garantiu anunciou')}|{_SAID_FR}(?:[eé]e?s?|e|it|u)?|(?:habl[oó]|falou|parl[eé])(?!\s+(?:de|do|da|du|sobre)\b))"
    rf"(?:\s+(?!(?:que|qu['’]|a[nñ]os|anos|ann[eé]es|experi\w+|trabaj\w+|trabalh\w+|carr\w+|salida|sa[ií]da|su|sus|seu|seus|sua|son|ses)\b)[^\s,.;:«»“”\"]+){{0,4}}\s+(?:en|na|no|sur|por|pela)\s+(?:(?:{NOUN}|{KIND}|{WHOSE}|el|la|la\s+se[nñ]al\s+de)\s+){{0,4}}$",
    re.IGNORECASE,
)
"""Before a channel's name: "dijo Arce en Bolivia TV"."""
TO_IT_FIRST = re.compile(rf"^[\W_]*(?:à|ao|au|al|a\s+la|on|sur|en|na|no)\s+{BETWEEN}$", re.IGNORECASE)
"""A sentence that begins with the listener, or with the channel: "Ao canal X, o ministro disse"."""
SAID_THERE = re.compile(
    rf"^,\s+[^.;:]{{0,70}}?\b{words('said told disse afirmou declarou contou explicou garantiu dijo afirm[oó] declar[oó] asegur[oó] cont[oó] explic[oó] dit d[eé]clar[eé] affirm[eé] assur[eé] expliqu[eé] estim[eé]')}(?!\w)",
    re.IGNORECASE,
)


SELDOM_CONTEXT = 150
"""Characters before a name in which a seldom phrase is looked for: its many words in between make a long look-back dear."""
_NO_COMMA = r"(?=[^,]*(?:(?:\)|,\s+\d{1,2}(?:\s+de\s+[a-zç]{4,10}|/\d{1,2})?),[^,]*)?$)"
"""Behind a seldom phrase, for "according to documents seen by the newspaper, Sputnik hired nine" is Sputnik's deed."""


def _ends_at_name(plain: str, telling: str, piece: str) -> re.Pattern[str]:
    phrase = rf"(?:(?P<plain>{plain})|(?P<telling>{telling})(?!\s+(?:de|del|do|da|du|of)\s)|(?P<piece>{piece}))"
    return re.compile(rf"(?:^|(?<=[\s(«“\"'’—–,;-])){phrase}(?:\s+|(?<=['’])){BETWEEN}$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _usual() -> re.Pattern[str]:
    return _ends_at_name(PLAIN, TELLING, _PIECE_OF)


@lru_cache(maxsize=1)
def _seldom() -> re.Pattern[str]:
    return _ends_at_name(alternatives(_SELDOM_PLAIN) + _NO_COMMA, alternatives(_SELDOM_TELLING) + _NO_COMMA, "(?!)")


def phrase_before_name(before: str) -> re.Match[str] | None:
    """The phrase that hands a report over to the name behind these words: group ``plain``, ``telling`` or ``piece``."""
    usual = _usual().search(before)
    if usual is not None and not usual["piece"]:
        return usual
    return _seldom().search(before, max(0, len(before) - SELDOM_CONTEXT)) or usual


@lru_cache(maxsize=1)
def behind_name() -> re.Pattern[str]:
    """Begins behind a name: the verb with which it tells the report."""
    tail = rf"(?:\s+(?:{NOUN}|{KIND}|english|español|espanhol|{WHOSE})){{0,4}}"
    aside = r"(?:\s*\([^()]{1,40}\))?(?:,\s[^,.;:\n]{2,80},)?"
    return re.compile(rf"^{tail}{aside},?\s+(?:{_BEFORE_VERB}\s+|l['’]){{0,5}}(?P<verb>{BEHIND})\b", re.IGNORECASE)
