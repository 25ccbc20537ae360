// Stands for the native part of aws-lambda-ric, which needs minutes to build: next, done and error are what it has, the last
// two wait for their answer.
const http = require('node:http');
const { Worker } = require('node:worker_threads');

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const base = '/2018-06-01/runtime/invocation/';
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const passed = [
  'lambda-runtime-aws-request-id',
  'lambda-runtime-trace-id',
  'lambda-runtime-invoked-function-arn',
  'lambda-runtime-client-context',
  'lambda-runtime-cognito-identity',
  'lambda-runtime-aws-tenant-id',
];

exports.next = () =>
  new Promise((resolve, reject) => {
    const request = http.request({ host, port, agent, path: `${base}next` }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const headers = { 'lambda-runtime-deadline-ms': Number(response.headers['lambda-runtime-deadline-ms']) };
        for (const name of passed) if (response.headers[name]) headers[name] = response.headers[name];
        resolve({ bodyJson: Buffer.concat(chunks).toString(), headers });
      });
    });
    request.on('error', reject).end();
  });

const poster = `
const { workerData, parentPort } = require('node:worker_threads');
const http = require('node:http');
const { host, port, flag } = workerData;
parentPort.on('message', ({ path, headers, body }) => {
  const release = () => { Atomics.store(flag, 0, 1); Atomics.notify(flag, 0); };
  http.request({ host, port, method: 'POST', path, headers }, (response) => response.resume().on('end', release))
    .on('error', release)
    .end(body);
});`;
let worker;
let flag;

function post(path, text, headers) {
  if (!worker) {
    flag = new Int32Array(new SharedArrayBuffer(4));
    // Its own environment: what the function does to this one is not its concern.
    worker = new Worker(poster, { eval: true, workerData: { host, port, flag }, execArgv: [], env: {} });
    worker.unref();
  }
  Atomics.store(flag, 0, 0);
  const body = Buffer.from(text);
  worker.postMessage({
    path: base + path,
    headers: { 'Content-Type': 'application/json', 'Content-Length': body.length, ...headers },
    body,
  });
  Atomics.wait(flag, 0, 0);
}

function check(...values) {
  if (!values.every((value) => typeof value === 'string')) throw new TypeError('Wrong arguments');
}

exports.done = (id, text) => {
  check(id, text);
  post(`${id}/response`, text, {});
};
exports.error = (id, text, xray) => {
  check(id, text, xray);
  post(`${id}/error`, text, {});
};
