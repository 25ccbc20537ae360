import { describe, expect, it } from '@jest/globals';
import { renewed, type Session, withRenewal } from '../../../src/aws/connection/session.ts';

const MINUTE = 60_000;
/** Sessions that last as long as it is said, one after another; they are numbered. */
function source(...minutes: readonly number[]) {
  let made = 0;
  const make = async (): Promise<Session> => {
    const left = minutes[made] ?? minutes.at(-1) ?? 60;
    made++;
    return {
      accessKeyId: String(made),
      secretAccessKey: 'x',
      expiration: new Date(Date.now() + left * MINUTE),
    };
  };
  return { make, isAvailable: async () => true, made: () => made };
}
const expired = () => Object.assign(new Error('expired'), { name: 'ExpiredTokenException' });

describe('credentials of a role', () => {
  it('are made when they are asked for, once for all who ask', async () => {
    const from = source(60);
    const sessions = renewed(from);
    expect(from.made()).toBe(0);
    const all = await Promise.all([sessions(), sessions(), sessions()]);
    expect(new Set(all).size).toBe(1);
    await sessions();
    expect(from.made()).toBe(1);
  });

  it('are made again when they are over', async () => {
    const from = source(0, 60);
    const sessions = renewed(from);
    await sessions();
    const all = await Promise.all([sessions(), sessions()]);
    expect(all.map(({ accessKeyId }) => accessKeyId)).toEqual(['2', '2']);
  });

  it('are made again after they could not be made', async () => {
    let refuses = true;
    const sessions = renewed({
      make: async () => {
        if (refuses) throw new Error('no');
        return { accessKeyId: '1', secretAccessKey: 'x' };
      },
      isAvailable: async () => true,
    });
    await expect(sessions()).rejects.toThrow('no');
    refuses = false;
    await expect(sessions()).resolves.toMatchObject({ accessKeyId: '1' });
  });
});

describe('what is refused for expired credentials', () => {
  it('is done again with new ones, which calls that are refused at the same time share', async () => {
    const from = source(60);
    const sessions = renewed(from);
    const call = () =>
      withRenewal(sessions, async () => {
        const { accessKeyId } = await sessions();
        if (accessKeyId === '1') throw expired();
        return accessKeyId;
      });
    expect(await Promise.all([call(), call(), call()])).toEqual(['2', '2', '2']);
    expect(from.made()).toBe(2);
  });

  it('fails in the end, and at once for other reasons or without a role', async () => {
    const from = source(60);
    const sessions = renewed(from);
    let calls = 0;
    const failing = (error: Error) => async () => {
      calls++;
      throw error;
    };
    await expect(withRenewal(sessions, failing(expired()))).rejects.toThrow('expired');
    expect(calls).toBe(4);
    await expect(withRenewal(sessions, failing(new Error('other')))).rejects.toThrow('other');
    await expect(withRenewal(undefined, failing(expired()))).rejects.toThrow('expired');
    expect(calls).toBe(6);
  });

  it('is a HEAD request without a reason, too', async () => {
    const from = source(60);
    const sessions = renewed(from);
    const unknown = Object.assign(new Error('UnknownError'), {
      name: '400',
      $metadata: { httpStatusCode: 400 },
    });
    const answer = await withRenewal(sessions, async () => {
      if ((await sessions()).accessKeyId === '1') throw unknown;
      return 'there';
    });
    expect(answer).toBe('there');
  });
});
