import { defineService } from 'sparta-action';

export default defineService({
  name: 'web-function',
  description: 'A web server that counts',
  web: {
    site: {
      entry: 'src/server.ts',
      // Everybody may call it, and it checks for itself who may write.
      auth: 'application',
      timeout: 60,
      environment: { GREETING: 'Hello' },
      logging: { retention: 30 },
    },
  },
});
