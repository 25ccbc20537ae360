def handler(event, context):
    return {"length": len(event.get("text", ""))}
