import os


def handler(event, context):
    return {"count": len(event.get("orders", [])), "table": os.environ["TABLE"]}
