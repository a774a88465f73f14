"""The names under which news agencies and relayed outlets are credited: the one list, for bylines and origins alike.

Who controls them is no matter of this list: a name leads to outlets of the registry, and their dated statements say it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# A line is an agency: its usual spelling | its outlets in the registry, the first the main one | other spellings as printed.
# Behind a further bar stand the spellings that mean something else as well: ``*`` everywhere, ``es`` in Spanish ...; they
# count only where a word beside them says "agency" (or "channel", "daily"), or in a dateline with its day.
_NAMES = """
TASS | tass | Tass, tass, ITAR-TASS, Itar-Tass, ITAR TASS, agencia TASS
RT | rt_en rt_es rt_fr rt_pt | RT en Español, RT en español, Actualidad RT, Russia Today, RT France, RT Brasil, RT News, RT Arabic
Sputnik | sputnik_en sputnik_mundo sputnik_br sputnik_afrique | Sputnik Mundo, Sputnik Brasil, Sputnik News, Sputnik Afrique, Sputnik France, Sputnik International, Sputnik Novosti, Spoutnik
RIA Novosti | ria | RIA Nóvosti, RIA-Novosti, Ria Novosti, RIA, Ria-Novosti, Novosti
Voice of Russia | sputnik_en sputnik_mundo sputnik_br | La Voz de Rusia, Voz de Rusia, Voz da Rússia, La Voix de la Russie
Rossiya Segodnya | ria sputnik_en | Rossiya Segodnia, Rossia Segodnia
Interfax | interfax | Interfax-Ucrania
Xinhua | xinhua_en xinhua_es xinhua_pt xinhua_fr | xinhua, Agencia Xinhua, Agencia de Noticias Xinhua, Xinhua News Agency, Xinhuanet, Xinhua News, Agência Xinhua, Chine nouvelle, Nova China, Nueva China | Nova_China:* Nueva_China:*
CGTN | cgtn_en cgtn_es cgtn_fr | CGTN Español, CGTN en Español, CGTN Français, CGTN America, China Global Television Network
CCTV | cctv | China Central Television, CCTV+, CCTV-13
China Radio International | cri_es | Radio Internacional de China, Rádio Internacional da China, Radio Chine Internationale, CRI Español, CRI Online, CRI | CRI:*
China National Radio | cctv | Radio Nacional de China, Rádio Nacional da China, Radio nationale chinoise
China Media Group | cgtn_en | Grupo de Medios de China
Global Times | global_times |
China Daily | china_daily |
People's Daily | peoples_daily_en peoples_daily_es peoples_daily_pt_fr | People's Daily Online, Pueblo en Línea, Diario del Pueblo, Diário do Povo, Diario del pueblo, Diário do povo, Le Quotidien du Peuple, Quotidien du Peuple, Le Quotidien du peuple, Quotidien du peuple, Renmin Ribao
China News Service | cns_ecns | ECNS, Zhongguo Xinwen She, CNS | CNS:*
IRNA | irna_en irna_es irna_fr | Irna, Islamic Republic News Agency
Fars | fars | Fars News, Fars News Agency, FNA, FARS | FNA:*
Tasnim | tasnim | Tasnim News, Tasnim News Agency
Mehr | mehr | Mehr News, Mehr News Agency, MNA | MNA:*
ISNA | isna | Isna, Iranian Students' News Agency, Iranian Students News Agency | ISNA:*
Press TV | presstv | PressTV, Press-TV
HispanTV | hispantv | Hispan TV, Hispantv, HispanTv
Pars Today | pars_today | ParsToday
Tehran Times | tehran_times |
ABNA | abna | ABNA 24, ABNA24, AhlulBayt News Agency | ABNA:*
IRIB | irib | Islamic Republic of Iran Broadcasting
Al-Alam | irib | Al Alam, Al-Alam TV
Al Manar | almanar | Al-Manar, Al Manar TV, Al-Manar TV, Almanar
Al Mayadeen | almayadeen_en almayadeen_es | Al-Mayadeen, Al Mayadin, Almayadeen, Al Mayadeen Español
teleSUR | telesur_es telesur_en | Telesur, TeleSUR, TeleSur, TELESUR, teleSUR English, Telesur English, teleSur
Venezolana de Televisión | vtv | VTV, Venezolana Televisión
AVN | avn | Agencia Venezolana de Noticias
Correo del Orinoco | correo_orinoco |
Radio Nacional de Venezuela | rnv | RNV | RNV:*
Últimas Noticias | ultimas_noticias | Ultimas Noticias | Últimas_Noticias:* Ultimas_Noticias:*
Misión Verdad | mision_verdad | Mision Verdad
Prensa Latina | prensa_latina_es prensa_latina_en prensa_latina_pt_fr | Agencia Prensa Latina, Agência Prensa Latina, Agencia Latinoamericana de Noticias, Agencia Informativa Latinoamericana, PL | PL:*
ACN | acn | Agencia Cubana de Noticias, Cuban News Agency | ACN:*
Granma | granma_es granma_en | Granma Internacional, Granma International
Cubadebate | cubadebate |
Juventud Rebelde | juventud_rebelde |
Radio Habana Cuba | radio_habana | Radio Havana Cuba, Radio Havane Cuba
El 19 Digital | el19 | El19Digital, 19 Digital, 19Digital, El 19, El19 | El_19:*
TN8 | tn8 | Tn8, Canal 8 de Nicaragua, TN8 TV
La Voz del Sandinismo | voz_sandinismo | Voz del Sandinismo
La Nueva Radio Ya | nueva_radio_ya | Nueva Radio Ya, Radio Ya
Viva Nicaragua | canal4_ni | Canal 4 de Nicaragua, Multinoticias
ABI | abi | Agencia Boliviana de Información | ABI:pt,en,fr
Bolivia TV | boliviatv | Bolivia Tv
Ahora El Pueblo | ahora_el_pueblo | Ahora el Pueblo
BelTA | belta | BELTA, Belta, BelTa
SB Belarus Segodnya | zviazda | Belarus Segodnya, SB. Belarus Segodnya
SANA | sana | Syrian Arab News Agency, Agencia Árabe Siria de Noticias, Sana | SANA:es,pt Sana:*
Anadolu | anadolu_en anadolu_es | Anadolu Agency, Agencia Anadolu, Anadolu Ajansı, Agência Anadolu, Agence Anadolu, AA | AA:*
TRT | trt_es | TRT Español, TRT World, TRT Haber | TRT:*
QNA | qna | Qatar News Agency | QNA:*
Al Jazeera | aljazeera | Al-Jazeera, Al Yazira, Aljazeera
Gulf Times | gulf_times |
Reuters | reuters | reuters, Agencia Reuters, Thomson Reuters, Reuters Staff, Agência Reuters
AP | ap | ap, Associated Press, The Associated Press, AP News, Ap | AP:pt Ap:*
AFP | afp | afp, Agence France-Presse, Agence France Presse, Agencia AFP, France-Presse, France Presse, Afp
EFE | efe | efe, Efe, Agencia EFE, Agência EFE, Agence EFE, EFEverde, EFE Verde, Redacción EFE | Efe:pt
Europa Press | europa_press | EP, Europapress | EP:*
ANSA | ansa | ansa, Ansa, ANSA Brasil, ANSA Latina | Ansa:es
dpa | dpa | DPA, Deutsche Presse-Agentur | DPA:*
UPI | upi | United Press International
Bloomberg | bloomberg | Bloomberg News, Bloomberg Línea
Kyodo | kyodo | Kyodo News
JIJI | jiji | Jiji Press, JIJI Press | JIJI:*
PTI | pti | Press Trust of India | PTI:*
IANS | ians |
ANI | ani | Asian News International | ANI:es,pt,fr
Deutsche Welle | dw | DW, La Deutsche Welle
Lusa | lusa | lusa, Agência Lusa, LUSA
Agência Brasil | agencia_brasil | Agencia Brasil, EBC | EBC:*
Estadão Conteúdo | estadao | Estadao Conteudo, Agência Estado
Folhapress | folha | FolhaPress
O Globo | oglobo | Agência O Globo, Agencia O Globo
Télam | telam | Telam, TELAM, TÉLAM, Agencia Télam
Andina | andina | Agencia Andina | Andina:*
Notimex | notimex |
Colprensa | colprensa |
Belga | belga | Agence Belga | Belga:*
ATS | ats | Keystone-ATS | ATS:*
La Presse canadienne | canadian_press | The Canadian Press, Canadian Press, Presse canadienne
France 24 | france24 | France24
RFI | rfi | Radio France Internationale
Voice of America | voa | VOA, Voz de América, La Voz de América, Voz da América
BBC | bbc_mundo | BBC Mundo, BBC News Mundo, BBC News, BBC Brasil, BBC News Brasil
KCNA | kcna | Korean Central News Agency, Agencia Central de Noticias de Corea, Agencia Telegráfica Central de Corea, Agência Central de Notícias da Coreia, Agence centrale de presse coréenne
Rossiyskaya Gazeta | rossiyskaya_gazeta | Rossiiskaya Gazeta, Rossískaya Gazeta, Rossiïskaïa Gazeta, Rossiskaïa Gazeta
VGTRK | vgtrk | Vesti | Vesti:*
Rossiya 24 | vgtrk | Rossiya-24, Rossia 24, Rossía 24, Rússia 24, Rossiya 1, Rossiya-1, Rossia 1 | Rússia_24:*
Zvezda | zvezda_tv | Zvezda TV, TV Zvezda | Zvezda:*
Radio Rebelde | radio_rebelde |
Radio Reloj | radio_reloj |
Trabajadores | trabajadores | | Trabajadores:*
PLA Daily | pla_daily | People's Liberation Army Daily, Diario del Ejército Popular de Liberación, Diário do Exército de Libertação Popular, Quotidien de l'Armée populaire de libération
Guangming Daily | guangming_daily | Diario Guangming
Kayhan | kayhan | Keyhan
Mizan | mizan | Mizan Online, Mizan News Agency | Mizan:*
Young Journalists Club | yjc | YJC | YJC:*
YVKE Mundial | yvke_mundial |
Ciudad CCS | ciudad_ccs |
Radio Free Europe | rferl | RFE/RL, Radio Free Europe/Radio Liberty
"""

# Papers and broadcasters that others quote, one a line as above. Those without an outlet of the registry are unknown: nobody has said who
# controls them. Names that are the language's own words, or the usual names of a section, are doubtful.
_PAPERS = """
Infobae | infobae |
Clarín | clarin | Clarin
Folha de S.Paulo | folha | Folha de S. Paulo, Folha de São Paulo, Folha
O Estado de S. Paulo | estadao | O Estado de S.Paulo, O Estado de São Paulo, Estado de S. Paulo, Estado de S.Paulo, Estado de São Paulo, Estadão
G1 | g1 | g1
El País | elpais | El Pais | El_País:* El_Pais:*
El Universal de México | eluniversal_mx | El Universal de la Ciudad de México, El Universal de Ciudad de México, El Universal de Mexico, El Universal mexicano
El Universal de Caracas | el_universal_ve | El Universal de Venezuela, El Universal venezolano
The New York Times | nyt | New York Times, NYT
Wall Street Journal | wsj | The Wall Street Journal, WSJ
CNN | cnn | CNN en Español, CNN Español, CNN Brasil, CNN International, CNN Internacional
Washington Post | washingtonpost | The Washington Post
Financial Times | ft | The Financial Times
Los Angeles Times | latimes | The Los Angeles Times
Miami Herald | miamiherald | The Miami Herald, El Nuevo Herald, Nuevo Herald
USA Today | usatoday |
NBC News | nbcnews |
CBS News | cbsnews |
ABC News | abcnews_us |
Politico | politico |
Axios | axios |
The Economist | economist | | The_Economist:*
Daily Telegraph | telegraph | The Daily Telegraph
Sky News | skynews |
Daily Mail | dailymail | The Daily Mail
Globe and Mail | globeandmail | The Globe and Mail
Toronto Star | torontostar | The Toronto Star
Le Monde | lemonde |
Le Figaro | lefigaro |
Libération | liberation | | Libération:*
Mediapart | mediapart |
Le Parisien | leparisien |
Les Echos | lesechos | Les Échos | Les_Echos:* Les_Échos:*
Le Point | lepoint | | Le_Point:*
La Croix | | | La_Croix:*
Ouest-France | |
Franceinfo | | franceinfo, France Info
BFMTV | | BFM TV
Le Soir | lesoir_be | | Le_Soir:*
Radio-Canada | |
Le Devoir | ledevoir | | Le_Devoir:*
Der Spiegel | spiegel | Spiegel
Bild | bild |
Süddeutsche Zeitung | sueddeutsche |
Frankfurter Allgemeine Zeitung | faz | Frankfurter Allgemeine
Die Welt | welt |
Corriere della Sera | corriere |
La Repubblica | repubblica_it |
La Stampa | lastampa |
El Mundo | elmundo_es | | El_Mundo:*
La Vanguardia | lavanguardia | | La_Vanguardia:*
ABC | | | ABC:*
Valor Econômico | valor | Valor Economico
UOL | |
Poder360 | poder360 |
GloboNews | globonews | Globo News
TV Globo | tvglobo | Rede Globo
Diário de Notícias | |
Jornal de Notícias | |
Haaretz | haaretz |
Times of Israel | timesofisrael | The Times of Israel
Times of India | timesofindia | The Times of India
Hindustan Times | | The Hindustan Times
Nikkei | nikkei | Nikkei Asia
Asahi Shimbun | | The Asahi Shimbun
Yonhap | | Yonhap News Agency
NHK | |
Al Arabiya | | Al-Arabiya
Rudaw | |
Kommersant | |
Vedomosti | |
Izvestia | | Izvestiya
Novaya Gazeta | |
Meduza | meduza |
Moscow Times | | The Moscow Times
APS | | Algérie Presse Service | APS:*
MAP | | Maghreb Arabe Presse | MAP:*
SPA | | Saudi Press Agency | SPA:*
WAM | | Emirates News Agency | WAM:*
KUNA | | Kuwait News Agency | KUNA:*
TAP | | Tunis Afrique Presse | TAP:*
MENA | | Middle East News Agency | MENA:*
APP | | Associated Press of Pakistan | APP:*
BSS | | Bangladesh Sangbad Sanstha | BSS:*
VNA | | Vietnam News Agency | VNA:*
"""


@dataclass(frozen=True)
class Agency:
    """An agency or relayed outlet: the usual spelling, its outlets in the registry (the main one first), all spellings, and
    those that mean something else too, with the languages in which they do ("*": in all)."""

    name: str
    outlet_ids: Sequence[str]
    spellings: Sequence[str]
    shy: frozenset[tuple[str, str]] = frozenset()

    def is_shy(self, spelling: str, language: str | None) -> bool:
        """Whether a spelling needs a word beside it that says what it is, in a text of that language."""
        return (spelling, "*") in self.shy or (spelling, language or "") in self.shy


def _agency(line: str) -> Agency:
    name, outlets, spellings, *shy = (part.strip() for part in line.split("|"))
    others = [each.strip() for each in spellings.split(",") if each.strip()]
    pairs = [pair.partition(":") for pair in (shy[0].split() if shy else [])]
    marks = frozenset((spelling.replace("_", " "), language) for spelling, _, languages in pairs for language in languages.split(","))
    return Agency(name, tuple(outlets.split()), tuple(dict.fromkeys([name, *others])), marks)


AGENCIES: tuple[Agency, ...] = tuple(_agency(line) for line in (*_NAMES.strip().splitlines(), *_PAPERS.strip().splitlines()))


def folded(text: str) -> str:
    """Letters and digits only, without accents and case, for comparing names.

    >>> folded("Agencia EFE"), folded("RIA Nóvosti")
    ('agenciaefe', 'rianovosti')
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalnum())


