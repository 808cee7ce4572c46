"""What people type behind `python -m tracker`: each command reads, asks one room and says the answer.

`desk` is where every command stands (which database, which language, who asks, what day it is), `spoken`
says help and wrong usage in both languages. Results go to standard output, everything else to standard
error.
"""
