/** A host that a test kills: it serves one durable function, and keeps its executions in a folder. */
import { hostFunctions } from '../../../src/local/host.ts';
import { startLambdaApi } from '../../../src/local/server/lambda-api.ts';

const { functions, folder, workDirectory } = JSON.parse(process.argv[2] ?? '{}');
const host = hostFunctions(functions, {
  workDirectory,
  durable: { folder, resume: true, waits: 'real' },
  output: () => undefined,
  warn: (message) => process.stderr.write(`${message}\n`),
});
await host.executions();
const { url } = await startLambdaApi(host);
process.stdout.write(`${url}\n`);
