"""An edition put into one language, as its pages and its paper show it."""
