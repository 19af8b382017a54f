"""The pages of the plan: the editor's, the public's, the data files and following a receipt."""
