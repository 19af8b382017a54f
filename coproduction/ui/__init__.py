"""Templates, components, charts and form looks; knows no domain noun."""
