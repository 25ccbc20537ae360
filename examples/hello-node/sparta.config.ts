import { defineService } from 'sparta-action';

export default defineService({
  name: 'hello-node',
  description: 'Says hello',
  functions: {
    hello: { handler: 'src/hello.ts', memory: 256, timeout: 5, url: { auth: 'none' } },
  },
});
