import { defineService } from 'sparta-action';

// One binary serves both functions: Lambda tells it the name after the #.
export default defineService({
  name: 'hello-go',
  functions: {
    hello: { handler: 'cmd/hello#hello' },
    goodbye: { handler: 'cmd/hello#goodbye' },
  },
});
