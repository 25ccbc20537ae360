import { expect, it } from '@jest/globals';
import { requestTime } from '../../../src/local/http-api/request.ts';

it('tells the second of each request', () => {
  const at = Date.UTC(2026, 10, 20, 22, 55, 15);
  expect([at, at + 999, at + 1000, at].map((time) => requestTime(new Date(time)))).toEqual([
    '20/Nov/2026:22:55:15 +0000',
    '20/Nov/2026:22:55:15 +0000',
    '20/Nov/2026:22:55:16 +0000',
    '20/Nov/2026:22:55:15 +0000',
  ]);
});
