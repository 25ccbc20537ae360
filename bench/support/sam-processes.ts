/**
 * The programs that `bench/sam.ts` starts. What a process takes is its own high-water mark: `getrusage` also counts what
 * the process took that started it, which is more than an empty Python.
 */
const MOST = `
import { readFileSync } from 'node:fs';
const most = () => Number(/VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
`;

const THEIR_MOST = `
def most():
    with open('/proc/self/status') as status:
        return int(status.read().split('VmHWM:')[1].split()[0])
`;

/** Processes that do nothing but say what they take. */
export const BARE = `${MOST}
console.log(JSON.stringify({ memory: most() }));
`;
export const THEIRS_BARE = `${THEIR_MOST}
print('{"memory": %d}' % most())
`;

/** V8 is set as previews of applications with local code set it, for every figure: by the same calls, and by no others. */
export const OURS = `${MOST}
import { keepYoungSpaceSmall, optimizeLittle } from './settings.mjs';
keepYoungSpaceSmall();
optimizeLittle();
const [file, templates, rounds] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const start = performance.now();
const { transform } = await import('./ours.mjs');
const loading = performance.now() - start;
const every = () => {
  let spent = 0;
  for (let each = 0; each < Number(templates); each++) {
    const given = JSON.parse(text);
    const begin = performance.now();
    const { problems } = transform(given, { region: 'us-east-1' });
    spent += performance.now() - begin;
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
  }
  return spent;
};
const cold = loading + every();
const memory = most();
const times = [];
for (let round = 0; round < Number(rounds); round++) {
  times.push(every());
}
times.sort((a, b) => a - b);
console.log(JSON.stringify({ cold, warm: times[times.length >> 1], memory }));
`;

export const THEIRS = `
import copy, json, logging, os, sys, time
os.environ['AWS_DEFAULT_REGION'] = 'us-east-1'
logging.disable(logging.CRITICAL)
${THEIR_MOST}
file, templates, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
text = open(file).read()
start = time.perf_counter()
from samtranslator.translator.transform import transform
class NoPolicies:
    def load(self): return {}
def every():
    spent = 0
    for _ in range(templates):
        given = json.loads(text)
        begin = time.perf_counter()
        transform(given, {}, NoPolicies())
        spent += time.perf_counter() - begin
    return spent
loading = time.perf_counter() - start
first = every()
cold = loading + first
memory = most()
# Python has nothing to warm up: where it takes minutes, once is enough.
times = sorted(every() for _ in range(rounds)) or [first]
print(json.dumps({'cold': cold * 1000, 'warm': times[len(times) // 2] * 1000, 'memory': memory}))
`;
