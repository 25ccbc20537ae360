import { defineService } from 'sparta-action';

export default defineService({
  name: 'site',
  functions: { greet: { handler: 'src/greet.ts' } },
  apis: {
    greetings: {
      kind: 'http',
      routes: { 'GET /greet': 'greet' },
      cors: { origins: ['*'], methods: ['GET'] },
    },
  },
  sites: {
    web: {
      folder: 'web',
      notFound: '404.html',
      cache: {
        'assets/**': 'public, max-age=31536000, immutable',
        '**/*.html': 'no-cache',
      },
    },
  },
});
