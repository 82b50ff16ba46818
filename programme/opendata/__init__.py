"""Open data: data sets declared once, read by the API, the files, the dictionary and the reference page alike."""
