"""Words for what happens, so that "detienen", "arrested" and "interpellé" are one deed: the news's own small thesaurus.

Each line is a deed or thing and the words of the four languages that stand for it, folded (lower case, no accents); a word
ending in ``*`` stands for all that begin so, and ``_`` joins the words of a phrase. A deed is what a headline says happened;
a thing is what it happened to. Written for newsdesk out of what news is about in general.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache, lru_cache

_DEEDS = """
arrest: arrest* detain* detien* detuv* deten* deteng* detid* captur* apres* preso presa presos presas prende prendem prendeu
    prendio prision_preventiva interpel* apprehend* nabbed custody aprehend* apprehension incarcer* encarcel* jailed
sentence: sentenc* condamn* condena a_anos convict* jail_term years_in_prison anos_de_carcel anos_de_prision anos_de_prisao
    ans_de_prison perpetua perpetuite purger purga
release: freed frees released releases releas* liber* excarcel* liberad* libert* solta solto soltou soltos relache* libre
    walks_out sale_de_prision deixa_a_cadeia deixa_a_prisao recouvre
extradite: extradit* extradic* extrad* entregar_a handed_over
charge: charged charges indict* imput* acusa acusad* accus* denuncia_formal inculp* mis_en_examen mise_en_examen poursuiv*
    prosecut* procesad* processad* procesam* denunciad*
trial: trial trials juicio julgamento proces banquillo juicio_oral reu
raid: raid raids raided allan* perquisition* busca_e_apreensao cateo operativo redada batida descente
kill: kill* mata matan matar mataron mato mataram asesin* assassin* murder* homicid* tue tues tuee tuees abat* slain massacre*
    masacr* gunned meurtr* chacina sicari*
die: die dies died dead death* muer* morre* morto* morta* morte* mort morts morte fallec* falec* decede* deces deceso perec*
    succomb* s_eteint victim* vitima* luto mourning duelo deuil toll
dies: dies muere murio morre morreu meurt fallece fallecio falece faleceu decede succomb* s_eteint
hurt: injur* wound* herid* ferid* bless* lesionad* hurt
explode: explo* blast* bomb* atentado* attentat* carro_bomba souffle deton*
attack: attack* ataque* ataca* ataco atacaram attaqu* assault* asalt* assalt* ambush* embosc* emboscad* embuscade strike_on
    offensive ofensiva storm stormed invad* envah* irrup*
missile: missile* misil* missil* misseis rocket* cohete* foguete* roquette* balistic* ballistic* proyectil*
drone: drone* dron vant unmanned no_tripulad* nao_tripulad*
war: war guerra guerre combat* fighting hostilit* hostilid* conflict* conflit* confronto* enfrentamiento* clash* heurts
    affrontement* lucha_armada luta_armada reprend_les_armes
ceasefire: ceasefire cease_fire alto_el_fuego cessar_fogo cessez_le_feu tregua truce treve peace_deal peace_accord acuerdo_de_paz
    acordo_de_paz accord_de_paix paz peace paix
invasion: invasion invasao invad* incurs* desembarc* landing incursion*
coup: coup golpe putsch golpist* uprising alzamiento levante soulevement sublev* mutin* golpe_de_estado coup_d_etat
protest: protest* manifest* manifestac* demonstrat* marcha marchas rally concentracion passeata* disturb* riot* emeut* motim
    tumult*
strike: strike huelga* greve* paro paralis* paraliz* walkout walked_off debray* paralys*
blockade: block* bloque* bloqueo* bloqueio* blocus barricad* bloquead* stuck aground encall* encalh*
quake: earthquake* quake* tremor* seism* sism* terremot* temblor* abalo* seisme* telur* magnitude epicent*
tsunami: tsunami* maremot*
flood: flood* inund* enchent* riada* crue crues desbord* alagament* crecida* overflow* sous_les_eaux
landslide: landslide* mudslide* alud* desliz* derrumb* glissement* deslizament* huayco* soterr* buried sepult* ensevel* avalanch*
    desmoron* mud lodo lama boue
