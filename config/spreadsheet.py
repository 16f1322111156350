"""Cells that a spreadsheet takes as text, whatever people wrote into them."""


def harmless(cell: object) -> str:
    """The cell's text; one that a spreadsheet would run as a formula begins with an apostrophe.

    >>> harmless("=1+1"), harmless("fine")
    ("'=1+1", 'fine')
    """
    text = str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
