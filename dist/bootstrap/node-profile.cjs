// Profiles the start and the first invocation, and leaves the profile in the file that `_SPARTA_PROFILE` names.
'use strict';

const { writeFileSync } = require('node:fs');
const { Session } = require('node:inspector');
const { current } = require('./node-runtime.cjs');

const file = process.env._SPARTA_PROFILE;
delete process.env._SPARTA_PROFILE;

/** Microseconds between two samples: invocations are short. */
const INTERVAL = 200;

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.setSamplingInterval', { interval: INTERVAL });
session.post('Profiler.start');

current.answering = () => {
  current.answering = undefined;
  // A session with its own thread is answered at once.
  session.post('Profiler.stop', (error, result) => {
    if (!error) writeFileSync(file, JSON.stringify(result.profile));
  });
  session.disconnect();
};
