"""Charts as SVG, the same in a browser and on paper."""
