#!/usr/bin/env node
const { cli } = await import('./bundle.js');
await cli();