IN_DATELINES: frozenset[str] = frozenset({"AA", "DPA", "PL", "QNA"})
"""Doubtful spellings that a dateline's brackets or bars make sure, a day beside them or none."""
CHANNELS: frozenset[str] = frozenset(
    "RT;CGTN;CCTV;China Radio International;Press TV;HispanTV;IRIB;Al-Alam;Al Manar;Al Mayadeen;teleSUR;Venezolana de Televisión;Radio Nacional de Venezuela"
    ";Radio Habana Cuba;TN8;La Nueva Radio Ya;Viva Nicaragua;Bolivia TV;TRT;Al Jazeera;Deutsche Welle;France 24;RFI;Voice of America;BBC;CNN;Franceinfo;BFMTV"
    ";GloboNews;TV Globo;Sky News;NHK;Al Arabiya;VGTRK;Rossiya 24;Zvezda;Radio Rebelde;Radio Reloj;YVKE Mundial;Rudaw".split(";")
)
"""Broadcasters: what is said on them is said to them."""
NEVER_ALONE: frozenset[str] = frozenset({"AA"})
"""Spellings that, given alone as an author, are somebody's initials."""

NAMES: dict[str, str] = {
    folded(spelling): agency.name for agency in AGENCIES for spelling in agency.spellings if spelling not in NEVER_ALONE
}
"""Every spelling, folded, to the agency's usual one."""

OF_OUTLET: dict[str, str] = {outlet_id: agency.name for agency in reversed(AGENCIES) for outlet_id in agency.outlet_ids}
"""The name under which an outlet of the list is credited, whatever its edition."""
