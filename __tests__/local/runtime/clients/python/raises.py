def inner():
    raise RuntimeError("while it starts")


inner()
