export const handler = async ({ name = 'world' }) => ({ greeting: `${process.env.GREETING}, ${name}!` });
