#!/usr/bin/env python3
"""Neutral synthetic catalogue of practices (Python stdlib only).

    python3 make_dataset.py --out DIR [--sizes 19,1000,10000,100000] [--seed 7]

For each size N it writes DIR/N/practices.jsonl, DIR/N/practices.csv and
DIR/N/truth.json.  Row i depends only on (seed, i), so the small sets are
prefixes of the large ones and the output is the same on every machine.

Text model: every practice has 2-3 of 24 topics.  Its words are drawn from
function words, general words and topic words, each list Zipf-weighted, in
Spanish, English and Portuguese.  The three languages carry the same topics but
are not translations of each other.  Descriptions have 2,000-3,000 characters.

truth.json holds what a correct server must answer: totals, facet counts and
the number of rows whose Spanish text holds both search words.
"""

# ruff: noqa: SIM905, E741, PLR0913, PLR0917, PLC0206, B905
import argparse
import csv
import itertools
import json
import os
import random
import re
import sys
import unicodedata
from bisect import bisect

LANGS = ("es", "en", "pt")

FUNCTION = {
    "es": """de la que el en y a los se del las un por con una su para es al lo como
        más o pero sus entre cuando sobre también hasta desde durante según cada tras
        mediante contra sin ante bajo este esta estos estas así muy donde quien todo
        toda ambos cuya además aún incluso hacia otras otros""",
    "en": """the of and to in a for is on that by with as it at from its which this be
        are an or their through into between these during under over within across
        each both also more such than when while where who after before against without
        toward among other others still even very so""",
    "pt": """de a que o em e do da os se das um por com uma sua para é ao no como mais
        ou mas seus entre quando sobre também até desde durante segundo cada após
        mediante contra sem perante sob este esta estes estas assim muito onde quem todo
        toda ambos cuja além ainda inclusive rumo outras outros""",
}

GENERAL = {
    "es": """proyecto programa comunidad participación política pública gestión desarrollo
        acción estrategia población territorio institución servicio equipo formación proceso
        resultado experiencia modelo iniciativa red acuerdo recurso objetivo evaluación
        seguimiento fortalecimiento cooperación intercambio metodología diagnóstico municipio
        región gobierno ministerio sociedad organización derecho acceso calidad innovación
        impacto sostenibilidad inclusión coordinación alianza financiación presupuesto norma
        plan indicador beneficiario personas familias jóvenes mujeres hogares grupos actores
        local nacional regional social integral público técnico anual nuevo común abierto
        mejorar promover garantizar implementar diseñar articular ampliar reducir apoyar
        coordinar difundir replicar aprender medir compartir lograr etapa lección práctica
        contexto capacidad enfoque herramienta información""",
    "en": """project programme community participation policy public management development
        action strategy population territory institution service team training process
        result experience model initiative network agreement resource objective evaluation
        monitoring strengthening cooperation exchange methodology assessment municipality
        region government ministry society organisation right access quality innovation
        impact sustainability inclusion coordination alliance funding budget rule
        plan indicator beneficiary people families youth women households groups actors
        local national regional social comprehensive official technical yearly new common open
        improve promote guarantee implement design connect widen reduce support
        coordinate share replicate learn measure exchange achieve stage lesson practice
        context capacity approach tool information""",
    "pt": """projeto programa comunidade participação política pública gestão desenvolvimento
        ação estratégia população território instituição serviço equipe formação processo
        resultado experiência modelo iniciativa rede acordo recurso objetivo avaliação
        acompanhamento fortalecimento cooperação intercâmbio metodologia diagnóstico município
        região governo ministério sociedade organização direito acesso qualidade inovação
        impacto sustentabilidade inclusão coordenação aliança financiamento orçamento norma
        plano indicador beneficiário pessoas famílias jovens mulheres lares grupos atores
        local nacional regional social integral público técnico anual novo comum aberto
        melhorar promover garantir implementar desenhar articular ampliar reduzir apoiar
        coordenar difundir replicar aprender medir compartilhar conseguir etapa lição prática
        contexto capacidade enfoque ferramenta informação""",
}

