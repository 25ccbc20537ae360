"""Says hello to whom the event names."""

from greetings import greeting


def hello(event, context):
    return {"message": greeting(event.get("name", "world"))}
