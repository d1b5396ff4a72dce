"""The lexicon of neutrality in Spanish, for the window's texts: word forms with the object that makes them advise."""

from __future__ import annotations

from screener.forms.lexicon import Entry

_WHO = (
    r"(?:(?:el|la|los|las|este|esta|estos|estas|su|cada|un|una|ese|esa|al|del) )?"
    r"(?:pacientes?|personas?|clientes?|participantes?|usted(?:es)?|ella|él|ellos|ellas|quien)"
)
_CARE = (
    r"(?:(?:el|la|los|las|este|esta|su|un|una|otra|otro|al|del|ningún|ninguna|próxima|siguiente) )*"
    r"(?:tratamientos?|terapia|dosis|administración|ketamina|esketamina|psilocibina|lsd|dmt|mdma|psicodélicos?|"
    r"spravato|medicación|microdosis|sesión|sesiones|infusión|infusiones|fármacos?|medicamentos?|programa|ensayo)"
)
_DO = (
    r"(?:tratar(?:l[ao]s?|se)?|dar(?:le|se)?|administrar(?:se|le)?|iniciar(?:se)?|empezar|comenzar|seguir|continuar|"
    r"suspender(?:se)?|evitar(?:se)?|esperar|posponer(?:se)?|aplazar(?:se)?|derivar(?:se|l[ao])?|excluir(?:se|l[ao])?|"
    r"recibir|tomar|reducir(?:se)?|aumentar(?:se)?|proceder|recetar|prescribir|retirar(?:se)?|incluir(?:se)?|dosificar)"
)
_DONE = (
    r"(?:tratad|excluid|incluid|derivad|suspendid|aplazad|pospuest|administrad|recetad|prescrit|retirad|dosificad|"
    r"aceptad|rechazad|admitid)[ao]s?"
)
_IS = r"(?:es|son|está|están|sería|serían|parece|parecen|resulta|resultan)(?: no| muy| totalmente| claramente)*"

_PERSON = r"(?:al|el|la|este|esta|a la) (?:paciente|persona|cliente)"
_BEGIN = r"(?:^|[.;:!?¡¿] ?|por favor,? )"
"""Where an order to somebody begins: at the start of a sentence, or after its colon."""

_FACT = "state the fact, with its source"
_SOURCES = "say what the source lists, in its own strength"
_OWN = "give the source's own words as its own"

