"""What stands on a page: labels, dates, numbers, agencies, titles, texts, files, each with its place."""
