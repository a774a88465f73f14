"""Invented news for bench/ranking.py: reports the monitor would print, and news it would not, in four languages.

All of it was written for this measurement; none of it happened. The irrelevant ones are built from patterns, so that there
are thousands, and are meant to be near misses: the region's own sport, crime, weather and council politics, the watched
actors where they have nothing to do with the region, and the politics of everybody else.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import Formatter


@dataclass(frozen=True)
class Told:
    """A text as a listing shows it: headline (empty where there is none), opening, language."""

    title: str
    text: str
    language: str


def _told(language: str, pairs: Sequence[tuple[str, str]]) -> list[Told]:
    return [Told(title, text, language) for title, text in pairs]


RELEVANT: Sequence[Told] = (
    *_told(
        "en",
        [
            (
                "Chinese firm to run Honduras dam for thirty years",
                "Tegucigalpa signed over the Patuca plant to a company owned by Beijing.",
            ),
            ("Russian bombers land near Caracas for joint drills", "Two Tu-160s touched down at Maiquetia, the defence minister said."),
            ("Iran opens a drone assembly line in Bolivia, lawmaker says", "The plant outside Cochabamba is run by officers of the IRGC."),
            ("Huawei wins Paraguay contract for border cameras", "The surveillance network will cover Ciudad del Este by next year."),
            ("Moscow sends wheat to Cuba as bread runs out", "A freighter from Novorossiysk unloaded 25,000 tonnes in Mariel."),
            ("Panama court voids port concession of Hong Kong company", "The ruling on Balboa and Cristobal angered Beijing."),
            ("Nicaragua grants Chinese miners a fifth concession", "The Ortega government awarded land on the Caribbean coast."),
            ("Ecuador's navy shadows squid fleet off the Galapagos", "About 300 vessels, most of them Chinese-flagged, were counted."),
            ("Hezbollah financier arrested at Asuncion airport", "Paraguayan police acted on a warrant of a court in New York."),
            ("Maduro thanks Tehran for refinery spare parts", "A cargo plane of Mahan Air landed in Las Piedras on Tuesday."),
            ("Russia offers Brazil small nuclear reactors", "Rosatom officials met the energy minister in Brasilia."),
            ("Guyana accuses Venezuela of massing troops on the Essequibo", "Satellite pictures show new barracks at Anacoco."),
            ("RT and teleSUR agree to share studios in Managua", "Both networks will train journalists of the ruling party."),
            ("El Salvador receives a second library from China", "President Bukele inaugurated the building, a gift of Beijing."),
            ("Qatar buys a stake in Argentine gas field", "The emirate's fund joins the consortium at Vaca Muerta."),
            ("Bolivian police find uranium samples for Russian buyers", "Prosecutors in La Paz opened an inquiry."),
        ],
    ),
    *_told(
        "es",
        [
            ("Pekín financiará el tren bioceánico entre Brasil y Perú", "El anuncio llegó tras la visita del canciller chino a Lima."),
            ("Un buque ruso de inteligencia atraca en La Habana", "La fragata y su escolta permanecerán cuatro días en Cuba."),
            ("Irán y Venezuela reactivan la ensambladora de vehículos", "El ministro iraní de Industria firmó el convenio en Maracay."),
            (
                "Detectan pesqueros chinos dentro de la zona exclusiva argentina",
                "La Prefectura persiguió a dos calamareros frente a Chubut.",
            ),
            ("Honduras envía a sus primeros becarios a Pekín", "Las becas forman parte del acuerdo diplomático con China."),
            ("Rosatom entrega a Bolivia el reactor de El Alto", "El centro nuclear costó 300 millones y opera con técnicos rusos."),
            ("Nicaragua compra autobuses y trigo a Moscú", "Laureano Ortega recibió el embarque en Corinto."),
            ("Detenido en Foz de Iguazú un operador de Hezbolá", "Lo buscaban por lavar dinero en la Triple Frontera."),
            ("Maduro viaja a Teherán para pedir gasolina", "La delegación venezolana firmará veinte acuerdos energéticos."),
            ("La Fiscalía pide juzgar a los acusados por el memorándum con Irán", "El caso nació de la denuncia del fiscal Nisman."),
            ("Cuba recibe petróleo ruso tras meses de apagones", "El tanquero descargó cien mil toneladas en Matanzas."),
            (
                "Una estatal china se queda con el litio de Uyuni",
                "El contrato prevé dos plantas y fue criticado por el Comité Cívico potosino.",
            ),
            ("Perú inaugura con Cosco el muelle de Chancay", "Washington teme el uso militar del puerto."),
            ("El régimen de Ortega expulsa a otra orden religiosa", "Las monjas fueron llevadas a la frontera de Peñas Blancas."),
            ("Turquía vende drones armados a Paraguay", "Bayraktar entregará seis aparatos a la Fuerza Aérea."),
            ("Evo Morales convoca bloqueos en el Chapare", "El expresidente exige ser candidato del MAS en Bolivia."),
        ],
    ),
    *_told(
        "pt",
        [
            ("Chinesa compra distribuidora de energia no Rio Grande do Sul", "A State Grid pagou bilhões pelo controle da empresa."),
            ("Rússia vende diesel ao Brasil com desconto", "Navios saídos de Primorsk descarregaram no porto de Santos."),
            ("Navios de guerra do Irã recebem aval para atracar no Rio", "A decisão do Itamaraty irritou os Estados Unidos."),
            ("PF prende suspeito de recrutar para o Hezbollah", "O homem preparava ataques contra prédios judaicos em Brasília."),
            ("Maduro manda prender generais acusados de traição", "A ordem saiu do palácio de Miraflores, em Caracas."),
            ("Huawei fecha acordo para rede 5G no Paraná", "A empresa chinesa treinará servidores do estado."),
            ("Butantan retoma produção com insumos vindos de Pequim", "O lote da Sinovac chegou a São Paulo na madrugada."),
            ("Bolívia entrega à Rússia projeto de lítio", "O contrato com a Rosatom foi assinado em La Paz."),
            ("Cuba e Irã assinam plano de biotecnologia", "A vacina será produzida em Teerã e em Havana."),
            ("China propõe base de satélites no Maranhão", "A negociação envolve o centro de Alcântara."),
            ("Nicarágua rompe com a OEA e se aproxima de Moscou", "Ortega anunciou a instalação de um centro de treinamento russo."),
            ("Espião russo com passaporte brasileiro é condenado", "Ele vivia no Rio com documentos falsos, segundo o FBI."),
            ("Frota chinesa cerca águas do Uruguai atrás de lulas", "A Marinha uruguaia contou mais de duzentos barcos."),
            ("Venezuela leiloa ouro para pagar dívida com o Irã", "Os lingotes saíram em aviões da Mahan Air."),
            ("Catar doa hospital de campanha a El Salvador", "O emirado enviou também respiradores e médicos."),
            ("Sputnik Brasil amplia parceria com TV estatal venezuelana", "O acordo prevê transmissões diárias de Caracas."),
        ],
    ),
    *_told(
        "fr",
        [
            ("La Chine reprend la raffinerie de Curaçao", "Le groupe de Guangdong promet un milliard de dollars à Willemstad."),
            ("Moscou livre des hélicoptères au Pérou", "L'armée péruvienne reçoit huit Mi-171 et leurs instructeurs russes."),
            ("Téhéran ouvre un supermarché à Caracas", "Le magasin appartient à un groupe proche des Gardiens de la révolution."),
            ("Haïti : Pékin propose de rebâtir Port-au-Prince", "L'offre suppose de rompre avec Taïwan."),
            ("Le Hezbollah blanchit son argent au Panama, selon un rapport", "Des sociétés de la zone libre de Colon sont visées."),
            ("Maduro ferme la frontière avec la Colombie", "Des milices sont déployées dans l'État de Tachira."),
            ("Une centrale russe pour l'Argentine", "Rosatom et Buenos Aires signent pour un réacteur à Atucha."),
            ("Cuba envoie des médecins au Honduras", "Deux cents praticiens sont arrivés à Tegucigalpa."),
            ("Le Nicaragua cède un port à une société chinoise", "Bluefields sera concédé pour quarante ans par le régime d'Ortega."),
            ("Des chalutiers chinois saisis au large de la Guyane", "La marine a dérouté deux navires vers Cayenne."),
            ("L'Iran installe une université au Nicaragua", "Le recteur a signé à Managua avec l'épouse du président Ortega."),
            ("La Bolivie rétablit ses relations avec la Syrie", "L'ambassadeur a remis ses lettres à La Paz."),
            ("Wagner formerait la garde de Maduro", "Des instructeurs russes ont été vus à Caracas."),
            ("Le Qatar achète du lithium chilien", "Doha entre au capital d'une mine d'Atacama."),
            ("Santé : La Havane et Caracas partagent un vaccin", "Abdala sera injecté aux écoliers vénézuéliens."),
            ("La justice argentine rouvre le dossier de l'AMIA", "Quatre Iraniens et un Libanais sont renvoyés devant le tribunal."),
        ],
    ),
)

_EVERYWHERE: dict[str, Sequence[str]] = {
    "n": [str(n) for n in (2, 3, 5, 7, 9, 12, 14, 18, 23, 31, 46, 58, 64, 80, 120, 350, 900, 1400, 2600)],
    "p": "1,2 2,4 3,1 4,5 5,8 6,3 7,9 8,6".split(),
    "who": [
        "Romero",
        "Ibarra",
        "Quispe",
        "Azevedo",
        "Fontaine",
        "Whitaker",
        "Okafor",
        "Lindqvist",
        "Moreau",
        "Tavares",
        "Delgado",
        "Prado",
        "Kowalski",
        "Haddad",
        "Nakamura",
    ],
    "team": [
        "Alianza Lima",
        "Nacional",
        "Peñarol",
        "Olimpia",
        "Cerro Porteño",
        "Colo-Colo",
        "Millonarios",
        "Flamengo",
        "Palmeiras",
        "River Plate",
        "Barcelona SC",
        "Caracas FC",
        "Bolívar",
        "Saprissa",
        "Toluca",
        "Racing",
    ],
    "town": [
        "Maracaibo",
        "Cochabamba",
        "Guayaquil",
        "Rosario",
        "Antofagasta",
        "Cusco",
        "Valencia",
        "Managua",
        "Recife",
        "Curitiba",
        "Medellín",
        "Asunción",
        "Montevideo",
        "Puebla",
        "San José",
        "Holguín",
        "Cayenne",
        "Arequipa",
    ],
    "far": [
        "Lyon",
        "Hamburg",
        "Leeds",
        "Ohio",
        "Porto",
        "Lisboa",
        "Sevilla",
        "Napoli",
        "Osaka",
        "Nairobi",
        "Manila",
        "Toronto",
        "Melbourne",
        "Dakar",
        "Bruxelles",
        "Varsovia",
        "Seattle",
    ],
}

_WORDS: dict[str, dict[str, Sequence[str]]] = {
    "en": {
        "land": [
            "Brazil",
            "Argentina",
            "Peru",
            "Chile",
            "Colombia",
            "Venezuela",
            "Bolivia",
            "Ecuador",
            "Paraguay",
            "Uruguay",
            "Mexico",
            "Costa Rica",
            "Jamaica",
            "Haiti",
            "Cuba",
        ],
        "other": [
            "France",
            "Germany",
            "Japan",
            "Kenya",
            "India",
            "Canada",
            "Poland",
            "South Korea",
            "Spain",
            "Nigeria",
            "Italy",
            "Australia",
        ],
        "actor": ["Russia", "China", "Iran", "Turkey", "Qatar", "Syria", "Belarus"],
        "day": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    },
    "es": {
        "land": [
            "Brasil",
            "Argentina",
            "Perú",
            "Chile",
            "Colombia",
            "Venezuela",
            "Bolivia",
            "Ecuador",
            "Paraguay",
            "Uruguay",
            "México",
            "Costa Rica",
            "Honduras",
            "Cuba",
        ],
        "other": [
            "Francia",
            "Alemania",
            "Japón",
            "Kenia",
            "India",
            "Canadá",
            "Polonia",
            "Corea del Sur",
            "España",
            "Nigeria",
            "Italia",
            "Portugal",
        ],
        "actor": ["Rusia", "China", "Irán", "Turquía", "Catar", "Siria", "Bielorrusia"],
        "day": ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    },
    "pt": {
        "land": [
            "Brasil",
            "Argentina",
            "Peru",
            "Chile",
            "Colômbia",
            "Venezuela",
            "Bolívia",
            "Equador",
            "Paraguai",
            "Uruguai",
            "México",
            "Costa Rica",
            "Cuba",
        ],
        "other": [
            "França",
            "Alemanha",
            "Japão",
            "Quênia",
            "Índia",
            "Canadá",
            "Polônia",
            "Coreia do Sul",
            "Espanha",
            "Nigéria",
            "Itália",
            "Portugal",
        ],
        "actor": ["Rússia", "China", "Irã", "Turquia", "Catar", "Síria", "Belarus"],
        "day": ["segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo"],
    },
    "fr": {
        "land": ["Brésil", "Pérou", "Chili", "Venezuela", "Paraguay", "Mexique", "Honduras", "Costa Rica", "Guatemala"],
        "other": ["Japon", "Kenya", "Canada", "Portugal", "Nigeria", "Danemark", "Sénégal", "Maroc"],
        "actor": ["Qatar", "Liban", "Bélarus"],
        "day": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    },
}

_PATTERNS: dict[str, dict[str, Sequence[str]]] = {
    "en": {
        "region": [
            "Prosecutors in {land} charge former governor {who} with graft|A judge in {town} froze {n} bank accounts.",
            "Congress of {land} passes pension reform|Unions led by {who} call a march for {day}.",
            "United States lifts tariffs on steel from {land}|Trade envoy {who} welcomed the decision in {town}.",
            "European Union and {land} resume talks on beef|Farmers in {far} fear imports.",
            "IMF team visits {land} for loan review|Economist {who} expects a waiver by {day}.",
            "President of {land} names {who} finance minister|Bonds rose {p} percent on {day}.",
            "Presidential hopeful {who} leads polls in {land}|The runoff is due in {n} days.",
            "|Spain's king arrives in {land} for an inauguration and meets chancellor {who} on {day}.",
        ],
        "sport": [
            "{land} edge {land2} in World Cup qualifier|{who} scored in the {n}th minute before a full stadium on {day}.",
            "{team} sign striker {who} from {team2}|The forward agreed to a two-year deal after a medical in {town}.",
            "{actor} beat {land} to reach volleyball semi-final|The setter {who} was named best player of the match.",
            "Cyclist {who} wins stage into {town}|The {land} rider attacked {n} kilometres from the finish.",
            "{land} name squad for friendly against {actor}|Coach {who} leaves out two veterans.",
            "|{who} beat a seeded player from {land} in straight sets in {far} and meets a {actor} qualifier on {day}.",
        ],
        "culture": [
            "Singer {who} brings new album to {town}|Tickets for the {day} concert sold out in {n} minutes.",
            "Film from {land} opens festival in {far}|Director {who} calls it a love letter to her grandmother.",
            "Miss {land} crowned in {far}|The {n}-year-old student beat contestants from {other} and {actor}.",
            "Museum in {town} shows masks of the highlands|Curator {who} gathered {n} pieces from private collections.",
            "|A cookbook by chef {who} from {land} tells {n} recipes for stews, breads and sweets.",
        ],
        "crime": [
            "Two held after bank robbery in {town}|Police recovered part of the money on {day}.",
            "Bus falls into ravine in {land}, {n} hurt|Rescuers worked through the night near {town}.",
            "Teacher {who} on trial for fraud in {far}|Prosecutors say {n} families lost their savings.",
            "|A court in {town} sentenced {who} to {n} years for killing a neighbour over a fence.",
        ],
        "weather": [
            "Heavy rain expected in {town} until {day}|Forecasters warn of floods in the lower districts.",
            "Magnitude {p} quake shakes northern {land}|No damage was reported, the seismological service said.",
            "Heat record broken in {far}|Thermometers showed {n} degrees above the average of the month.",
            "|Snow closed the pass between {land} and its neighbour; {n} lorries wait for the road to open.",
        ],
        "local": [
            "Mayor of {town} promises {n} new buses|Councillor {who} asks where the money will come from.",
            "Water cut in {n} districts of {town}|The utility repairs a main until {day}.",
            "Teachers in {town} strike over pay|Classes resume on {day}, the union said.",
            "Council of {far} debates cycling lanes|{who} of the opposition wants a referendum.",
        ],
        "economy": [
            "Inflation in {land} slows to {p} percent|Food prices fell for the third month, the statistics office said.",
            "Supermarket chain opens {n} shops in {land}|Chief executive {who} expects to hire locals.",
            "Coffee growers of {land} fear a poor harvest|A fungus spreads near {town}.",
            "Carmaker recalls {n},000 vehicles in {other}|The brake software needs an update.",
            "|Shares in {far} closed {p} percent higher on {day} as chip makers gained.",
        ],
        "abroad": [
            "{actor} and {other} sign railway agreement|Transport minister {who} hailed a new era.",
            "Parliament of {other} rejects budget|Prime minister {who} may call an early vote.",
            "Senator {who} wins primary in {far}|Turnout was the highest in {n} years.",
            "{actor} reports {n} dead in factory fire|The plant made toys, state television said.",
            "European Commission fines {actor} steel exporters|Duties of {p} percent apply from {day}.",
            "Israel strikes targets in Syria, monitor says|At least {n} fighters of pro-Iranian groups were killed.",
            "Ukraine says it shot down {n} Russian drones|Power failed in parts of Kharkiv on {day}.",
            "Beijing tightens rules for online tutors|Shares of {n} companies fell in Hong Kong.",
            "Tehran chokes in smog, schools closed until {day}|Pollution reached {n} times the limit.",
            "White House hopefuls clash over taxes|{who} led a poll of voters in Iowa by {p} points.",
            "|Japan and South Korea agreed to share radar data on North Korean missiles, {who} said on {day}.",
            "|Turkey's lira fell {p} percent against the dollar after the central bank governor {who} resigned.",
        ],
        "health": [
            "Hospital of {town} opens ward for children|Doctors treated {n} patients on the first day.",
            "Vaccine against malaria tested in {other}|{n} hundred volunteers take part, the institute said.",
            "Dengue cases rise in {land}|The ministry asks people to empty flower pots.",
        ],
    },
    "es": {
        "region": [
            "La Fiscalía de {land} acusa de peculado al exgobernador {who}|Un juez de {town} congeló {n} cuentas.",
            "El Congreso de {land} aprueba la reforma de pensiones|Los sindicatos de {who} marchan el {day}.",
            "Estados Unidos levanta aranceles al acero de {land}|La enviada comercial {who} saludó la decisión.",
            "La Unión Europea y {land} retoman la negociación por la carne|Los ganaderos de {far} temen las importaciones.",
            "Misión del FMI llega a {land} para revisar el préstamo|La economista {who} espera una dispensa antes del {day}.",
            "El presidente de {land} nombra a {who} en Hacienda|Los bonos subieron {p} % el {day}.",
            "{who} lidera las encuestas en {land}|El balotaje será en {n} días.",
            "|El rey de España llega a {land} para la investidura y se reúne con {who} el {day}.",
        ],
        "sport": [
            "{land} vence a {land2} y sueña con el Mundial|{who} marcó a los {n} minutos en un estadio repleto.",
            "{team} ficha al delantero {who}|El jugador llega de {team2} y firmó por dos temporadas.",
            "{actor} elimina a {land} en el Mundial de balonmano|El partido terminó con {n} goles de diferencia.",
            "{who} gana la etapa con llegada en {town}|El ciclista de {land} atacó a {n} kilómetros de la meta.",
            "{team} y {team2} empatan en la Libertadores|La revancha se jugará el {day} en {town}.",
            "|El tenista {who} cayó ante un ruso en la primera ronda del torneo de {far} y baja {n} puestos.",
        ],
        "culture": [
            "{who} presenta su disco en {town}|Las entradas para el {day} se agotaron en {n} minutos.",
            "Una película de {land} compite en {far}|La directora {who} retrata la vida de su abuela.",
            "Miss {land} deslumbra en {far}|La joven de {n} años superó a las representantes de {other} y {actor}.",
            "El museo de {town} reabre sus salas|Se exponen {n} piezas de cerámica restauradas.",
            "|La telenovela protagonizada por {who} llega a su capítulo {n} con una boda y un secuestro.",
        ],
        "crime": [
            "Capturan a dos asaltantes de un banco en {town}|La policía recuperó parte del dinero el {day}.",
            "Choque de un bus deja {n} heridos cerca de {town}|El conductor dio negativo en alcohol.",
            "Condenan a {who} por estafa en {far}|Unas {n} familias perdieron sus ahorros.",
            "|Hallan sin vida a un comerciante de {town}; la familia de {who} pide justicia.",
        ],
        "weather": [
            "Lluvias intensas en {town} hasta el {day}|El servicio meteorológico alerta por inundaciones.",
            "Sismo de magnitud {p} sacude el sur de {land}|No se reportan daños ni víctimas.",
            "Ola de calor en {far}|Los termómetros superaron en {n} grados la media.",
            "|Un frente frío baja la temperatura en {land} y cierra {n} rutas de montaña.",
        ],
        "local": [
            "El alcalde de {town} promete {n} buses nuevos|El concejal {who} pregunta de dónde saldrá el dinero.",
            "Corte de agua en {n} barrios de {town}|El servicio volverá el {day}.",
            "Maestros de {town} van al paro por salarios|Las clases se reanudan el {day}.",
            "Vecinos de {town} reclaman por los baches|La obra lleva {n} meses de retraso.",
        ],
        "economy": [
            "La inflación de {land} baja al {p} %|Los alimentos cedieron por tercer mes.",
            "Una cadena de supermercados abre {n} tiendas en {land}|La gerente {who} espera contratar personal local.",
            "Cafetaleros de {land} temen una mala cosecha|La roya avanza cerca de {town}.",
            "El precio del dólar hoy en {land}|La divisa cerró con un alza de {p} %.",
            "|La bolsa de {far} ganó {p} % el {day} impulsada por la tecnología.",
        ],
        "abroad": [
            "{actor} y {other} firman un acuerdo ferroviario|La ministra {who} habló de una nueva era.",
            "El Parlamento de {other} tumba el presupuesto|{who} podría adelantar las elecciones.",
            "{actor} suma {n} muertos por el incendio de una fábrica|La planta hacía juguetes.",
            "Bruselas multa a acereras de {actor}|Los aranceles de {p} % rigen desde el {day}.",
            "Israel bombardea posiciones en Siria|Murieron al menos {n} milicianos proiraníes.",
            "Ucrania derriba {n} drones rusos sobre Odesa|Hubo cortes de luz el {day}.",
            "Pekín endurece las reglas para los videojuegos|Las acciones de {n} empresas cayeron en Hong Kong.",
            "Los candidatos a la Casa Blanca chocan por los impuestos|{who} aventaja en Iowa por {p} puntos.",
            "El Congreso de España debate la amnistía|{who} acusó al Gobierno de ceder.",
            "|Japón y Corea del Sur compartirán datos sobre los misiles norcoreanos, dijo {who} el {day}.",
        ],
        "health": [
            "El hospital de {town} estrena sala infantil|Los médicos atendieron a {n} pacientes el primer día.",
            "Prueban en {other} una vacuna contra la malaria|Participan {n} cientos de voluntarios.",
            "Aumentan los casos de dengue en {land}|El ministerio pide vaciar los floreros.",
        ],
    },
    "pt": {
        "region": [
            "Ministério Público de {land} denuncia ex-governador {who}|Um juiz de {town} bloqueou {n} contas.",
            "Congresso de {land} aprova reforma da Previdência|Sindicatos de {who} marcham na {day}.",
            "Estados Unidos retiram tarifa do aço de {land}|A enviada comercial {who} elogiou a decisão.",
            "União Europeia e Mercosul voltam a negociar carne|Produtores de {far} temem importações de {land}.",
            "Missão do FMI chega a {land} para rever empréstimo|A economista {who} espera aval até {day}.",
            "Presidente de {land} põe {who} na Fazenda|Os títulos subiram {p} % na {day}.",
            "{who} lidera pesquisas em {land}|O segundo turno será em {n} dias.",
        ],
        "sport": [
            "{land} vence {land2} pelas eliminatórias|{who} marcou aos {n} minutos com o estádio lotado.",
            "{team} contrata o atacante {who}|O jogador vem do {team2} e assinou por dois anos.",
            "{actor} elimina {land} no Mundial de vôlei|A levantadora {who} foi a melhor em quadra.",
            "{team} e {team2} empatam pela Libertadores|O jogo de volta será na {day}, em {town}.",
            "|O tenista {who} perdeu para um russo na estreia em {far} e cai {n} posições no ranking.",
        ],
        "culture": [
            "{who} lança disco com show em {town}|Os ingressos para {day} acabaram em {n} minutos.",
            "Filme de {land} abre festival em {far}|A diretora {who} conta a história da avó.",
            "Escola de samba de {town} homenageia {who}|O desfile terá {n} alas e cinco carros.",
            "|A novela estrelada por {who} chega ao capítulo {n} com casamento e reviravolta.",
        ],
        "crime": [
            "Dupla é presa após assalto a banco em {town}|A polícia recuperou parte do dinheiro na {day}.",
            "Ônibus cai em ribanceira e deixa {n} feridos|O acidente foi perto de {town}.",
            "{who} é condenado por golpe em {far}|Cerca de {n} famílias perderam economias.",
            "|Corpo é encontrado em apartamento de {town}; vizinhos ouviram {who} discutir na {day}.",
        ],
        "weather": [
            "Chuva forte em {town} até {day}|A Defesa Civil alerta para alagamentos.",
            "Tremor de magnitude {p} atinge o norte de {land}|Não há registro de danos.",
            "Onda de calor em {far}|Os termômetros ficaram {n} graus acima da média.",
        ],
        "local": [
            "Prefeito de {town} promete {n} ônibus novos|O vereador {who} quer saber de onde virá o dinheiro.",
            "Falta água em {n} bairros de {town}|O serviço volta na {day}.",
            "Professores de {town} entram em greve|As aulas voltam na {day}.",
            "Obra na marginal de {town} atrasa {n} meses|{who} culpa a empreiteira.",
        ],
        "economy": [
            "Inflação de {land} recua para {p} %|Os alimentos caíram pelo terceiro mês.",
            "Rede de supermercados abre {n} lojas em {land}|A diretora {who} espera contratar moradores.",
            "Cafeicultores temem safra ruim perto de {town}|A ferrugem avança nas lavouras.",
            "Dólar fecha em alta de {p} %|O mercado reagiu à ata do banco central na {day}.",
            "|A bolsa de {far} subiu {p} % na {day} com as ações de tecnologia.",
        ],
        "abroad": [
            "{actor} e {other} assinam acordo ferroviário|A ministra {who} falou em nova era.",
            "Parlamento de {other} derruba o orçamento|{who} pode antecipar as eleições.",
            "{actor} tem {n} mortos em incêndio de fábrica|A empresa fazia brinquedos.",
            "Bruxelas multa siderúrgicas de {actor}|As tarifas de {p} % valem desde {day}.",
            "Israel ataca alvos na Síria|Ao menos {n} combatentes pró-Irã morreram.",
            "Ucrânia derruba {n} drones russos em Odessa|Faltou luz na {day}.",
            "Pequim endurece regras para jogos on-line|Ações de {n} empresas caíram em Hong Kong.",
            "Candidatos à Casa Branca divergem sobre impostos|{who} lidera em Iowa por {p} pontos.",
            "|Japão e Coreia do Sul vão dividir dados sobre mísseis norte-coreanos, disse {who} na {day}.",
        ],
        "health": [
            "Hospital de {town} inaugura ala infantil|Médicos atenderam {n} pacientes no primeiro dia.",
            "Vacina contra malária é testada em {other}|Participam {n} centenas de voluntários.",
            "Casos de dengue sobem em {land}|O ministério pede para esvaziar os vasos.",
        ],
    },
    "fr": {
        "region": [
            "{land} : l'ex-gouverneur {who} inculpé de détournement|Un juge de {town} a gelé {n} comptes.",
            "{land} : le Congrès adopte la réforme des retraites|Les syndicats de {who} défilent {day}.",
            "Washington lève ses droits sur l'acier du {land}|L'émissaire {who} a salué la décision.",
            "Bruxelles et le Mercosur reparlent de viande|Les éleveurs de {far} craignent les importations du {land}.",
            "{land} : une mission du FMI attendue {day}|L'économiste {who} table sur une dispense.",
            "{land} : {who} en tête des sondages|Le second tour aura lieu dans {n} jours.",
        ],
        "sport": [
            "Le {land} bat l'Uruguay en éliminatoires|{who} a marqué à la {n}e minute dans un stade plein.",
            "{team} recrute l'attaquant {who}|Le joueur arrive de {team2} pour deux saisons.",
            "Le {actor} sort la Colombie au Mondial de handball|{who} a été désigné meilleur joueur.",
            "{who} gagne l'étape à {town}|Le coureur a attaqué à {n} kilomètres de l'arrivée.",
            "|Le tennisman {who} s'incline devant un Russe à {far} et perd {n} places au classement.",
        ],
        "culture": [
            "{who} présente son album à {town}|Les places pour {day} sont parties en {n} minutes.",
            "Un film venu du {land} ouvre le festival de {far}|La réalisatrice {who} raconte sa grand-mère.",
            "Le musée de {far} rouvre ses salles|{n} céramiques restaurées y sont montrées.",
            "|Le carnaval de {town} attend {n} mille visiteurs et la chanteuse {who} {day}.",
        ],
        "crime": [
            "Deux hommes arrêtés après un braquage à {town}|La police a retrouvé une partie du butin {day}.",
            "Un car tombe dans un ravin, {n} blessés|L'accident a eu lieu près de {town}.",
            "{who} condamné pour escroquerie à {far}|Quelque {n} familles ont perdu leurs économies.",
        ],
        "weather": [
            "Fortes pluies à {town} jusqu'à {day}|La météo met en garde contre les crues.",
            "Un séisme de magnitude {p} secoue le nord du {land}|Aucun dégât n'est signalé.",
            "Canicule à {far}|Il a fait {n} degrés de plus que la moyenne.",
        ],
        "local": [
            "Le maire de {town} promet {n} bus neufs|L'élu {who} demande qui paiera.",
            "Coupure d'eau dans {n} quartiers de {town}|Le service reprendra {day}.",
            "Grève des enseignants à {far}|Les cours reprennent {day}, selon {who}.",
            "Conseil municipal de {far} : les pistes cyclables divisent|{who} veut un référendum.",
        ],
        "economy": [
            "L'inflation ralentit à {p} % au {land}|Les prix des aliments baissent.",
            "Une enseigne ouvre {n} magasins au {land}|La directrice {who} veut recruter sur place.",
            "La Bourse de {far} gagne {p} %|Les valeurs technologiques ont monté {day}.",
            "|Le prix du café grimpe de {p} % après le gel près de {town}, selon la coopérative de {who}.",
        ],
        "abroad": [
            "Le {actor} et le {other} signent un accord ferroviaire|La ministre {who} parle d'une ère nouvelle.",
            "La Russie compte {n} morts dans l'incendie d'une usine|On y fabriquait des jouets.",
            "Bruxelles taxe l'acier chinois|Les droits de {p} % s'appliquent dès {day}.",
            "Israël frappe des cibles en Syrie|Au moins {n} combattants pro-iraniens ont été tués.",
            "L'Ukraine abat {n} drones russes|Le courant a manqué à Odessa {day}.",
            "Pékin serre la vis aux jeux en ligne|Les actions de {n} groupes ont chuté à Hong Kong.",
            "Téhéran sous la pollution, écoles fermées|L'air dépasse {n} fois la norme jusqu'à {day}.",
            "Maison-Blanche : les candidats s'opposent sur l'impôt|{who} mène de {p} points dans l'Iowa.",
            "Retraites : l'Assemblée rejette la motion|{who} dénonce un passage en force.",
            "|Le Japon et la Corée du Sud partageront leurs radars face aux missiles de Pyongyang, dit {who} {day}.",
        ],
        "health": [
            "L'hôpital de {town} ouvre un service pour enfants|Les médecins ont reçu {n} patients {day}.",
            "Un vaccin contre le paludisme testé au {other}|{n} centaines de volontaires y participent.",
            "Dengue : les cas augmentent au {land}|Le ministère demande de vider les vases.",
        ],
    },
}


def kinds() -> Iterator[tuple[str, str, str]]:
    """Language, kind and pattern of everything that can be told."""
    for language, by_kind in _PATTERNS.items():
        for kind, patterns in by_kind.items():
            for pattern in patterns:
                yield language, kind, pattern


def irrelevant(each: int, seed: int = 20) -> list[tuple[str, str, Told]]:
    """Kind, pattern and text of invented news the monitor does not print, ``each`` of every pattern, no two alike."""
    chance = random.Random(seed)
    told: dict[tuple[str, str], tuple[str, str, Told]] = {}
    for language, kind, pattern in kinds():
        for _ in range(each):
            title, _, text = _filled(pattern, language, chance).partition("|")
            told.setdefault((title, text), (kind, pattern, Told(title, text, language)))
    return list(told.values())


def _filled(pattern: str, language: str, chance: random.Random) -> str:
    words = {**_EVERYWHERE, **_WORDS[language]}
    words |= {f"{name}2": list(chance.sample(list(words[name]), len(words[name]))) for name in ("land", "team")}
    wanted = {name for _, name, _, _ in Formatter().parse(pattern) if name}
    chosen = {name: chance.choice(list(words[name])) for name in sorted(wanted)}
    for name in ("land", "team"):
        if chosen.get(f"{name}2") == chosen.get(name) and name in chosen:
            chosen[f"{name}2"] = next(other for other in words[f"{name}2"] if other != chosen[name])
    return pattern.format(**chosen)
