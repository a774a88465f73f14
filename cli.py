"""The ``newsdesk`` command."""


def main() -> None:
    """Read arguments, call one function, print."""
