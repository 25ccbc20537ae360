/** SAM's transform against AWS's own, on templates made by the schemas of its types. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { transform } from '../../src/sam/index.ts';
import type { JsonObject } from '../../src/template/types.ts';
import { samTemplates } from '../support/sam-templates.ts';
import { firstDifference, type SamTranslator, startSamTranslator } from '../support/sam-translator.ts';

/** Cases of each group; the reference takes a while for each. 10,000 by `npm run test:fuzz`. */
const RUNS = { numRuns: Number(process.env.FUZZ_RUNS ?? 150) };

let reference: SamTranslator;
let schemas: Readonly<Record<string, JsonObject>>;
beforeAll(async () => {
  reference = await startSamTranslator();
  schemas = await reference.schemas();
});
afterAll(() => reference.stop());

/** The reference's clock stands still, as the time is in IDs of what is deployed each time. */
const context = { region: 'eu-west-1', parameters: { Open: 'given' }, seconds: 0 };

/** What is wrong with ours, in words; `undefined`: nothing. */
async function wrong(template: JsonObject): Promise<string | undefined> {
  const theirs = await reference.transform(template, context);
  if ('crashed' in theirs) return undefined;
  const ours = transform(template, context);
  if ('refused' in theirs)
    return ours.problems.length > 0 ? undefined : `taken, but refused there: ${theirs.refused.join(' ')}`;
  const [problem] = ours.problems;
  if (problem) return `refused: ${problem.path.join('.')}: ${problem.message}`;
  return firstDifference(ours.template, theirs.template);
}

describe('transform', () => {
  const groups = {
    functions: ['Function', 'LayerVersion'],
    'functions with what starts them': [
      'Function',
      'Function',
      'Api',
      'HttpApi',
      'StateMachine',
      'LayerVersion',
    ],
    'other types': [
      ...['Application', 'CapacityProvider', 'LayerVersion', 'MicrovmImage'],
      ...['NetworkConnector', 'SimpleTable', 'StateMachine', 'WebFunction'],
    ],
  };
  it.each(Object.entries(groups))('makes the same of %s', async (_name, types) => {
    const templates = samTemplates(
      schemas,
      types.map((type) => `AWS::Serverless::${type}`),
    );
    await fc.assert(
      fc.asyncProperty(templates, async (template) => expect(await wrong(template)).toBeUndefined()),
      RUNS,
    );
  });
});
