import { expect, it } from '@jest/globals';
import { tryAgain } from '../../../src/aws/connection/try-again.ts';

/** How often a call is made once more that always fails like this, after a first try. */
async function repeats(failure: object): Promise<number> {
  let count = 0;
  const error = Object.assign(new Error('failed'), failure, { $metadata: { attempts: 1 } });
  const next = () => {
    count++;
    return Promise.reject(count < 2 ? error : Object.assign(error, { $metadata: { attempts: 6 } }));
  };
  await tryAgain(error, { next, args: { input: {} }, context: {} }).catch(() => undefined);
  return count;
}

it.each(['DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_HAS_EXPIRED', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])(
  'does not ask again whoever has no certificate that is trusted: %s',
  async (code) => {
    expect(await repeats({ code })).toBe(0);
  },
);

it.each(['ECONNRESET', 'EAI_AGAIN', 'ENOTFOUND'])('asks again where the network failed: %s', async (code) => {
  expect(await repeats({ code })).toBe(2);
});
