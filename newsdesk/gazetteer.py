"""Countries, capitals and bodies as the four languages name them, so that "rusos", "Moscow" and "Russie" are one place.

A word ending in ``*`` stands for every word that begins so. The country names themselves come from Unicode CLDR; what
stands here are demonyms, cities that stand for their country in reports, and bodies with a name in each language. Written
for newsdesk, folded (lower case, no accents).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel import Locale

from newsdesk.fingerprints import words_of

LANGUAGES = ("en", "es", "pt", "fr")

# Demonyms and further names, then cities. The cities of the region are places of their own besides.
_COUNTRY_WORDS = """
AF afghan* afgan* afeg* | kabul cabul kaboul kandahar herat
AL albanian* albanes* albanais* | tirana
DZ algerian* argelin* argeli* algerien* | argel alger algiers
AO angolan* angolen* angolai* angolais* | luanda
AR argentine* argentin* | rosario mendoza bariloche patagonia
AM armenian* armeni* | yerevan erevan ierevan
AU australian* australien* | canberra sydney melbourne
AT austrian* austriac* autrich* | vienna viena vienne
AZ azerbaijani* azeri* azer* azerbaiyan* azerbaijan* | baku
BD bangladeshi* bangladesi* | dhaka daca
BY belarusian* bielorrus* belarus* bielorruss* bieloruss* belorus* | minsk
BE belgian* belga* belge* | antwerp amberes antuerpia anvers
BO bolivian* bolivien* | cochabamba sucre oruro potosi
BR brazilian* brasilen* brasileir* bresilien* | brasilia amazonas
BG bulgarian* bulgar* | sofia
BF burkinabe* burkines* | uagadugu ouagadougou
KH cambodian* camboyan* camboj* cambodg* | phnom
CM cameroonian* camerun* camaron* | yaunde yaounde
CA canadian* canadiens* canadense* canadienne* | ottawa toronto montreal quebec vancouver
CF centrafric* | bangui
TD chadian* chadien* tchadien* | ndjamena yamena
CL chilean* chilen* chilien* | valparaiso atacama
CN chinese* chin[ao] chinas chinos chines chinesa* chineses chinois* | beijing pekin pequim shanghai wuhan hongkong guangdong shenzhen
CO colombian* colombien* | bogota medellin cali cartagena cucuta barranquilla
CD congolese* congolen* congolais* | kinshasa goma
CR costarican* costarricens* costarriquen* costaricain* tico ticos |
CI ivorian* marfilen* marfinens* ivoirien* | abiyan abidjan
HR croatian* croat* croata* | zagreb
CU cuban* cubain* | havana habana guantanamo
CY cypriot* chipriot* cipriot* chypriot* | nicosia
CZ czech* checo* checa* tchec* tchequ* | prague praga
DK danish danes* dinamarques* danois* | copenhagen copenhague copenhaga
DO dominicano* dominicain* quisqueyan* |
EC ecuadorian* ecuatorian* equatorian* equatorien* ecuadorean* | quito guayaquil galapagos esmeraldas
EG egyptian* egipci* egypcien* egyptien* | cairo caire
SV salvadoran* salvadoren* salvadorenh* salvadorien* |
EE estonian* estoni* | tallinn talin
ET ethiopian* etiope* ethiopien* | addis adis tigray tigre
FI finnish* finlandes* finland* | helsinki helsinque
FR french* frances* franceses francesa* franc[ae]is* francais* | paris marseille marsella elysee
GE georgian* georgien* | tbilisi tiflis tbilissi
DE german* aleman* alema* alemao alemaes allemand* | berlin berlim munich frankfurt hamburg
GH ghanaian* ghanes* ghaneen* | accra
GR greek* grieg* grego gregos grega gregas grec grecs grecque* | athens atenas athenes
GT guatemaltec* guatemalan* guatemalteque* |
GN guinean* guineen* guineens* | conakry conacri
GY guyanese* guyanes* guianens* guyanais* guianes* | esequibo essequibo georgetown
HT haitian* haitien* | portauprince
HN honduran* honduren* hondurenh* hondurien* | tegucigalpa
HU hungarian* hungar* hongrois* | budapest budapeste
IS icelandic* islandes* islandais* | reykjavik reikiavik
IN indian indians indio indios indiano* indien* | delhi mumbai bombay kashmir cachemira
ID indonesian* indonesi* indonesien* | jakarta yakarta jacarta bali
IR iranian* irani iranies iranien* persian* | teheran tehran teera
IQ iraqi* iraqui* iraqu* irakien* | baghdad bagdad bagda mosul basra basora
IE irish* irlandes* irlandais* | dublin dublim
IL israeli* israel* | jerusalem telaviv jerusalen
IT italian* italien* | rome roma milan milao
JM jamaican* jamaiquin* jamaicain* | kingston
JP japanese* japones* japonais* nipon* nippon* | tokyo tokio toquio fukushima hiroshima
JO jordanian* jordan* jordanien* | amman
KZ kazakh* kazaj* cazaqu* cazaq* | astana nursultan almaty
KE kenyan* kenian* keniat* quenian* | nairobi
KP northkorean* norcorean* nortecorean* nordcoreen* | pyongyang pionyang
KR southkorean* surcorean* sulcorean* sudcoreen* | seoul seul
XK kosovar* kosov* | pristina
KW kuwaiti* koweitien* |
KG kyrgyz* kirguis* quirguiz* kirghiz* | bishkek biskek bichkek
LA laotian* laosian* | vientiane
LB lebanese* libanes* libanais* | beirut beyrouth beirute
LY libyan* libi[ao]s libien* libyen* | tripoli benghazi
LT lithuanian* lituan* lituanien* | vilnius vilna
MY malaysian* malas[io]* malaisien* | kualalumpur
ML malian* malien* maliens* | bamako
MX mexican* mexicain* | tijuana guadalajara monterrey acapulco oaxaca chiapas sinaloa
MD moldovan* moldav* | chisinau
MA moroccan* marroqu* marocain* | rabat casablanca marrakech marrakesh
MZ mozambican* mocambican* mozambiquen* mozambicain* | maputo
MM burmese* birman* myanmar* | yangon rangun naypyidaw naipyido
NP nepalese* nepali* nepalais* nepal* | kathmandu katmandu catmandu
NL dutch* neerlandes* holandes* neerlandais* hollandais* | amsterdam hague haya haia haye rotterdam
NZ newzealander* neozeland* neozelandes* neozelandais* | wellington auckland christchurch
NI nicaraguan* nicaraguens* nicarag* nicaraguayen* | managua
NE nigerien* nigerino* | niamey
NG nigerian* nigerians | abuja lagos
NO norwegian* norueg* norvegien* | oslo
PK pakistan* paquistan* | islamabad karachi lahore
PS palestinian* palestin* | gaza ramallah cisjordania cisjordanie
PA panamanian* panamen* panameen* |
PY paraguayan* paraguay* paraguaio* paraguayen* | asuncion assuncao
PE peruvian* peruan* peruvien* | cusco arequipa cuzco
PH filipin* philippin* | manila manille
PL polish polac* polones* polonesa* polonais* | warsaw varsovia varsovie
PT portuguese* portugues* portugais* | lisbon lisboa lisbonne
PR puertorican* puertorriquen* portoricain* boricua* |
QA qatari* catari* catar* qatarien* | doha
RO romanian* ruman* romen* roumain* | bucharest bucarest bucareste
RU russian* rus[ao] rusos rusas russ[ao] russos russas russe russes kremlin* | moscow moscu moscou moscovo sanpetersburgo kremlin
RW rwandan* ruand* rwandais* | kigali
SA saudi* saoudien* saudit* | riyadh riad riyad jeddah yeda
SN senegales* senegalais* | dakar dacar
RS serbian* serbi[ao]* servi[ao]s serbe serbes | belgrade belgrado
SG singaporean* singapur* |
SK slovak* eslovac* slovaque* | bratislava
SO somali* somal* | mogadishu mogadiscio
ZA southafrican* sudafrican* sulafrican* sudafricain* | pretoria johannesburg johannesburgo
SS southsudan* sursudan* sudsoudan* | juba
ES spanish* espanol* espanh* espagnol* | madrid barcelona catalun* catalan* catalogne valencia
LK srilankan* | colombo
SD sudanese* sudanes* soudanais* | khartoum jartum cartum
SR surinamese* surinames* surinamais* | paramaribo
SE swedish* suec[ao]* suedois* | stockholm estocolmo
CH swiss* suiz[ao]* suic[ao]* suisse* | geneva ginebra genebra geneve zurich davos berna
SY syrian* siri[ao]* syrien* | damascus damasco damas aleppo alepo alep idlib
TW taiwanese* taiwan* | taipei taipe
TJ tajik* tayik* tajiqu* tadjik* | dushanbe
TZ tanzanian* tanzan* tanzanien* | dodoma
TH thai* tailandes* thailand* thailandais* | bangkok bangcoc
TT trinitarian* trinidad* trinbag* |
TN tunisian* tunecin* tunisin* tunisien* | tunis tunez
TR turkish turk turks turc[ao]* turcs turque* | ankara ancara istanbul estambul istambul
TM turkmen* turcoman* | ashgabat
AE emirati* emirat* | dubai abudhabi
UG ugandan* ugandes* ougandais* | kampala
GB british* britan* britanic* britannique* ingles* | london londres edinburgh escocia scotland
UA ukrainian* ucranian* ukrainien* | kyiv kiev kharkiv jarkov odessa odesa mariupol lviv donetsk
US american americans estadounidens* americain* norteamerican* usa eeuu eua estadunidens* | washington pentagon* miami florida texas
UY uruguayan* uruguay* uruguaio* uruguayen* | montevideo punta
UZ uzbek* uzbeq* ouzbek* | tashkent taskent
VA vatican* santasede holysee |
VE venezuelan* venezolan* venezuelien* | caracas maracaibo miraflores zulia tachira
VN vietnam* vietnamit* | hanoi hanoy
YE yemeni* yemenit* iemen* | sanaa aden saada
ZM zambian* zambien* | lusaka
ZW zimbabw* zimbabu* | harare
"""

_PHRASES = {
    "US": "us|estados unidos|united states|etats unis|white house|casa blanca|casa branca|maison blanche|u s|ee uu|e u a|eeuu|etats unien",
    "GB": "united kingdom|reino unido|royaume uni|great britain|gran bretana|gra bretanha|grande bretagne",
    "RU": "kremlin|san petersburgo|saint petersburg|sao petersburgo|saint petersbourg",
    "CN": "hong kong",
    "SA": "saudi arabia|arabia saudi|arabia saudita|arabie saoudite",
    "KP": "north korea|corea del norte|coreia do norte|coree du nord|north korean",
    "KR": "south korea|corea del sur|coreia do sul|coree du sud|south korean",
    "ZA": "south africa|sudafrica|africa do sul|afrique du sud|south african",
    "NZ": "new zealand|nueva zelanda|nueva zelandia|nova zelandia|nouvelle zelande",
    "AE": "united arab emirates|emiratos arabes|emirados arabes|emirats arabes|abu dhabi|abu dabi",
    "CZ": "republica checa|czech republic|republica tcheca|republique tcheque",
    "DO": "santo domingo|sao domingos|saint domingue|republica dominicana|dominican republic|republique dominicaine",
    "HT": "port au prince|puerto principe|porto principe",
    "CL": "santiago de chile|santiago do chile|santiago du chili",
    "BO": "la paz|santa cruz de la sierra",
    "AR": "buenos aires|casa rosada|buenos ayres",
    "BR": "rio de janeiro|sao paulo|planalto|porto alegre|belo horizonte",
    "PA": "ciudad de panama|panama city|cidade do panama",
    "CR": "san jose de costa rica|costa rica",
    "PY": "ciudad del este",
    "MX": "ciudad de mexico|mexico city|cidade do mexico|ciudad juarez",
    "IL": "tel aviv",
    "IN": "new delhi|nueva delhi|nova delhi|nova deli|nueva deli|inde",
    "VA": "holy see|santa sede|saint siege|santa se|papa francisco|pope francis|pape francois",
    "MY": "kuala lumpur",
    "VN": "ho chi minh",
    "FR": "elysee|eliseo",
    "PR": "puerto rico|porto rico|san juan",
    "CI": "ivory coast|costa de marfil|costa do marfim|cote d ivoire",
    "TW": "taiwan",
    "LK": "sri lanka",
    "MM": "myanmar|birmania|birmanie|mianmar|burma",
    "NL": "netherlands|paises bajos|paises baixos|holanda|pays bas|la haya|the hague|la haye",
    "CD": "republica democratica del congo|democratic republic of congo|rdc|republique democratique du congo",
    "SV": "el salvador|san salvador",
    "TT": "puerto espana|port of spain|trinidad",
    "PS": "west bank|gaza|franja de gaza|gaza strip|faixa de gaza|bande de gaza|cisjordania|cisjordanie",
    "NG": "nigeria",
    "TR": "turkiye|turquia|turkey|turquie",
    "CU": "la habana|la havane",
    "PE": "lima",
    "GE": "georgia",
}

_BODIES = {
    "un": "united nations|naciones unidas|nacoes unidas|nations unies|un|onu",
    "eu": "european union|union europea|uniao europeia|union europeenne|ue|bruselas|brussels|bruxelas|bruxelles|european commission"
    "|comision europea|comissao europeia|commission europeenne",
    "nato": "nato|otan",
    "opec": "opec|opep|opec+|opep+",
    "imf": "imf|fmi|international monetary fund|fondo monetario internacional|fundo monetario internacional|fonds monetaire international",
    "who": "who|oms|world health organization|organizacion mundial de la salud|organizacao mundial da saude"
    "|organisation mondiale de la sante",
    "paho": "paho|ops|opas|pan american health organization|organizacion panamericana de la salud|organizacao pan americana da saude",
    "iaea": "iaea|oiea|aiea|international atomic energy agency|organismo internacional de energia atomica"
    "|agencia internacional de energia atomica|agence internationale de l energie atomique",
    "oas": "oas|oea|organization of american states|organizacion de los estados americanos|organizacao dos estados americanos"
    "|organisation des etats americains",
    "icc": "icc|cpi|tpi|international criminal court|corte penal internacional|tribunal penal internacional|cour penale internationale",
    "icj": "icj|cij|international court of justice|corte internacional de justicia|corte internacional de justica"
    "|cour internationale de justice",
    "worldbank": "world bank|banco mundial|banque mondiale",
    "wto": "wto|omc|world trade organization|organizacion mundial del comercio|organizacao mundial do comercio"
    "|organisation mondiale du commerce",
    "iachr": "iachr|cidh|inter american commission on human rights",
    "redcross": "red cross|cruz roja|cruz vermelha|croix rouge",
    "taliban": "taliban|talibanes|talibas|talibans",
    "hezbollah": "hezbollah|hezbola|hizbullah|hizbola|hizbullah",
    "is": "islamic state|estado islamico|etat islamique|isis|isil|daesh",
    "security council": "security council|consejo de seguridad|conselho de seguranca|conseil de securite",
    "supreme court": "supreme court|corte suprema|tribunal supremo|supremo tribunal|cour supreme|tribunal supremo de justicia",
    "olympics": "olympics|olympic games|juegos olimpicos|jogos olimpicos|olimpiadas|jeux olympiques",
    "world cup": "world cup|copa del mundo|mundial|copa do mundo|coupe du monde",
    "pope": "pope|papa|pape|pontiff|pontifice",
    "mercosur": "mercosur|mercosul",
    "g20": "g20|g 20",
    "brics": "brics",
    "fed": "federal reserve|reserva federal|fed",
    "nobel": "nobel",
}
_NO_PLACE = (
    "complexo do alemao|morro do alemao|rio grande|rio negro|rio tinto|rio bravo|latin american|"
    "south american|central american|north american|american states|new mexico|persian gulf|indian ocean|"
    "panama papers"
)
_CAPITALS_ONLY = frozenset({"un", "ue", "who", "ops", "is", "us", "fed", "oms", "tpi"})  # words too, unless in capitals


# Cities as the four languages write them, by country; each stands for itself and, where it is unmistakable, for its country.
_CITIES = """
AF kabul,cabul,kaboul kandahar herat
AO luanda
AR buenos_aires,buenos_ayres rosario cordoba mendoza bariloche ushuaia tucuman jujuy neuquen mar_del_plata
AT vienna,viena,vienne
AM yerevan,erevan,ierevan
AU sydney canberra melbourne
AZ baku,bakou
BD dhaka,daca
BE antwerp,amberes,antuerpia,anvers
BG sofia
BO la_paz cochabamba santa_cruz_de_la_sierra,santa_cruz oruro potosi sucre tarija el_alto uyuni
BR brasilia rio_de_janeiro,rio sao_paulo porto_alegre belo_horizonte recife fortaleza manaus belem curitiba roraima,boa_vista
BY minsk
CA ottawa toronto montreal quebec vancouver
CH geneva,ginebra,genebra,geneve zurich davos berna,bern,berne
CL santiago_de_chile,santiago_do_chile,santiago_du_chili valparaiso antofagasta iquique temuco arica
CN beijing,pekin,pequim shanghai,xangai wuhan hong_kong,hongkong guangdong shenzhen canton,guangzhou xinjiang
CO bogota medellin cali cartagena cucuta barranquilla buenaventura arauca bucaramanga
CR san_jose_de_costa_rica
CU havana,la_habana,habana,la_havane santiago_de_cuba holguin matanzas cienfuegos mariel guantanamo camaguey
CZ prague,praga
DE berlin,berlim munich,munique frankfurt,francfort hamburg,hamburgo
DK copenhagen,copenhague,copenhaga
DO santo_domingo,sao_domingos,saint_domingue
DZ algiers,argel,alger
EC quito guayaquil cuenca esmeraldas galapagos machala
EG cairo,caire
ES madrid barcelona,barcelone valencia sevilla,seville,sevilha bilbao malaga
ET addis_ababa,adis_abeba,addis_abeba
FI helsinki,helsinque
FR paris marseille,marsella,marselha lyon toulouse
GB london,londres edinburgh,edimburgo,edimbourg manchester glasgow
GE tbilisi,tiflis,tbilissi
GR athens,atenas,athenes
GY georgetown
HN tegucigalpa san_pedro_sula
HT port_au_prince,puerto_principe,porto_principe
HU budapest,budapeste
ID jakarta,yakarta,jacarta bali
IE dublin,dublim
IL jerusalem,jerusalen tel_aviv,telaviv haifa
IN new_delhi,nueva_delhi,nova_delhi,nova_deli,nueva_deli,delhi mumbai,bombay
IQ baghdad,bagdad,bagda mosul basra,basora
IR tehran,teheran,teera isfahan natanz bandar_abbas
IT rome,roma milan,milao naples,napoles
JP tokyo,tokio,toquio hiroshima fukushima
KE nairobi
KP pyongyang,pionyang
KR seoul,seul
KZ astana,nursultan almaty
LB beirut,beyrouth,beirute
LY tripoli benghazi
MA rabat casablanca marrakech,marrakesh
ML bamako
MX ciudad_de_mexico,mexico_city,cidade_do_mexico tijuana guadalajara monterrey acapulco oaxaca chiapas sinaloa,culiacan ciudad_juarez
NG abuja lagos
NI managua
NL amsterdam the_hague,la_haya,la_haye,haia,haya rotterdam
NO oslo
PA ciudad_de_panama,panama_city,cidade_do_panama
PE lima cusco,cuzco arequipa puno juliaca iquitos chancay
PH manila,manille
PK islamabad karachi,carachi lahore
PL warsaw,varsovia,varsovie
PR san_juan
PT lisbon,lisboa,lisbonne oporto
PY asuncion,assuncao ciudad_del_este encarnacion
QA doha
RO bucharest,bucarest,bucareste
RS belgrade,belgrado
RU moscow,moscu,moscou,moscovo st_petersburg,san_petersburgo,saint_petersburg,sao_petersburgo,saint_petersbourg kazan sochi,sotchi
RU vladivostok kaliningrad,kaliningrado kursk,koursk belgorod
SA riyadh,riad jeddah,yeda
SE stockholm,estocolmo
SR paramaribo
SV san_salvador
SY damascus,damasco,damas aleppo,alepo,alep idlib
TH bangkok,bangcoc
TN tunis,tunez
TR ankara,ancara istanbul,estambul,istambul antalya,antalia izmir,esmirna adana
UA kyiv,kiev kharkiv,jarkov,kharkov,carcovia odessa,odesa mariupol
UA lviv,leopolis donetsk kherson,jerson bakhmut,bajmut zaporizhzhia,zaporiyia
US washington new_york,nueva_york,nova_york,nova_iorque miami houston los_angeles chicago dallas atlanta el_paso boston
UY montevideo punta_del_este
VE caracas maracaibo,zulia tachira,san_cristobal cumana carabobo barquisimeto puerto_cabello punto_fijo paraguana apure barinas merida
VN hanoi,hanoy
YE sanaa aden saada hodeida
"""
_GIVEN_NAMES = frozenset(
    "grecia francia georgia israel jordan paris sydney santiago sofia rosario mendoza cordoba merida valencia india kenia china roma "
    "chad florencia america asia santa_cruz lorena".split()
)  # of people too, where another capital follows: "Rosario Murillo", "Francia Marquez"
# People in the news whose name alone begins a report: a capital at the beginning of a sentence says nothing of others.
_PERSONS = frozenset(
    """
    putin poutine lavrov shoigu choigou peskov medvedev zakharova zajarova zelensky zelenski zelenskiy zelenskyy kuleba lukashenko
    lukachenko navalny navalni prigozhin prigojine biden trump obama harris pence pompeo blinken rubio vance kerry bolton abrams sullivan
    yellen mnuchin austin hegseth vindman pelosi xi wang qin jinping netanyahu gantz gallant haniyeh nasrallah jamenei khamenei rohani
    rouhani raisi zarif araghchi araqchi pezeshkian soleimani erdogan assad sisi salman modi abe kishida suga kim macron philippe castex
    attal merkel scholz merz johnson sunak starmer truss corbyn sanchez iglesias feijoo rajoy borrell albares orban meloni draghi conte
    berlusconi salvini stoltenberg rutte guterres bachelet tedros grossi almagro lula bolsonaro dilma moro haddad alckmin temer doria
    moraes maduro guaido chavez cabello machado padrino arreaza saab capriles leopoldo petro duque uribe santos boric pinera kast
    bachelet milei macri kirchner massa fernandez lacalle mujica orsi evo morales arce anez mesa camacho castillo boluarte vizcarra
    sagasti fujimori correa moreno lasso noboa arauz ortega murillo bukele giammattei arevalo zelaya xiomara castro diaz canel
    lopez obrador sheinbaum ebrard calderon chapo abinader moise aristide henry francis francisco bergoglio messi neymar maradona
    mbappe ronaldo djokovic nadal federer musk zuckerberg bezos assange snowden peskov mishustin kirienko gerasimov kadyrov
    """.split()
)
_SHORT_NAMES = frozenset({"xi", "li", "wu", "hu"})
_OFFICES = {
    "putin 2012-05-07": "kremlin chief|kremlin leader|jefe del kremlin|lider del kremlin|chefe do kremlin|chef du kremlin|maitre du kremlin"
    "|russian president|presidente ruso|presidente russo|president russe|mandatario ruso",
    "xi 2013-03-14": "chinese president|presidente chino|presidente chines|president chinois|chinese leader|mandatario chino",
    "trump 2017-01-20 2021-01-20 2025-01-20|biden 2021-01-20 2025-01-20": "us president|u s president|american president"
    "|president of the united states|presidente de estados unidos|presidente de los estados unidos|presidente dos eua"
    "|presidente dos estados unidos|presidente de ee uu|presidente estadounidense|presidente americano|president americain"
    "|president des etats unis|mandatario estadounidense",
    "bolsonaro 2019-01-01 2023-01-01|lula 2023-01-01": "brazilian president|presidente brasileno|presidente brasileiro|president bresilien"
    "|presidente de brasil|presidente do brasil|mandatario brasileno",
    "macron 2017-05-14": "french president|presidente frances|presidente francais|president francais|mandatario frances",
    "erdogan 2014-08-28": "turkish president|presidente turco|president turc|mandatario turco",
    "zelensky 2019-05-20": "ukrainian president|presidente ucraniano|president ukrainien|mandatario ucraniano",
    "raisi 2021-08-03 2024-05-19|rouhani 2013-08-03 2021-08-03|pezeshkian 2024-07-28": "iranian president|presidente irani"
    "|presidente iraniano|president iranien",
    "maduro 2013-04-19 2026-01-03": "venezuelan president|presidente venezolano|presidente venezuelano|president venezuelien"
    "|presidente de venezuela|presidente da venezuela|mandatario venezolano",
    "petro 2022-08-07 2026-08-07|duque 2018-08-07 2022-08-07": "colombian president|presidente colombiano|president colombien",
    "milei 2023-12-10|fernandez 2019-12-10 2023-12-10|macri 2015-12-10 2019-12-10": "argentine president|presidente argentino"
    "|president argentin|mandatario argentino",
    "boric 2022-03-11 2026-03-11|pinera 2018-03-11 2022-03-11": "chilean president|presidente chileno|president chilien",
    "arce 2020-11-08 2025-11-08": "bolivian president|presidente boliviano|president bolivien",
    "bukele 2019-06-01": "salvadoran president|presidente salvadoreno|presidente salvadorenho|president salvadorien",
}  # holders with the days on which they took (and left, and took) office, and how the office is written


def _expand(word: str) -> tuple[str, ...]:
    if "[" not in word:
        return (word,)
    head, _, rest = word.partition("[")
    choices, _, tail = rest.partition("]")
    return tuple(head + choice + tail for choice in choices)


@cache
def place_phrases() -> Mapping[tuple[str, ...], str]:
    """Folded word sequences that name a country or body: words to ``place:RU`` or ``body:un``, to nothing where they only
    look like one."""
    phrases: dict[tuple[str, ...], str] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("ZZ", "EU", "UN", "XA", "XB", "EZ", "QO"):
                phrases.setdefault(tuple(words_of(str(name))), f"place:{code}")
    for code, many in _PHRASES.items():
        phrases.update({tuple(each.split()): f"place:{code}" for each in many.split("|")})
    for body, many in _BODIES.items():
        phrases.update({tuple(words_of(each)): f"body:{body}" for each in many.split("|")})
    phrases.update({tuple(each.split()): "" for each in _NO_PLACE.split("|")})
    return {**_country_words().whole, **phrases}


@dataclass(frozen=True)
class _Words:
    """Single words: whole ones, beginnings (``rus*`` without the star), and which whole ones are demonyms."""

    whole: Mapping[tuple[str, ...], str]
    starts: Mapping[str, str]
    demonyms: frozenset[str]


@cache
def _country_words() -> _Words:
    whole: dict[tuple[str, ...], str] = {}
    starts: dict[str, str] = {}
    demonyms: set[str] = set()
    for line in _COUNTRY_WORDS.strip().splitlines():
        code, _, rest = line.partition(" ")
        people, _, cities = rest.partition("|")
        demonyms |= {word for written in people.split() for word in _expand(written)}
        for word in (each for written in (people + cities).split() for each in _expand(written)):
            if word.endswith("*"):
                starts.setdefault(word[:-1], f"place:{code}")
            else:
                whole.setdefault((word,), f"place:{code}")
    return _Words(whole, starts, frozenset(demonyms))


def is_demonym(word: str) -> bool:
    """Whether a whole folded word names a people, and so may be written without a capital (``rusos``)."""
    return word in _country_words().demonyms


@cache
def cities() -> Mapping[tuple[str, ...], str]:
    """Folded word sequences that name a city to its key: ``("la", "habana")`` to ``city:CU:havana``."""
    found: dict[tuple[str, ...], str] = {}
    for line in _CITIES.strip().splitlines():
        code, _, rest = line.partition(" ")
        for written in rest.split():
            forms = written.split(",")
            for form in forms:
                found[tuple(form.split("_"))] = f"city:{code}:{forms[0]}"
    return found


def is_given_name(word: str) -> bool:
    """Whether a country or city is also what people are called."""
    return word in _GIVEN_NAMES


def is_known_person(word: str) -> bool:
    """Whether a folded word is the name of somebody who is in the news."""
    return word in _PERSONS


def is_short_name(word: str) -> bool:
    """Whether a folded word of two letters is a name."""
    return word in _SHORT_NAMES


@cache
def offices() -> Mapping[tuple[str, ...], str]:
    """How an office is written to those who held it, with their days."""
    return {tuple(form.split()): holders for holders, forms in _OFFICES.items() for form in forms.split("|")}


@cache
def office_starts() -> Mapping[str, int]:
    """By first word: how many words the longest office that begins with it has."""
    longest: dict[str, int] = {}
    for words in offices():
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


def holder(office: tuple[str, ...], day: date | None) -> str | None:
    """Who held an office on a day; on an unknown day who alone is on record and still holds it."""
    holders = [each.split() for each in offices()[office].split("|")]
    for name, *days in holders:
        spans = [*map(date.fromisoformat, days), date.max]
        if day is None:
            if len(holders) == 1 and len(days) == 1:
                return name
        elif any(start <= day < end for start, end in zip(spans[::2], spans[1::2], strict=False)):
            return name
    return None


@cache
def place_starts() -> Mapping[str, str]:
    """Beginnings of folded words that name a country's people: ``venezolan`` to ``place:VE``."""
    return _country_words().starts


@cache
def longest_phrase() -> Mapping[str, int]:
    """By first word: how many words the longest name that begins with it has."""
    longest: dict[str, int] = {}
    for words in (*place_phrases(), *cities()):
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


def needs_capitals(word: str) -> bool:
    """Whether a folded word names a body only where it is written in capitals (``who``, ``un``)."""
    return word in _CAPITALS_ONLY
