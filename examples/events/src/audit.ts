import { gunzipSync } from 'node:zlib';

interface LogEvent {
  readonly awslogs: { readonly data: string };
}

/** CloudWatch Logs packs the lines. */
export async function handler({ awslogs }: LogEvent) {
  const { logEvents = [] } = JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString()) as {
    logEvents?: readonly { readonly message: string }[];
  };
  for (const { message } of logEvents) console.log(`noticed ${message}`);
}
