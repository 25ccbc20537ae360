interface Message {
  readonly requestContext: { readonly routeKey: string; readonly connectionId: string };
  readonly body?: string;
}

export async function handler({ requestContext: { routeKey, connectionId }, body }: Message) {
  if (routeKey !== 'say') return { statusCode: 200 };
  const { text } = JSON.parse(body ?? '{}') as { text?: string };
  return { statusCode: 200, body: JSON.stringify({ from: connectionId, text }) };
}