storm: hurricane* huracan* furac* ouragan* cyclon* ciclon* storm tempest* tormenta* tempet* typhoon* tifon*
fire: fire fires wildfire* blaze* incend* queimad* fuego fogo feu feux arde flames flamm* llamas chamas burn* quema* brul*
drought: drought* sequia* seca secas secheress*
eruption: erupt* erupc* volcan* vulcao
crash: crash* estrell* s_ecrase ecras* derrib* cai caiu queda_de choque chocan collid* collision colis* accident* siniestro
    acident* despena* despiste derail* descarril* derrap* shot_down plunge*
sink: sink* sank sunk hunde hunden hundi* naufrag* afund* coule coulee shipwreck*
rescue: rescu* rescat* resgat* sauve* sauvet* secour* pulled_alive socorr*
missing: missing desapareci* desaparec* dispar* unaccounted introuvabl* sumi* vanish* extravi*
trapped: trapped atrapad* presos_em pris_au_piege atrapados bloques
kidnap: kidnap* secuestr* sequestr* enlev* abduct* hostage* rehen* refem otage* rapt plagi* ransom rescate_de
shooting: shoot* tirote* shot gunmen gunfire fusill* tiros balead* disparos tiroteio a_bala
election: election* eleccion* eleic* election elector* elections comici* urnas urnes ballot* polls scrutin pleito
    presidential_race sufragio suffrage* legislativ* runoff run_off segunda_vuelta segundo_turno second_tour balotaje plebiscit* referend*
    reelec* reeleg* reelu*
first_round: first_round primera_vuelta primeiro_turno premier_tour
runoff: runoff run_off segunda_vuelta segundo_turno second_tour balotaje balotagem ballottage ballotage
win: win wins won winner victor* gana gano ganan ganador* vence venceu vencio vitoria* triunf* elected elect elegid* eleito eleita
    elu elue elegido conced* l_emporte remport* gagn* derrota_a bate beat beats landslide_win arrasa proclaim* champion*
    campe* conquist*
lose: lose loses lost derrotad* perd* defeat* derrota defaite s_incline revers setback eliminad* elimin* knocked_out upset stun*
inaugurate: sworn swears inaugurat* takes_office oath jura juram* juramenta asume assum* toma_posse posse prete_serment investi*
    investidura investiture toma_posesion took_office intronis*
resign: resign* renunci* demission* dimit* dimis* steps_down step_down stepped_down quits quit renuncia pede_demissao cede_a
oust: oust* destitu* vacancia impeach* removed removal derroc* depos* renvers* limoge* fired sacked dismiss* toppl* cassad*
appoint: appoint* nombr* nomm* nomead* nomeia design* named_as chosen elegid* picks
ratify: ratif*
promulgate: promulg* signs_into_law signed_into_law sancionou_a_lei
vote: vot* aprob* aprov* adopt* adopc* approv* pass passed passes avalo resolution* resoluc* resolut*
reject: reject* rechaz* rejeit* rejett* veto* vetoed turns_down niega_la nega refus* recus* descart* overrul* desautoriz* desmente
    desavoue block_the
law: law laws bill ley leyes lei leis loi lois legislation legislacion legislacao legislation reform* decret* decree*
    legal_tender constituc* constit*
ruling: rul* fallo sentencia_del dictam* juiz judge jueza juez juge justic* tribunal* court corte cour supremo fachin anul* annul*
    jurisd* competent*
sanction: sanction* sancion* sanc* blacklist* lista_negra liste_noire embarg* freez* congel* gel_des geles asset_freeze penaliz*
    punitiv* restric*
lift: lift* levant* leve* alivi* ease* eases assoupl* suspendio_las flexibiliz* levee
expel: expel* expuls* persona_non_grata orders_out renvoi* deport* deportad* manda_diplomata kicked_out
recall: recall* llama_a_consultas chama_embaixador rappel*
break: breaks break_off rompe* rompi* rompt rupture cuts_ties severs corta_relaciones corta_relacoes ditch* abandona_taiwan lach*
    tie_cut troca
recognise: recogni* reconoc* reconhec* reconnai* establish* estable* etabli* relations relaciones relacoes lacos diplomatic_ties
    ties noue*
visit: visit* viaj* viag* voyage* trip tour gira giro tournee llega arriv* chega* llego lleg* arrib* recib* receb* recoi* recu
    welcom* host* acoge accueil* desembarca deplac* escal*
