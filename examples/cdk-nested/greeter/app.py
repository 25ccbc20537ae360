import os


def handler(event, context):
    return {"greeting": f"Hello, {os.environ['NAME']}!"}
