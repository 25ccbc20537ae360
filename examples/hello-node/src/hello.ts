interface Greeting {
  readonly message: string;
}

/** Says hello to whom the event names. */
export async function handler(event: { readonly name?: string }): Promise<Greeting> {
  return { message: `Hello, ${event.name ?? 'world'}` };
}