meeting: meet meets met meeting* reun* reuni* rencontr* encontro* encuentro* talks summit* cumbre* cupula* sommet* convers*
    dialog* entreti* negoci* negot* discuss*
phone: phone* telefon* telephon* call llamada ligacao appel_telephonique
sign: sign signs signed signing firma firman firmo firmar* firmad* firme assina assinam assinou assinad* assinar* signe signent signer
    signee* signature* suscrib* rubric* rubrique* ink inks inked paraph*
agreement: pact pacts pacto pactan acord* acuerd* accord accords agreement* deal deals convenio* memorand* treaty tratado* traite*
    contract* contrat* clinch* scell* settlement entendimento entend* compromis*
leave: leaves quit quits abandon* retir* withdraw* withdrew sale_de deixa* quitt* pull* encerr* cesa cesan exit* pulls_out zarpa*
    departs departed departing departure* sets_sail salida saida sortie
return: return* regres* volta voltou volve* vuelve* vuelta retour* retorn* rentr* revient crosses_back
open: open* abre* abri* apert* inaugur* ouvr* ouvert* reopen* reab* reapert* reouvert* habilit* estren* estreia launch* lanz*
    lanc* debut* rollout starts start begin* begins comienz* comec* inici* commenc* arranc* empiez* activa mobili* moviliz*
    deploy* desplieg* deploi*
close: close closes closed closing closure* cierr* cerrad* fech* ferm* shut* clausur* halts halt halted interromp* interrup*
    suspend* suspens* corta cort* stop*
    detien_el paraliz* arret* pausa* aplaz* delay* postpon* posterg* pospon* adiad* adia
end: end ends ended ending termin* fin_de fin_a met_fin culmin* conclu* finaliz* acab* finit acheve depon* encerra*
stuck_freed: refloat* reflot* desencall* remis_a_flot flutuar
cut: cut cuts recort* corte_de reduc* reduz* redu* baisse* baja* rebaj* slash* coupe_dans
raise: raise* increas* aument* subi* alza* hausse* augment* eleva* elev* rise* rose incremen* hike*
plunge: plunge* plummet* desplom* derret* effondr* krach* hunde hunden hundi* despenc* tumbl* drops drop slid* cae* caida
    queda chute* collapse*
    colaps* rompe_se rupture_d breaks_down
record: record* historic* historique*
buy: buy* bought compra* comprara achet* achat* acquir* adquir* purchas* adquis* command* encomend* order_of
sell: sell* sold vend* venta* vente* subast* leil* auction* enchere* adjudic* cede* transfer* traspas*
seize: seiz* confisc* incaut* decomis* apreen* apreend* saisi* impound* embarg* intercept* hijack*
loan: loan* credit* prestam* emprest* pret prete emprunt* financ* lend*
debt: debt* deuda* divida* dette* bond* bonos bonist* creanc* credor* acreed* default* creditor* reestruct* restruct* refinanc*
    imf fmi
aid: aid ayuda ajuda aide donat* donac* doac* don_de humanit* assistance asistencia assistenc* socorro suministr* insumos
vaccine: vaccin* vacun* vacin* immuni* inmuniz* imuniz* dose* dosis jab* shots inocul* inyec*
virus: virus* coronavirus* covid* pandem* epidem* contag* infec* outbreak* brot* surto* cases casos
investigate: investig* enquete* inquer* probe* inquiry pesquis* apura* averigu*
accuse: accus* acus* denounc* denunc* denonc* blam* culp* atribuy* reproch* alleg* aleg*
warn: warn* advert* advirt* avert* alert* mise_en_garde mises_en_garde ameac* amenaz* threat* menac* consequenc* consecuenc*
deny: deni* deny* nieg* niega* nega* desment* dement* refut* rejects_claims
ban: ban bans banned prohib* proib* interdi* veda vedad* moratori* outlaw* barr* inhabil* disqualif* impede* impid* empech*
demand: demand* exig* reclam* urge* insta* pide* pede* request* solicit* exhort* recomend*
apologise: apolog* perdon* perdao disculp* desculp* pardon* forgiv*
poison: poison* enven* empoison* novichok intoxic*
coma: coma hospital* reanim* intens* respirador internad*
surrender: surrender* entreg* rend* capitul*
exile: exil* asyl* asil* refugi* refug*
migrate: migra* refuge* immigr* inmigr* caravan* deplaz* desplazad* deslocad*
border: border* fronter* fronteir* frontier* crossing
exercise: drill* exercis* ejercici* exercici* manoeuvr* maniobr* manobr* manuvr* war_games
arms: arms weapon* arma* armas armement* armes armament* fusil* rifle* ammunit* munic*
tank_ship: tanker* petrolero* petroleir* petrolier* tanquer*
ship: ship* vessel* buque* barco* navio* navir* bateau* frigat* fragat* fregat* warship* carguer* cargueir* cargo_ship freighter flota frota
    fleet flottil* armada_pesq porte_cont* container
