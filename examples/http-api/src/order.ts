interface Request {
  readonly routeKey: string;
  readonly pathParameters?: { readonly id?: string };
  readonly body?: string;
}

export async function handler({ routeKey, pathParameters, body }: Request) {
  const table = process.env.TABLE;
  if (routeKey.startsWith('POST')) return answer(201, { taken: JSON.parse(body ?? '{}'), table });
  return answer(200, { id: pathParameters?.id, table });
}

const answer = (statusCode: number, content: unknown) => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(content),
});
