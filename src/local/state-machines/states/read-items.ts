import { isObject, type Json, type JsonObject, own } from '../../../template/types.ts';
import { StateFailure } from '../failure.ts';
import { evaluated, filled } from '../language/fields.ts';
import type { StateScope } from '../scope.ts';
import { numberField } from './number-field.ts';

const failure = (cause: string): StateFailure => new StateFailure('States.ItemReaderFailed', cause);

/** The items of a distributed Map that are in a file, or are the objects of a bucket. */
export async function readItems(scope: StateScope, reader: JsonObject): Promise<readonly Json[]> {
  const isJsonata = scope.language === 'JSONata';
  const template = (isJsonata ? reader.Arguments : reader.Parameters) ?? {};
  const place = isJsonata
    ? await evaluated(scope, template, 'ItemReader/Arguments')
    : filled(scope, template, scope.input);
  const { Bucket = '', Key = '', Prefix = '' } = isObject(place) ? place : {};
  const config = isObject(reader.ReaderConfig) ? reader.ReaderConfig : {};
  const most = await numberField({ ...scope, state: config }, 'MaxItems', 0);
  if (most < 0) throw failure('field MaxItems must be positive');
  checkServed(config);
  const content = await scope.run.services.readItems({
    resource: String(reader.Resource),
    bucket: String(Bucket),
    key: String(Key),
    prefix: String(Prefix),
  });
  const items = Buffer.isBuffer(content) ? parsed(config, content.toString('utf8')) : listOf(content);
  return most > 0 ? items.slice(0, most) : items;
}

/** Source: AWS Step Functions Developer Guide, "ItemReader (Map)". */
const TYPES = ['CSV', 'JSON', 'JSONL'];

/** What is not read here must not be read as something else. */
function checkServed({ InputType = 'JSON', Transformation = 'NONE' }: JsonObject): void {
  if (!TYPES.includes(String(InputType)))
    throw failure(`Items of the type ${String(InputType)} are not read here, but ${TYPES.join(', ')} are`);
  if (Transformation !== 'NONE')
    throw failure(`The transformation ${String(Transformation)} of a list of objects is not served here`);
}

/** What a JSON pointer leads to. Source: RFC 6901. */
function pointed(value: Json, pointer: Json | undefined): Json {
  if (pointer === undefined || pointer === '') return value;
  const names = String(pointer).split('/').slice(1);
  return names.reduce<Json>((found, name) => {
    const key = name.replaceAll('~1', '/').replaceAll('~0', '~');
    const next = Array.isArray(found) ? found[Number(key)] : isObject(found) ? own(found, key) : undefined;
    if (next === undefined) throw failure(`The file has nothing at ${String(pointer)}`);
    return next;
  }, value);
}

function listOf(value: Json): Json[] {
  if (Array.isArray(value)) return value;
  throw failure('Attempting to map over non-iterable node.');
}

function parsed(config: JsonObject, text: string): Json[] {
  try {
    switch (config.InputType) {
      case 'CSV':
        return tableRows(config, text);
      case 'JSONL':
        return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line)]));
      // ItemsPath is about the input of the state, and not of the file.
      default:
        return listOf(pointed(JSON.parse(text), config.ItemsPointer));
    }
  } catch (error) {
    if (error instanceof StateFailure) throw error;
    throw failure(
      `The file could not be read as ${String(config.InputType ?? 'JSON')}: ${error instanceof Error ? error.message : error}`,
    );
  }
}

const DELIMITERS: Readonly<Record<string, string>> = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};

function tableRows(config: JsonObject, text: string): Json[] {
  const rows = cells(text, DELIMITERS[String(config.CSVDelimiter ?? 'COMMA')] ?? ',');
  const given = Array.isArray(config.CSVHeaders) ? config.CSVHeaders.map(String) : undefined;
  const heads = config.CSVHeaderLocation === 'GIVEN' ? (given ?? []) : (rows.shift() ?? []);
  if (new Set(heads).size < heads.length) throw failure('CSV headers cannot contain duplicates.');
  return rows.map((row) => Object.fromEntries(heads.map((head, index) => [head, row[index] ?? ''])));
}

/** RFC 4180: quotes around cells, doubled within them. */
function cells(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = (): void => {
    row.push(cell);
    rows.push(row);
    row = [];
    cell = '';
  };
  for (let at = 0; at < text.length; at++) {
    const each = text[at] ?? '';
    if (quoted) {
      if (each !== '"') cell += each;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (each === '"' && cell === '') quoted = true;
    else if (each === delimiter) {
      row.push(cell);
      cell = '';
    } else if (each === '\n') endRow();
    else if (each !== '\r') cell += each;
  }
  if (cell !== '' || row.length > 0) endRow();
  return rows;
}
