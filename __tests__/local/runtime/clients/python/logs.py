import logging; logging.getLogger().warning("at import"); print("printed")
def handler(event, context): return 1
