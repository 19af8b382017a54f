"""Loading the sample, stage by stage, through the stages' own services and nothing else."""
