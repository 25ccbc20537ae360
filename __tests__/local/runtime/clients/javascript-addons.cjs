// Lets a file that is named like a native module be one of JavaScript.
const { readFileSync } = require('node:fs');
const Module = require('node:module');

Module._extensions['.node'] = (module, file) => module._compile(readFileSync(file, 'utf8'), file);
