"""What a thing is: the ontology, records, dates, countries."""
