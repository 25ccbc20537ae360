import { server } from './bundle.js';
await server();