# One line a topic: eight words a language, the most frequent first.
TOPICS = [
    (
        "educación escuela docentes aula alfabetización alumnado educativa pedagogía",
        "education school teachers classroom literacy pupils educational pedagogy",
        "educação escola professores aula alfabetização alunos educativa pedagogia",
    ),
    (
        "migrantes migración refugiados frontera asilo movilidad retorno diáspora",
        "migrants migration refugees border asylum mobility return diaspora",
        "migrantes migração refugiados fronteira asilo mobilidade regresso diáspora",
    ),
    (
        "salud hospital enfermería vacunación médicos prevención epidemia pacientes",
        "health hospital nursing vaccination doctors prevention epidemic patients",
        "saúde hospital enfermagem vacinação médicos prevenção epidemia pacientes",
    ),
    (
        "agua saneamiento río cuenca acueducto riego potable humedal",
        "water sanitation river basin aqueduct irrigation drinking wetland",
        "água saneamento rio bacia aqueduto irrigação potável pântano",
    ),
    (
        "empleo trabajo salario laboral desempleo oficio contratación sindicato",
        "employment work wage labour unemployment trade hiring union",
        "emprego trabalho salário laboral desemprego ofício contratação sindicato",
    ),
    (
        "vivienda barrio alquiler urbanismo construcción asentamiento hipoteca solar",
        "housing neighbourhood rent planning building settlement mortgage plot",
        "habitação bairro aluguel urbanismo construção assentamento hipoteca lote",
    ),
    (
        "clima emisiones carbono adaptación mitigación sequía inundación resiliencia",
        "climate emissions carbon adaptation mitigation drought flood resilience",
        "clima emissões carbono adaptação mitigação seca inundação resiliência",
    ),
    (
        "energía electricidad eólica fotovoltaica eficiencia biomasa generación tarifa",
        "energy electricity wind photovoltaic efficiency biomass generation tariff",
        "energia eletricidade eólica fotovoltaica eficiência biomassa geração tarifa",
    ),
    (
        "justicia tribunal juez mediación defensoría sentencia fiscalía litigio",
        "justice court judge mediation ombudsman ruling prosecution litigation",
        "justiça tribunal juiz mediação defensoria sentença promotoria litígio",
    ),
    (
        "género igualdad violencia feminicidio paridad brecha empoderamiento refugio",
        "gender equality violence femicide parity gap empowerment shelter",
        "gênero igualdade violência feminicídio paridade lacuna empoderamento abrigo",
    ),
    (
        "infancia niñez guardería lactancia adopción juego cuidado adolescencia",
        "childhood children nursery breastfeeding adoption play care adolescence",
        "infância crianças creche amamentação adoção jogo cuidado adolescência",
    ),
    (
        "vejez mayores jubilación dependencia pensión geriatría longevidad cuidadores",
        "ageing elders retirement dependency pension geriatrics longevity carers",
        "velhice idosos aposentadoria dependência pensão geriatria longevidade cuidadores",
    ),
    (
        "discapacidad accesibilidad autismo lengua braille movilidad rampa autonomía",
        "disability accessibility autism signing braille wheelchair ramp autonomy",
        "deficiência acessibilidade autismo língua braile mobilidade rampa autonomia",
    ),
    (
        "indígenas pueblos ancestral quechua guaraní cosmovisión territorial consulta",
        "indigenous peoples ancestral quechua guarani worldview territorial consultation",
        "indígenas povos ancestral quéchua guarani cosmovisão territorial consulta",
    ),
    (
        "digital internet datos plataforma software conectividad algoritmo ciberseguridad",
        "digital internet data platform software connectivity algorithm cybersecurity",
        "digital internet dados plataforma software conectividade algoritmo cibersegurança",
    ),
    (
        "agricultura campesinos cosecha semilla ganadería cultivo suelo agroecología",
        "agriculture farmers harvest seed livestock crop soil agroecology",
        "agricultura camponeses colheita semente pecuária cultivo solo agroecologia",
    ),
    (
        "bosque biodiversidad deforestación reserva fauna flora incendio guardaparques",
        "forest biodiversity deforestation reserve wildlife flora wildfire rangers",
        "floresta biodiversidade desmatamento reserva fauna flora incêndio guardas",
    ),
    (
        "cultura museo patrimonio teatro música biblioteca artesanía lectura",
        "culture museum heritage theatre music library crafts reading",
        "cultura museu patrimônio teatro música biblioteca artesanato leitura",
    ),
    (
        "transporte bicicleta autobús tránsito carretera peatones tranvía semáforo",
        "transport bicycle bus traffic road pedestrians tramway signal",
        "transporte bicicleta ônibus trânsito estrada pedestres bonde semáforo",
    ),
    (
        "residuos reciclaje basura compostaje plástico vertedero reutilización economía",
        "waste recycling rubbish composting plastic landfill reuse economy",
        "resíduos reciclagem lixo compostagem plástico aterro reutilização economia",
    ),
    (
        "seguridad policía delito cárcel reinserción pandillas vigilancia convivencia",
        "security police crime prison reintegration gangs surveillance coexistence",
        "segurança polícia delito prisão reinserção quadrilhas vigilância convivência",
    ),
    (
        "transparencia corrupción auditoría rendición fiscal impuestos contratos catastro",
        "transparency corruption audit accountability fiscal taxes contracts cadastre",
        "transparência corrupção auditoria prestação fiscal impostos contratos cadastro",
    ),
    (
        "nutrición alimentación comedor hambre huerto dieta lactantes obesidad",
        "nutrition food canteen hunger garden diet infants obesity",
        "nutrição alimentação refeitório fome horta dieta lactentes obesidade",
    ),
    (
        "emprendimiento microcrédito cooperativa mercado exportación turismo cadena pymes",
        "entrepreneurship microcredit cooperative market export tourism chain businesses",
        "empreendedorismo microcrédito cooperativa mercado exportação turismo cadeia empresas",
    ),
]
QUALIFIERS = (
    "inclusiva comunitaria rural urbana digital regional sostenible juvenil "
    "intercultural preventiva integral participativa"
).split()
KEYWORDS = [f"{t[0].split()[0]} {q}" for t in TOPICS for q in QUALIFIERS]  # 288

