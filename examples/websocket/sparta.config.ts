import { defineService } from 'sparta-action';

export default defineService({
  name: 'websocket',
  functions: { chat: { handler: 'src/chat.ts' } },
  apis: {
    chat: {
      kind: 'websocket',
      routes: {
        $connect: 'chat',
        $disconnect: 'chat',
        // What the function returns is sent back.
        say: { function: 'chat', answers: true },
      },
      // May send to connections at any time.
      senders: ['chat'],
      throttling: { rate: 50, burst: 100 },
    },
  },
});
