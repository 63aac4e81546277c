"""Files people take away: PDF, DOCX, XLSX, CSV, charts and maps. No tables, no queries: content in, bytes out."""
