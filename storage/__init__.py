"""The only SQL: schema, migrations, and the shelves that the rest of the house reads and writes."""
