const { createServer } = require('node:http');

const [host, port] = process.env.AWS_LAMBDA_HTTP_ENDPOINT.split(':');

createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ message: `${process.env.GREETING}, ${request.url.slice(1) || 'world'}` }));
}).listen(Number(port), host);
