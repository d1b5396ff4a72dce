"""Dates as Spanish says them, put as English does: "hace 3 semanas", "hacia marzo", "fines del mes pasado"."""

from __future__ import annotations

import re

_MONTHS = {
    "enero": "january", "febrero": "february", "marzo": "march", "abril": "april", "mayo": "may", "junio": "june",
    "julio": "july", "agosto": "august", "septiembre": "september", "setiembre": "september", "octubre": "october",
    "noviembre": "november", "diciembre": "december",
    "ene": "jan", "feb": "feb", "mar": "mar", "abr": "apr", "may": "may", "jun": "jun", "jul": "jul", "ago": "aug",
    "sep": "sep", "sept": "sep", "set": "sep", "oct": "oct", "nov": "nov", "dic": "dec",
}  # fmt: skip
_COUNTS = ("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce")
_NUMBERS = {"un": 1, "una": 1, "uno": 1} | {name: number for number, name in enumerate(_COUNTS, start=2)}
_UNITS = {
    "d": "d", "dia": "d", "dias": "d", "s": "w", "sem": "w", "semana": "w", "semanas": "w", "m": "mo", "mes": "mo",
    "meses": "mo", "a": "y", "ano": "y", "anos": "y",
}  # fmt: skip
_WHOLE = {
    "hoy": "today",
    "ayer": "yesterday",
    "mes pasado": "last month",
    "este mes": "this month",
    "ano pasado": "last year",
    "este ano": "this year",
}
_PLAIN = str.maketrans("áéíóúñ.,", "aeioun  ", "º")
_LEADING = re.compile(
    r"^((hacia|sobre|en|desde|cerca|aproximadamente|alrededor|mas o menos|por|unos|unas|el|la|al?"
    r"|principios?|comienzos?|inicios?|mediados?|fin|fines|final|finales|del?) +)+"
)
_AGO = re.compile(rf"(?P<ago>hace +)?(unos +|unas +)?(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS)}) ?(?P<unit>[a-z]+)", re.ASCII)
_WORD = re.compile(r"[a-z]+")


def in_english(said: str) -> str:
    """The same date in English; what holds no date in Spanish comes back as something that is none in English either.

    `said`: in small letters.
    """
    plain = " ".join(said.translate(_PLAIN).split())
    found = _AGO.fullmatch(_LEADING.sub("", plain) if not plain.startswith("hace ") else plain)
    if found is not None and found["unit"] in _UNITS and (found["ago"] or found["n"].isdigit()):
        return f"{_NUMBERS.get(found['n'], found['n'])} {_UNITS[found['unit']]} ago"
    rest = _LEADING.sub("", plain)
    if rest in _WHOLE:
        return _WHOLE[rest]
    words = (word for word in rest.split() if word not in ("de", "del"))
    return " ".join(_WORD.sub(lambda word: _MONTHS.get(word[0], word[0]), word) for word in words)
