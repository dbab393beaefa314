"""Reading -> what people look at: :mod:`brief`, :mod:`html` page and CSV :mod:`tables`."""