NETWORKS = [
    ("aurora", "Red Aurora"),
    ("brisa", "Red Brisa"),
    ("cauce", "Red Cauce"),
    ("delta", "Red Delta"),
    ("estela", "Red Estela"),
    ("faro", "Red Faro"),
]
COUNTRIES = ["MX", "CO", "AR", "BR", "PE", "CL", "EC", "ES", "UY", "CR", "BO", "PT"]
SCOPES = ["national", "subnational"]
STATUSES = ["ongoing", "completed", "planned"]
BODIES = "Ministerio Instituto Secretaría Agencia Municipalidad Fundación Consejo Dirección".split()
PLACES = "Norte Sur Este Oeste Central Andina Costera Insular Austral Oriental Serrana Fluvial".split()

COLUMNS = (
    ["id", "slug"]
    + [f"{f}_{l}" for f in ("title", "summary", "description") for l in LANGS]
    + ["network", "countries", "entity", "scope", "start_year", "status", "keywords", "links"]
)
SEARCH_WORDS = ("educación", "migrantes")
TEXT_ES = ("title_es", "summary_es", "description_es")


class Zipf:
    """Draw from a list, item r having weight 1/(r+shift)."""

    def __init__(self, items, shift=2.0):
        self.items = list(items)
        self.cum = list(itertools.accumulate(1.0 / (r + shift) for r in range(len(self.items))))
        self.total = self.cum[-1]

    def draw(self, rnd):
        return self.items[bisect(self.cum, rnd() * self.total)]


