"""The pages over all stages."""
