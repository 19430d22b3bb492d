"""Collects the texts of all sources into the catalogs: ``python -m event_server.locale.update``."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

LOCALE = Path(__file__).resolve().parent
PROJECT = LOCALE.parents[1]
SOURCES = {
    "event_server": [("**.py", "python"), ("static/js/**.js", "javascript")],
    "templates": [("**.html", "jinja2.ext.babel_extract")],
}
OPTIONS = {
    "**.html": {"trimmed": "false", "newstyle_gettext": "true", "encoding": "utf-8", "silent": "false"},
    "static/js/**.js": {"parse_template_string": "true", "encoding": "utf-8"},
}
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "t": None,
    "tn": (1, 2),
}


def extracted() -> Catalog:
    """Return every text of the sources, with the files it stands in."""
    catalog = Catalog(project="Girotondo", fuzzy=False)
    for folder, methods in SOURCES.items():
        found = extract_from_dir(
            PROJECT / folder,
            method_map=methods,
            options_map=OPTIONS,
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            strip_comment_tags=True,
        )
        for name, _, message, comments, context in found:
            catalog.add(message, None, [(f"{folder}/{name}", 1)], auto_comments=comments, context=context)
    return catalog


def updated(old: Catalog, texts: Catalog) -> Catalog:
    """Return ``texts`` with the translations of ``old``; what is no longer used is dropped."""
    catalog = Catalog(
        locale=old.locale, project="Girotondo", fuzzy=False, header_comment="# Texts of Girotondo."
    )
    for message in texts:
        if not message.id:
            continue
        known = old.get(message.id)
        string = known.string if known is not None else None
        catalog.add(message.id, string, sorted(set(message.locations)), auto_comments=message.auto_comments)
    return catalog


def take(catalog: Catalog, pieces: Catalog) -> None:
    """Put the translations of ``pieces`` into ``catalog`` where it has none."""
    for message in catalog:
        known = pieces.get(message.id) if message.id and not _is_whole(message) else None
        if known is not None:
            message.string = known.string


def _is_whole(message: Message) -> bool:
    forms = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    return not message.fuzzy and all(forms)


def untranslated(catalog: Catalog) -> list[str]:
    """Return the texts without a translation, or with half of one."""
    missing = [message.id for message in catalog if message.id and not _is_whole(message)]
    return [text if isinstance(text, str) else text[0] for text in missing]


def po_text(catalog: Catalog) -> bytes:
    """Return the catalog as a file that changes only where a text does: no dates, no line numbers."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=100, sort_by_file=True, include_lineno=False, omit_header=True)
    header = f"""# Texts of Girotondo.
msgid ""
msgstr ""
"Language: {catalog.locale}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {catalog.plural_forms}\\n"

"""
    return header.encode() + buffer.getvalue()


def main() -> int:
    """Update every catalog; print what is untranslated, and return 1 if there is anything.

    Files named ``<language>=<path>`` on the command line lend their translations.
    """
    texts, missing = extracted(), 0
    lent = [argument.partition("=") for argument in sys.argv[1:]]
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/girotondo.po")):
        old = read_po(BytesIO(path.read_bytes()), locale=path.parts[-3])
        catalog = updated(old, texts)
        for language, _, piece in lent:
            if language == str(catalog.locale):
                take(catalog, read_po(BytesIO(Path(piece).read_bytes()), locale=language))
        path.write_bytes(po_text(catalog))
        for text in untranslated(catalog):
            sys.stdout.write(f"{path.parts[-3]}: {text}\n")
            missing += 1
    return int(missing > 0)


if __name__ == "__main__":
    sys.exit(main())