FUN = {l: Zipf(FUNCTION[l].split(), 1.5) for l in LANGS}
GEN = {l: Zipf(GENERAL[l].split(), 4.0) for l in LANGS}
TOP = {l: [Zipf(t[k].split(), 1.5) for t in TOPICS] for k, l in enumerate(LANGS)}
TOPIC_PICK = Zipf(range(len(TOPICS)), 12.0)
COUNTRY_PICK = Zipf(COUNTRIES, 3.0)
NETWORK_PICK = Zipf([n[0] for n in NETWORKS], 3.0)


def words(rnd, lang, topics, n, p_fun=0.42, p_gen=0.38):
    fun, gen, top = FUN[lang], GEN[lang], TOP[lang]
    out = []
    for _ in range(n):
        x = rnd()
        if x < p_fun:
            out.append(fun.draw(rnd))
        elif x < p_fun + p_gen:
            out.append(gen.draw(rnd))
        elif rnd() < 0.95:
            out.append(top[topics[int(rnd() * len(topics))]].draw(rnd))
        else:
            out.append(top[int(rnd() * len(top))].draw(rnd))
    return out


def sentences(rnd, lang, topics, size):
    """Whole sentences up to about `size` characters, in paragraphs."""
    paras, para, used = [], [], 0
    while used < size:
        ws = words(rnd, lang, topics, 9 + int(rnd() * 16))
        if len(ws) > 14:
            ws[len(ws) // 2] += ","
        s = " ".join(ws)
        s = s[0].upper() + s[1:] + "."
        room = size - used
        if len(s) > room + 60:
            s = s[: room + 60].rsplit(" ", 1)[0].rstrip(",") + "."
        para.append(s)
        used += len(s) + 1
        if len(para) >= 4 + int(rnd() * 3):
            paras.append(" ".join(para))
            para = []
    if para:
        paras.append(" ".join(para))
    return "\n\n".join(paras)


def ascii_slug(text):
    t = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", t).strip("-")


def make_row(seed, i):
    rnd = random.Random(f"{seed}:{i}").random
    topics = []
    want = 2 + (rnd() < 0.5)
    while len(topics) < want:
        t = TOPIC_PICK.draw(rnd)
        if t not in topics:
            topics.append(t)
    row = {"id": i, "slug": ""}
    for l in LANGS:
        ws = words(rnd, l, topics, 5 + int(rnd() * 5), 0.25, 0.35)
        ws.insert(1, TOP[l][topics[0]].draw(rnd))
        row[f"title_{l}"] = " ".join(ws).capitalize()
    for l in LANGS:
        row[f"summary_{l}"] = sentences(rnd, l, topics, 180 + int(rnd() * 120)).replace("\n\n", " ")
    for l in LANGS:
        row[f"description_{l}"] = sentences(rnd, l, topics, 2000 + int(rnd() * 900))
    row["slug"] = f"{ascii_slug(row['title_es'])[:80].strip('-')}-{i}"
    row["network"] = NETWORK_PICK.draw(rnd)
    x = rnd()
    want = 1 if x < 0.60 else 2 if x < 0.85 else 3
    countries = []
    while len(countries) < want:
        c = COUNTRY_PICK.draw(rnd)
        if c not in countries:
            countries.append(c)
    row["countries"] = countries
    row["entity"] = (
        f"{BODIES[int(rnd() * len(BODIES))]} {PLACES[int(rnd() * len(PLACES))]} de {TOPICS[topics[0]][0].split()[0]}"
    )
    row["scope"] = SCOPES[rnd() < 0.5]
    row["start_year"] = 2000 + int(24 * (1 - (1 - rnd()) ** 1.4))
    x = rnd()
    row["status"] = STATUSES[0 if x < 0.5 else 1 if x < 0.9 else 2]
    kws = []
    want = 3 + int(rnd() * 4)
    while len(kws) < want:
        t = topics[int(rnd() * len(topics))] if rnd() < 0.8 else int(rnd() * len(TOPICS))
        k = KEYWORDS[t * len(QUALIFIERS) + int(rnd() * len(QUALIFIERS))]
        if k not in kws:
            kws.append(k)
    row["keywords"] = kws
    row["links"] = [f"https://example.org/{row['slug']}/{k}" for k in range(1 + int(rnd() * 4))]
    return row


def tally(d, key):
    d[key] = d.get(key, 0) + 1


def write_set(out, n, seed):
    d = os.path.join(out, str(n))
    os.makedirs(d, exist_ok=True)
    facets = {"network": {}, "countries": {}, "scope": {}, "status": {}}
    pair, pair_facets, hits, hits_country = {}, {}, 0, {}
    lengths = [0, 10**9, 0]
    words_re = [re.compile(rf"\b{w}\b", re.I) for w in SEARCH_WORDS]
    tmp = [os.path.join(d, f"practices.{x}.part") for x in ("jsonl", "csv")]
    with open(tmp[0], "w", encoding="utf-8") as fj, open(tmp[1], "w", encoding="utf-8", newline="") as fc:
        wr = csv.writer(fc)
        wr.writerow(COLUMNS)
        for i in range(1, n + 1):
            row = make_row(seed, i)
            fj.write(json.dumps(row, ensure_ascii=False) + "\n")
            wr.writerow(["|".join(v) if isinstance(v, list) else v for v in row.values()])
            for f in facets:
                for v in row[f] if isinstance(row[f], list) else [row[f]]:
                    tally(facets[f], v)
            for c in row["countries"]:
                k = f"{c}/{row['network']}"
                tally(pair, k)
                pf = pair_facets.setdefault(k, {"scope": {}, "status": {}})
                tally(pf["scope"], row["scope"])
                tally(pf["status"], row["status"])
            text = " ".join(row[c] for c in TEXT_ES)
            if all(r.search(text) for r in words_re):
                hits += 1
                for c in row["countries"]:
                    tally(hits_country, c)
            for l in LANGS:
                k = len(row[f"description_{l}"])
                lengths = [lengths[0] + k, min(lengths[1], k), max(lengths[2], k)]
    truth = {
        "n": n,
        "seed": seed,
        "facets": facets,
        "country_network": dict(sorted(pair.items())),
        "country_network_facets": dict(sorted(pair_facets.items())),
        "search": {
            "words": list(SEARCH_WORDS),
            "fields": list(TEXT_ES),
            "all_words_exact": hits,
            "by_country": dict(sorted(hits_country.items())),
        },
        "export_filter": {"scope": "national", "rows": facets["scope"].get("national", 0)},
        "description_chars": {"mean": round(lengths[0] / (3 * n)), "min": lengths[1], "max": lengths[2]},
    }
    for part, ext in zip(tmp, ("jsonl", "csv")):
        os.replace(part, os.path.join(d, f"practices.{ext}"))
    # Written last: its presence means the set is whole.
    with open(os.path.join(d, "truth.json"), "w", encoding="utf-8") as f:
        json.dump(truth, f, ensure_ascii=False, indent=1)
    print(f"{n} rows: descriptions {truth['description_chars']}, search hits {hits}", file=sys.stderr)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--out", required=True)
    ap.add_argument("--sizes", default="19,1000,10000,100000")
    ap.add_argument("--seed", type=int, default=7)
    ap.add_argument("--force", action="store_true", help="write sets that are already there too")
    a = ap.parse_args()
    for n in (int(x) for x in a.sizes.split(",")):
        if a.force or not os.path.exists(os.path.join(a.out, str(n), "truth.json")):
            write_set(a.out, n, a.seed)


if __name__ == "__main__":
    main()
