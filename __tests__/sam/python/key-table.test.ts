/** The order of keys in maps of Python 2.7; the expected ones are its own. */
import { describe, expect, it } from '@jest/globals';
import { KeyTable } from '../../../src/sam/python/key-table.ts';

const copied = (table: KeyTable, times: number): string[] => {
  const copy = table.clone();
  copy.copy(times);
  return copy.keys();
};

describe('KeyTable', () => {
  it('lists keys by their hashes, not as they came', () => {
    expect(KeyTable.of(['type', 'httpMethod', 'uri']).keys()).toEqual(['httpMethod', 'type', 'uri']);
    expect(KeyTable.of(['swagger', 'info', 'paths']).keys()).toEqual(['info', 'paths', 'swagger']);
  });

  it('keeps the place of a key that comes again', () => {
    const table = KeyTable.of(['a', 'b', 'a']);
    expect(table.size).toBe(2);
    expect(table.keys()).toEqual(['a', 'b']);
  });

  it('changes places of keys that share a slot with each copy', () => {
    const table = KeyTable.of(['get', 'delete']);
    expect(table.keys()).toEqual(['delete', 'get']);
    expect(copied(table, 1)).toEqual(['get', 'delete']);
    expect(copied(table, 2)).toEqual(['delete', 'get']);
    expect(copied(KeyTable.of(['a', 'b', 'c']), 1000)).toEqual(['a', 'c', 'b']);
  });

  it('makes less room for keys that come all at once', () => {
    const some = ['d', '404', 'options', 'post', 'patch'];
    const merged = KeyTable.of(some);
    merged.merge(['c']);
    expect(merged.keys()).toEqual(['c', '404', 'd', 'post', 'options', 'patch']);
    expect(KeyTable.of([...some, 'c']).keys()).toEqual(['c', 'd', 'patch', '404', 'post', 'options']);
  });

  it('puts a new key where a deleted one was', () => {
    const table = KeyTable.of(['get', 'post', 'put']);
    table.delete('post');
    table.delete('none');
    table.add('options');
    expect(table.keys()).toEqual(['put', 'options', 'get']);
    const copy = table.clone();
    copy.add('patch');
    expect([table.size, copy.size]).toEqual([3, 4]);
  });

  it('hashes characters beyond the first plane, and the empty text', () => {
    expect(KeyTable.of(['é', '😀', '']).keys()).toEqual(['é', '😀', '']);
  });
});
