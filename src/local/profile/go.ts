import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Profile } from 'pprof-format';
import type { Frame, Measured } from './types.ts';

/** A call, and what it called. */
interface Call {
  readonly name: string;
  readonly place: string;
  self: number;
  readonly called: Map<string, Call>;
}

/** What Go measured. `bytes` are a profile as `runtime/pprof` writes it: Protocol Buffers, compressed. */
export async function goMeasured(bytes: Uint8Array): Promise<Measured> {
  const profile = Profile.decode(await promisify(gunzip)(bytes));
  const calls = goFrames(profile);
  const each = Number(profile.period) / 1_000_000;
  const count = Math.round(calls.total / 1000 / each);
  const every = `one for each ${each} ms of CPU time`;
  if (count === 0)
    return {
      notes: [
        `Go took no sample: it takes ${every}, and the program did not use enough from the start of package main to its answer. Send an event that gives it more to do, or measure its code with go test -bench . -cpuprofile cpu.out.`,
      ],
    };
  const samples = count === 1 ? 'one sample' : `${count} samples`;
  return {
    calls,
    notes: [
      `Go took ${samples}, ${every} from the start of package main to the answer.${count < FEW ? ' Shares of so few are rough.' : ''}`,
      'What imported packages do at their start comes before, and is not in it.',
    ],
  };
}

/** Samples below which another profile of the same event may look quite different. */
const FEW = 50;

/**
 * The calls of a CPU profile of Go.
 * Source: https://github.com/google/pprof/blob/main/proto/profile.proto
 */
function goFrames({ sample, sampleType, location, function: functions, stringTable }: Profile): Frame {
  const text = (index: number | bigint): string => stringTable.strings[Number(index)] ?? '';
  const cpu = sampleType.findIndex(({ type }) => text(type) === 'cpu');
  const functionOf = new Map(functions.map((each) => [Number(each.id), each]));
  // Of a call that the compiler put into its caller there is no place of its own: the innermost comes first.
  const callsAt = new Map(
    location.map(({ id, line }) => [
      Number(id),
      line.toReversed().map(({ functionId }) => {
        const found = functionOf.get(Number(functionId));
        const file = text(found?.filename ?? 0);
        const start = Number(found?.startLine ?? 0);
        return {
          name: text(found?.name ?? 0) || '(unknown)',
          place: file !== '' && start > 0 ? `${file}:${start}` : file,
        };
      }),
    ]),
  );
  const all: Call = { name: 'all', place: '', self: 0, called: new Map() };
  for (const { locationId, value } of sample) {
    // The innermost comes first.
    const stack = locationId.toReversed().flatMap((id) => callsAt.get(Number(id)) ?? []);
    const last = stack.reduce(calledBy, all);
    last.self += Number(value[cpu] ?? 0) / 1000;
  }
  return frameOf(all);
}

function calledBy({ called }: Call, { name, place }: Pick<Call, 'name' | 'place'>): Call {
  const key = `${name}\n${place}`;
  const known = called.get(key) ?? { name, place, self: 0, called: new Map() };
  called.set(key, known);
  return known;
}

function frameOf({ name, place, self, called }: Call): Frame {
  const children = [...called.values()].map(frameOf);
  return { name, place, self, total: children.reduce((sum, { total }) => sum + total, self), children };
}