fishing: fish* pesc* pech* squid calamar*
carrier: aircraft_carrier* portaavion* porta_avioes porte_avions
plane: plane planes aircraft* avion* aviao avioes jet* airliner* flight* vuelo* voo* vol_ airport aeropuerto* aeroporto* aeroport*
    fighter* helicop* caza caca_ chasse aeron* boeing*
satellite: satel* spac* espac* orbit* cohete_ fusee*
oil: oil* petrol* crude* crudo* brut barrel* barril* baril* refin* gasolin* combust* essence fuel* opep opec
gas: gas gaz gasoduc* gazoduc* pipeline* oleoduc* lng
mine: mine mina minas mining miner* minier* mineur* shaft pozo presa_minera
copper: copper cobre cuivr*
gold: gold oro ouro
lithium: lithium litio
coal: coal carbon carvao charbon*
dam: dam presa_ barrag* barrage* represa*
power: power_cut* power_outage blackout* apagon* apagao electric* eletric* electri* energ*
nuclear: nuclear* nucle* atomic* uranium uranio
grain: grain* cereal* cereais* wheat trigo ble corn maiz milho mais_ soy* soja maiz*
trade: trade* comerc* commerc* tariff* arancel* tarif* droits_de_douane export* import* free_trade libre_comercio livre_comercio
    libre_echange tlc
telecom: 5g telecom* spectrum espectro frequenc* frecuenc* huawei internet network
media: journalis* periodist* jornalist* journalist* newspaper* diario_ jornal emisora emissora broadcaster* television* televis*
    canal channel chaine radio
spy: spy* espi* espion* intelligenc* inteligenc* renseign*
hack: hack* cyber* ciber* ransom* pirate* pirata*
drug: drug* droga* drogue* cocain* narco* traffick* trafic* cartel*
prison: prison* carcel* cadeia presid* penitenci* penit* inmate* reclus* detenu* reos jail* cellul*
exchange: swap swaps exchang* canje* intercamb* echang* troca_de_pris*
funeral: funeral* obseq* burial entierr* sepelio enterr* adieu* despid* farewell* velor*
crown: crown* coron* courronn* couronn* coronation*
queen: queen* reina* rainha* reine* monarc* king rey rei roi realeza
birth: born birth* nac* nasc* naiss*
pope: pope popes papa papal papale pape pontif*
final: final finals finales penalt* tirs_au_but semi* quartos cuartos quarts world_cup mundial copa coupe
goal: goal* gol gols goles buts hat_trick triplet* triple*
summit_climate: climat* clima* cop26 cop27 cop28 fossil* emission* emisi* emiss* warming calent* rechauff*
currency_swap: currency_swap swap_cambiario swap_cambial swap_de_monedas swap_de_moedas swap_de_divisas swap_de_devises
money: bitcoin* bitcoin crypt* cript* currency moneda* moeda* monnaie*
bridge: bridge* puent* ponte* pont
church: church* iglesi* igrej* eglis* residential_schools internado*
school: school* escuel* escol* ecole* student* estudiant* etudiant* universi*
hospital: hospital* doctor* medic* medec* nurs* enfermer* infirm* soignant* cirug* surgeon* surgery
police: police* polic* agents gendarm*
army: army ejerc* exerc* armee* soldier* soldad* soldat* troop* tropa* troupe* milit* general*
rebel: rebel* guerrill* insurg* dissident* disident* militia* milic* milice* paramil*
talks_end: collapse_of talks_fail ruptura_del_dialogo
ambassador: ambassador* embajador* embaixador* ambassadeur* embass* embaj* embaix* ambassade* diplomat* charge_d_affaires consul*
    encargado_de_negocios
