"""What XLSX and ODS have in common: text as XML, and cells that are empty, written for whole columns at a time."""

from catalogue.exports.writers.csv_text import holds_any

SPECIAL = ("&", "<", ">", '"')
CONTROL = bytes({*range(0x20)} - {0x09, 0x0A})  # signs that XML cannot hold, and carriage returns
NOT_CHARACTERS = "\ufffe", "\uffff"


def escaped(cells):
    """Return texts with the signs that mean something in XML written out."""
    cells = list(cells)
    if not holds_any(cells, SPECIAL):
        return cells
    return [
        cell.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
        if "&" in cell or "<" in cell or ">" in cell or '"' in cell
        else cell
        for cell in cells
    ]


def as_bytes(text):
    """Return XML as bytes, without the signs that it cannot hold."""
    for sign in NOT_CHARACTERS:
        text = text.replace(sign, "")
    return text.encode().translate(None, CONTROL)
