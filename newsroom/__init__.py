"""What is done with an opened workspace by hand or for the editors' page; scheduler.py and cli.py call it."""
