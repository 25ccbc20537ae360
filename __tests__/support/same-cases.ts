/**
 * Property tests try the same cases in each run, so that a build fails only for what was changed. `npm run test:fuzz`, each
 * night, tries new ones.
 */
import fc from 'fast-check';

if (!process.env.FUZZ_RUNS) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20 });
