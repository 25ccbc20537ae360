/** Makes calls to AWS; their errors become problems that say why and what to do. */
export async function explained<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    // Most runs end without.
    const { explain } = await import('./explain.ts');
    throw explain(error, what);
  }
}
