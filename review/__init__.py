"""The editors' desk: a web application that shows candidates and takes decisions. It reads and writes through ports only."""
