"""`python -m tests.languages`: brings each language to the texts of today, compiles it, and says what is missing."""

from __future__ import annotations

import sys

from tests.languages.catalogues import TRANSLATED, entries, keep, source_of, update


def main() -> int:
    """1 while a text of some language is empty."""
    missing = 0
    for code in TRANSLATED:
        catalog = update(code)
        keep(code, catalog)
        empty = [entry.key[-1] for entry in entries(catalog) if not entry.whole]
        missing += len(empty)
        sys.stdout.write(f"{code}: {len(catalog)} texts, {len(empty)} without a translation, in {source_of(code)}\n")
        sys.stdout.writelines(f"  {text}\n" for text in empty)
    return int(missing > 0)


if __name__ == "__main__":
    sys.exit(main())
