/** Unit tests mirror src/; __tests__/e2e drives dist/ against real servers. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  setupFiles: ['<rootDir>/__tests__/support/same-cases.ts'],
  // Takes minutes to compile act: npm run test:act. Needs a browser: npm run test:page.
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/__tests__/act/',
    '<rootDir>/__tests__/page/',
    '<rootDir>/__tests__/long/',
  ],
  // What tests and the demo install for themselves is none of our modules.
  modulePathIgnorePatterns: ['<rootDir>/.cache/'],
  testTimeout: 300_000,
};
