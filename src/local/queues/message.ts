import { createHash } from 'node:crypto';

/** A message attribute, as the API of SQS writes it. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  /** Base64. */
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** What is sent to a queue. */
export interface NewMessage {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  /** Seconds; that of the queue where absent. */
  readonly delay?: number;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  /** `AWSTraceHeader` */
  readonly trace?: string;
}

/** A message as a receiver gets it. */
export interface ReceivedMessage {
  readonly id: string;
  readonly receipt: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** `SentTimestamp`, `MessageGroupId`, ... */
  readonly system: Readonly<Record<string, string>>;
}

export const md5 = (content: string | Uint8Array): string => createHash('md5').update(content).digest('hex');

/** Source: Amazon SQS Developer Guide, "Calculating the MD5 message digest for message attributes". */
export function attributesMd5(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const parts: Uint8Array[] = [];
  const add = (bytes: Uint8Array): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    parts.push(length, bytes);
  };
  for (const name of names) {
    const { DataType = '', StringValue, BinaryValue } = attributes[name] ?? {};
    add(Buffer.from(name));
    add(Buffer.from(DataType));
    const binary = DataType.startsWith('Binary');
    parts.push(Buffer.from([binary ? 2 : 1]));
    add(binary ? Buffer.from(BinaryValue ?? '', 'base64') : Buffer.from(StringValue ?? ''));
  }
  return md5(Buffer.concat(parts));
}

/** Bytes of a message, as SQS and SNS limit them. Source: Amazon SQS Developer Guide, "Message metadata for Amazon SQS". */
export function sizeOf({ body, attributes = {} }: Pick<NewMessage, 'body' | 'attributes'>): number {
  let size = Buffer.byteLength(body);
  for (const [name, { DataType = '', StringValue = '', BinaryValue = '' }] of Object.entries(attributes))
    size += Buffer.byteLength(name + DataType + StringValue) + Buffer.byteLength(BinaryValue, 'base64');
  return size;
}
