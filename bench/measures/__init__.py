"""What a process of bench/answering.py does: one module for each thing that is measured."""
