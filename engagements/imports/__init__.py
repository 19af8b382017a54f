"""Reading the files people bring: their columns, their rows and what is wrong with a row."""