minister: minister* ministr* canciller* chancel* chanceler* secretary_of
president: president* presid* chief_of_state mandatari* chef_de_l_etat
senate: senate senado senat
lower_house: house_of_representatives camara_de_diputados camara_dos_deputados camara_baja chambre_des_deputes chambre_basse
    camara_de_representantes
    diputados deputados deputes lower_house
congress: congres* parliament* parlament* parlement* asamble* assembl* senat* senad* deput* diput* lawmaker* legislador*
company: compan* empres* entrepris* firm subsid* filial* brand* corporat* societe
bank: bank* banco* banqu*
poll: poll encuest* pesquis* sondage*
inflation: inflat* inflac* prices precios precos prix
jobs: unemploy* desemple* desempreg* chomag* layoff* despid* licenci*
airline: airline* aerolin* companhia_aerea compagnie_aerienne aeroline*
bus: bus buses autobus* onibus* autocar* coach ravine barranco abismo ribanceira precipic* ravin
train: train trains tren trenes trem trens ferrov* ferroc* railway*
test: test tests tested ensay* ensai* essai* trials prueba* prova_ teste* testa*
space_station: station*
supermarket: supermar* tienda* shop* magasin* store*
car: cars car_plant vehicul* veicul* voitur* automov* automob* carros autos
football: footbal* futbol* futebol* soccer
tennis: tennis tenis wimbledon
disputed: dispute* disput* litig* fraud* fraude*
genocide: genocid* war_crime* crimenes_de_guerra crimes_de_guerra
human_rights: human_rights derechos_humanos direitos_humanos droits_de_l_homme droits_humains
"""


_Words = Mapping[str, tuple[str, ...]]
_Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]


@cache
def _table() -> tuple[_Words, _Words, _Phrases]:
    """Whole words, beginnings, and phrases by their first word, each with what it stands for."""
    whole: dict[str, tuple[str, ...]] = {}
    starts: dict[str, tuple[str, ...]] = {}
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}
    for line in _DEEDS.strip().replace("\n    ", " ").splitlines():
        deed, _, words = line.partition(": ")
        for word in words.split():
            if "_" in word.strip("_*"):
                parts = tuple(word.strip("*").split("_"))
                phrases[parts[0]] = (*phrases.get(parts[0], ()), (parts, deed))
            elif word.endswith("*"):
                starts[word[:-1]] = (*starts.get(word[:-1], ()), deed)
            else:
                whole[word.strip("_")] = (*whole.get(word.strip("_"), ()), deed)
    return whole, starts, phrases


@lru_cache(maxsize=65536)
def deeds_of(word: str) -> tuple[str, ...]:
    """What a single folded word stands for; the longest beginning on record counts.

    >>> deeds_of("detenidos"), deeds_of("arrested"), deeds_of("table")
    (('arrest',), ('arrest',), ())
    """
    whole, starts, _ = _table()
    found = whole.get(word, ())
    for length in range(len(word), 2, -1):
        if word[:length] in starts:
            return tuple(dict.fromkeys((*found, *starts[word[:length]])))
    return found


# Phrases whose words mean something else than they do alone; nothing is read in them but what other lines say of the whole phrase.
_ANOTHER_SENSE = """
nobel_de_la_paz nobel_da_paz nobel_de_la_paix nobel_peace_prize nobel_peace premio_nobel_de_la_paz rodrigo_paz octavio_paz la_paz
tren_de_aragua aircraft_carrier aircraft_carriers porta_avioes porte_avions currency_swap swap_cambiario swap_cambial swap_de_monedas
swap_de_moedas swap_de_divisas swap_de_devises close_ties closer_ties close_to close_ally close_allies close_aide close_friend
close_relations alto_el_fuego cessar_fogo cease_fire cessez_le_feu shot_down white_house casa_blanca casa_branca maison_blanche
la_libertad_avanza a_la_suite de_la_part a_part open_fire abre_fuego abren_fuego abriu_fogo ouvre_le_feu feux_de_foret
"""
_LEAVING_BEHIND = frozenset("leaves leaving left deixa deixam deixou deixaram".split())
_LEFT_BEHIND = frozenset({"die", "hurt", "missing"})
_OF_INSTITUTIONS = frozenset(
    "congress senate lower_house ruling army police president minister bank ambassador election law company school hospital church "
    "pope queen final oil media power war".split()
)


@cache
def _another_sense() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    phrases: dict[str, tuple[tuple[str, ...], ...]] = {}
    for written in _ANOTHER_SENSE.split():
        parts = tuple(written.split("_"))
        phrases[parts[0]] = (*phrases.get(parts[0], ()), parts)
    return phrases


def _covered(words: list[str]) -> set[int]:
    """The places of the words that stand in a phrase of another sense."""
    phrases = _another_sense()
    places: set[int] = set()
    for at, word in enumerate(words):
        for parts in phrases.get(word, ()):
            if tuple(words[at : at + len(parts)]) == parts:
                places.update(range(at, at + len(parts)))
    return places


def deeds_in(words: list[str], names: Collection[int] = ()) -> frozenset[str]:
    """What a list of folded words speaks of. ``names`` are the places of words written as names inside a sentence ("Rodrigo
    Paz"): of them only institutions count ("Senado")."""
    phrases, covered = _table()[2], _covered(words)
    found: set[str] = set()
    for at, word in enumerate(words):
        for parts, deed in phrases.get(word, ()):
            if tuple(words[at : at + len(parts)]) == parts:
                found.add(deed)
        deeds = () if at in covered else deeds_of(word)
        if deeds and at in names:
            deeds = tuple(deed for deed in deeds if deed in _OF_INSTITUTIONS)
        if deeds and word in _LEAVING_BEHIND and any(_LEFT_BEHIND.intersection(deeds_of(each)) for each in words[at + 1 : at + 7]):
            deeds = tuple(deed for deed in deeds if deed != "leave")
        found.update(deeds)
    return frozenset(found)


# What deeds are done to or with: two headlines that name different ones tell of different things.
THINGS = frozenset(
    "nuclear lithium copper gold coal oil gas grain vaccine plane ship carrier satellite telecom train bus car missile drone dam bridge "
    "school hospital church bank inflation jobs migrate trade arms debt loan aid football tennis currency_swap space_station drug "
    "quake flood landslide storm fire drought eruption tsunami mine".split()
)


_OPPOSED = (
    "arrest release|sentence release|open close|open end|open leave|sign close|sign break|sign leave|sign reject|win lose|win reject|"
    "vote reject|"
    "sanction lift|ban lift|visit leave|visit phone|return leave|exile return|inaugurate resign|inaugurate oust|inaugurate die|"
    "raise cut|raise plunge|blockade stuck_freed|blockade open|war ceasefire|attack ceasefire|break recognise|buy reject|"
    "buy close|"
    "kidnap release|sell seize|missing rescue|trapped rescue|crash visit|strike end|aid seize|deny sign|extradite reject|"
    "arrest extradite|arrest sentence|arrest charge|kill arrest|kill sentence|die charge|die arrest|election inaugurate|win inaugurate|"
    "sign seize|loan debt|expel visit|expel recognise|vaccine close|open crash|ruling die|die resign|"
    "explode resign|sign ratify|sign promulgate|vote promulgate|reject ratify|reject promulgate|"
    "first_round runoff|dies hurt|dies coma|"
    "senate lower_house|sign vote|agreement break|agreement close|agreement leave|agreement reject|agreement seize|deny agreement"
)


@cache
def _opposites() -> frozenset[tuple[str, str]]:
    pairs = [tuple(pair.split()) for pair in _OPPOSED.split("|")]
    return frozenset((a, b) for one, other in pairs for a, b in ((one, other), (other, one)))


def opposed(a: frozenset[str], b: frozenset[str]) -> list[tuple[str, str]]:
    """What one headline speaks of and the other undoes or follows up: "arrest" and "release", "sign" and "close".

    >>> opposed(frozenset({"arrest", "police"}), frozenset({"release", "police"}))
    [('arrest', 'release')]
    """
    return [(one, other) for one in sorted(a - b) for other in sorted(b - a) if (one, other) in _opposites()]
