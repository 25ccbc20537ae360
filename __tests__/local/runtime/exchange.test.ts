import { beforeEach, describe, expect, it } from '@jest/globals';
import { createExchange, type Exchange, type RuntimeReply } from '../../../src/local/runtime/exchange.ts';
import type { Invocation } from '../../../src/local/runtime/invocation.ts';

const eventOf = (requestId: string): Invocation => ({
  ...{ requestId, deadline: 1_700_000_000_000, arn: 'arn', traceId: 'Root=1-2-3', payload: '{}' },
});
const reply = (text: string): RuntimeReply => ({
  ...{ kind: 'response', contentType: 'application/json', payload: Buffer.from(text) },
});

let exchange: Exchange;
let heard: string[];
let taken: string[];
beforeEach(() => {
  exchange = createExchange();
  heard = [];
  taken = [];
});

const ask = () => exchange.ask(({ requestId }) => taken.push(requestId));
const deliver = (name: string): void =>
  exchange.deliver(eventOf(name), {
    answered: (given) => heard.push(`${name} answered${given.kind === 'response' ? given.payload : ''}`),
    over: () => heard.push(`${name} over`),
  });

describe('an exchange', () => {
  it('is over with an event once it is answered and the next one is asked for', () => {
    ask();
    deliver('a');
    exchange.answering()?.done(reply('1'));
    expect(heard).toEqual(['a answered1']);
    ask();
    deliver('b');
    expect([taken, heard]).toEqual([
      ['a', 'b'],
      ['a answered1', 'a over'],
    ]);
  });

  it('is over with one that is answered after the next one was asked for', () => {
    ask();
    deliver('a');
    ask();
    expect(heard).toEqual([]);
    exchange.answering('a')?.done(reply('1'));
    expect(heard).toEqual(['a answered1', 'a over']);
  });

  it('takes one answer, from whoever was first', () => {
    ask();
    deliver('a');
    const [first, second] = [exchange.answering('a'), exchange.answering('a')];
    first?.done(reply('1'));
    second?.done(reply('2'));
    first?.done(reply('3'));
    expect([heard, exchange.answering()]).toEqual([['a answered1'], undefined]);
    ask();
    deliver('b');
    second?.done(reply('4'));
    expect(exchange.answering('a')).toBeUndefined();
    exchange.answering('b')?.done(reply('5'));
    expect(heard).toEqual(['a answered1', 'a over', 'b answered5']);
  });

  it('keeps an event for whoever asks when the wish for it was withdrawn', () => {
    ask()();
    deliver('a');
    expect(taken).toEqual([]);
    ask();
    expect(taken).toEqual(['a']);
  });
});
