"""The editors' desk: a web application."""