LEXICON_ES: tuple[Entry, ...] = (
    Entry(
        "debe",
        "deb",
        rf"\b(?:{_WHO}|{_CARE}|el (?:profesional|clínico|médico)) (?:no )?deb(?:e|en|ería|erían|erá|erán)\b"
        rf"|\b(?:no )?deb(?:e|en|ería|erían|erá|erán|es) (?:de )?(?:ser {_DONE}|{_DO})\b"
        rf"|\bdebid[ao] {_DO}\b",
        _SOURCES,
    ),
    Entry(
        "hay que",
        "hay que|habría|tien|es necesari|es precis|es obligatori|hace falta|se requiere",
        rf"\b(?:hay|habría|habrá) que {_DO}\b|\btiene[ns]? que {_DO}\b"
        rf"|\b(?:es|será|sería) (?:necesario|preciso|obligatorio|imprescindible) {_DO}\b|\bhace falta {_DO}\b"
        rf"|\bse requiere {_DO}\b",
        _SOURCES,
    ),
    Entry(
        "administrar",
        "trat|dar|administr|inici|empez|comenz|segu|continu|suspend|evit|esper|pospon|aplaz|deriv|exclu|recib|tom|reduc|"
        "aument|proced|recet|prescrib|retir|inclu|dosific|deten|interrump|use|pare",
        rf"{_BEGIN}(?:no )?{_DO}(?: con| a)? (?:{_CARE}|{_PERSON}|psiquiatría|cardiología|urgencias)\b"
        rf"|{_BEGIN}(?:no )?(?:detenga|interrumpa|use|pare|tome)(?: a)? (?:{_CARE}|{_PERSON})\b",
        _FACT,
    ),
    Entry(
        "puede recibir",
        "pued|podrá|podría",
        rf"\b(?:{_WHO}|{_CARE}) (?:no |ya |aún no |todavía no )?(?:puede|pueden|podrá|podrán|podría|podrían) "
        rf"(?:ser {_DONE}|{_DO})\b",
        _FACT,
    ),
    Entry(
        "recomendar",
        "recomend|recomiend|desrecomend",
        r"\b(?:se |le |les )?(?:recomienda[ns]?|recomendamos|recomendaría|recomendad[ao]s?|recomendaci(?:ón|ones)|"
        r"recomendables?)\b",
        "give the source's strength",
    ),
    Entry("aconsejar", "aconsej|desaconsej", r"\b(?:des)?aconsej(?:a|an|amos|ables?|ad[ao]s?|aría)\b", _FACT),
    Entry(
        "convenir", "convien|convendría|convenient|inconvenient", rf"\b(?:conviene|convendría) (?:no )?{_DO}\b", _FACT
    ),
    Entry("sugerir", "sug", rf"\bsug(?:iere|erimos|iero|ería) (?:que|{_DO})\b|\b(?:nuestra|mi) sugerencia\b", _FACT),
    Entry(
        "considerar",
        "considere|valore|plantéese|reconsidere",
        rf"(?:^|[.;:!?¡¿] ?|por favor,? )(?:considere|valore|plantéese|reconsidere) (?:{_DO}|{_CARE}|no )",
        "name what the source names",
    ),
    Entry(
        "apto",
        "apt|inapt|no apt",
        rf"\b(?:no )?(?:in)?apt[ao]s? para\b|\b{_IS} (?:in)?apt[ao]s?\b|\baptitud para\b",
        _OWN,
    ),
    Entry(
        "idóneo",
        "idóne|idone|adecuad|inadecuad|apropiad|inapropiad",
        rf"\bidóne[ao]s?\b|\bidoneidad\b"
        rf"|\b(?:in)?(?:adecuad|apropiad)[ao]s? para (?:{_CARE}|{_WHO}|{_DO})\b"
        rf"|\b(?:{_WHO}|{_CARE}) {_IS} (?:in)?(?:adecuad|apropiad)[ao]s?\b",
        _FACT,
    ),
    Entry("elegible", "elegib|inelegib", r"\b(?:in)?elegib(?:le|les|ilidad)\b", "state the criterion as the source's"),
    Entry(
        "candidato", "candidat", r"\b(?:buen|buena|mal|mala|ideal) candidat[ao]\b|\bcandidat[ao]s? (?:a|para)\b", _FACT
    ),
    Entry(
        "cumple los requisitos",
        "cumple|reúne",
        rf"\b{_WHO} (?:no )?(?:cumple|reúne)[ns]? (?:con )?(?:los|las) (?:requisitos|criterios|condiciones)\b",
        "state the criterion as the source's",
    ),
    Entry(
        "seguro",
        "segur|insegur|peligros|arriesgad|inocu",
        rf"\b(?:in)?segur[ao]s? (?:para (?:{_WHO}|{_CARE}|{_DO})|{_DO})\b"
        rf"|\b(?:{_WHO}|{_CARE}) {_IS} (?:in)?(?:segur|peligros|arriesgad|inocu)[ao]s?\b"
        rf"|\b(?:es|sería) (?:seguro|peligroso|arriesgado) {_DO}\b",
        "state what was found",
    ),
    Entry(
        "autorizar",
        "autoriz|desautoriz|vía libre|visto bueno|luz verde",
        rf"\b(?:des)?autoriz(?:a|an|ad[ao]s?|ación)(?: a| para)? (?:{_WHO}|{_CARE}|{_DO})\b"
        rf"|\b{_WHO} {_IS} autorizad[ao]s?\b|\b(?:vía libre|luz verde|visto bueno)\b",
        _OWN,
    ),
    Entry(
        "aprobar",
        "aprob|aprueb|desaprob|rechaz|denieg|deneg|descart",
        rf"\b(?:aprueba|aprobar|aprobad[ao]s?|rechaza|rechazar|rechazad[ao]s?|deniega|denegar|denegad[ao]s?|descarta|"
        rf"descartad[ao]s?)(?: a| para)? (?:{_WHO}|{_CARE})\b"
        rf"|\b(?:{_WHO}|{_CARE}) {_IS} (?:aprobad|rechazad|denegad)[ao]s?\b",
        "declare it as the source's own word",
    ),
    Entry(
        "proceder",
        "proced|adelante|siga|contin|inici|administr|suspend|evit|no trat|no d|aplac|posponga|deriv|excluy",
        rf"\bproced(?:a|er|e)(?: con| a) (?:{_CARE}|{_DO})\b|\badelante con {_CARE}\b"
        rf"|(?:^|[.;:!?¡¿] ?|por favor,? )(?:no )?(?:siga|continúe|inicie|administre|suspenda|evite|trate|dé|aplace|"
        rf"posponga|derive|excluya)(?: con| a)? (?:{_CARE}|(?:al|el|la|este|esta) (?:paciente|persona|cliente))\b",
        _FACT,
    ),
    Entry(
        "contraindicado",
        "contraindicad",
        rf"\b(?:{_WHO}|{_CARE}) {_IS} contraindicad[ao]s?\b",
        _SOURCES,
    ),
    Entry(
        "riesgo",
        "riesg|bajo riesgo|alto riesgo",
        r"\b(?:riesgo (?:alto|bajo|elevado|moderado|aceptable|inaceptable)|(?:alto|bajo|mayor|menor) riesgo)\b",
        "state what was found",
    ),
    Entry(
        "no hay motivo",
        "nada|ningún|no hay|sin problema",
        r"\b(?:nada|ningún motivo|ninguna razón) (?:se opone|impide|en contra)\b"
        r"|\bno hay (?:motivos?|razón|razones|inconveniente|problema|contraindicaciones)\b|\bsin problemas? para\b",
        "state what was found",
    ),
)
"""What the Spanish of the window is read for. The patterns are written for the forms that a text of a program takes."""
