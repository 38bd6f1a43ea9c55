"""The file formats of a release, each written from the workbook row by row."""
