// What the bundle is made of: the ways to start, each loaded when it is asked for.
export const main = async (): Promise<void> => (await import('./main.ts')).run();
export const post = async (): Promise<void> => (await import('./post.ts')).run();
export const cli = async (): Promise<void> => (await import('./cli.ts')).run();
export const server = async (): Promise<void> => (await import('./server.ts')).run();
