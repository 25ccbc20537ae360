import { describe, expect, it } from '@jest/globals';
import {
  compilerMessages,
  compilerProblems,
  STYLES,
} from '../../../src/packaging/toolchains/compiler-messages.ts';
import { growth, LINEAR } from '../../support/growth.ts';

const space = { root: '/repository', allowOutside: false };

describe('compilerMessages', () => {
  it.each([
    [
      'go',
      STYLES.go,
      '# example.com/hello\n./main.go:7:2: undefined: x\nmain.go:9: missing return\n',
      [
        ['undefined: x', 'svc/main.go', 7, 2],
        ['missing return', 'svc/main.go', 9, undefined],
      ],
    ],
    [
      'a go module that is absent',
      STYLES.go,
      'main.go:4:2: no required module provides package example.com/x; to add it:\n\tgo get example.com/x\n',
      [['no required module provides package example.com/x; to add it:', 'svc/main.go', 4, 2]],
    ],
    [
      'esbuild',
      STYLES.esbuild,
      '✘ [ERROR] Could not resolve "nope"\n\n    src/app.ts:3:7:\n      3 │ import "nope"\n        ╵        ~~~~~~\n\n1 error\n',
      [['Could not resolve "nope"', 'svc/src/app.ts', 3, 7]],
    ],
    [
      'tsc',
      STYLES.any,
      "src/app.ts(3,7): error TS2304: Cannot find name 'x'.\n",
      [["TS2304: Cannot find name 'x'.", 'svc/src/app.ts', 3, 7]],
    ],
    [
      'tsc --pretty',
      STYLES.any,
      "\x1b[96msrc/app.ts\x1b[0m:\x1b[93m3\x1b[0m:\x1b[93m7\x1b[0m - \x1b[91merror\x1b[0m\x1b[90m TS2304: \x1b[0mCannot find name 'x'.\n",
      [["TS2304: Cannot find name 'x'.", 'svc/src/app.ts', 3, 7]],
    ],
    [
      'python',
      STYLES.any,
      '  File "app.py", line 2\n    def f(:\n          ^\nSyntaxError: invalid syntax\n',
      [['SyntaxError: invalid syntax', 'svc/app.py', 2, undefined]],
    ],
    [
      'a C compiler',
      STYLES.any,
      "../lib/a.c:1:5: error: expected ';'\n",
      [["expected ';'", 'lib/a.c', 1, 5]],
    ],
    ['nothing that says a place', STYLES.any, 'it broke\n12:30:11 failed\n', []],
  ] as const)('reads %s', (_, styles, output, expected) => {
    const found = compilerMessages(space, '/repository/svc', output, styles);
    expect(found.map(({ message, place }) => [message, place?.file, place?.line, place?.column])).toEqual(
      expected,
    );
  });

  it.each([' ', '  File "a", line 1\n', 'a', '✘ [ERROR] '])(
    'takes no more time than it has to for many %j',
    (part) => {
      const work = (size: number) =>
        compilerMessages(space, '/repository', part.repeat(size / part.length), STYLES.any);
      expect(growth(work, 25_000)).toBeLessThan(LINEAR);
    },
  );
});

describe('compilerProblems', () => {
  it('falls back to the end of the output', () => {
    expect(compilerProblems(space, '/repository', 'one\ntwo\n', STYLES.any, 'make failed')).toMatchObject([
      { message: 'make failed: one | two' },
    ]);
    expect(compilerProblems(space, '/repository', '', STYLES.any, 'make failed')).toMatchObject([
      { message: 'make failed' },
    ]);
  });
});
