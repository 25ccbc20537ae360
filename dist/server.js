import { enableCompileCache } from 'node:module';
const { RUNNER_TEMP } = process.env;
if (RUNNER_TEMP) enableCompileCache(`${RUNNER_TEMP}/sparta-action`);
const { server } = await import('./bundle.js');
await server();
