"""The printable catalogue: a book of any list, briefs of one practice or of several, and the offline copy.

A document is a tree of plain data (see ``blocks``); ``pdf`` and ``docx`` draw the same tree.
"""
