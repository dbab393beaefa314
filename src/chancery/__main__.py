"""``python -m chancery`` is ``chancery``."""

from chancery.cli import main

if __name__ == "__main__":
    main()
