import sys; sys.exit(5)
