"""The concept as a file: one document of plain rows, read from JSON and XLSX, written as JSON, CSV and XLSX.

schema.py     which columns each part of the document has
parsing.py    one value read; sheets.py  the document as a workbook, and back
columns.py    a municipality's own spreadsheet, by a mapping of its columns
importing.py  document → records, with a report; placing.py  which record a row means; filling.py  its columns
exporting.py  records → document; writers.py  document → file, open for further formats
"""
