raise ValueError("grüße 😀")
