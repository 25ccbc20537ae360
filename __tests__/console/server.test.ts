/** What the page's server answers to paths that no page asks for. */
import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Console, startConsole } from '../../src/console/server.ts';

let page: Console;
beforeAll(async () => {
  page = await startConsole(
    {
      title: 'orders',
      place: 'here',
      targets: [],
      examples: [],
      example: () => Promise.reject(new Error('none')),
      files: async () => [],
      draw: () => Promise.reject(new Error('none')),
      call: () => 'id',
    },
    (text) => text,
  );
});
afterAll(() => page.stop());

/** As it is: `fetch` would make another path of it. */
const statusOf = (path: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(page.url, { path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

it.each(['/', '//', '//evil.example/', '///', 'http://evil.example/', '*'])(
  '%s is refused without the token',
  async (path) => {
    expect(await statusOf(path)).toBe(403);
  },
);
