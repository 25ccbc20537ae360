import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createDeadline, type Deadline } from '../../src/local/deadline.ts';

let deadline: Deadline;
let missed: number[];
beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
  missed = [];
  deadline = createDeadline(() => missed.push(performance.now()));
});
afterEach(() => void jest.useRealTimers());

describe('deadlines that follow one another', () => {
  it('are missed at their time, however many were met before', () => {
    const began = performance.now();
    for (let call = 0; call < 5; call++) {
      deadline.set(1000);
      jest.advanceTimersByTime(700);
      deadline.clear();
    }
    deadline.set(1000);
    jest.advanceTimersByTime(999);
    expect(missed).toEqual([]);
    jest.advanceTimersByTime(5000);
    expect(missed).toEqual([began + 4500]);
  });

  it('may come before the one that was set before', () => {
    const began = performance.now();
    deadline.set(1000);
    deadline.set(10);
    jest.advanceTimersByTime(5000);
    expect(missed).toEqual([began + 10]);
  });

  it('are one timer, and none once they are closed', () => {
    for (let call = 0; call < 5; call++) {
      deadline.set(1000);
      deadline.clear();
    }
    expect(jest.getTimerCount()).toBe(1);
    deadline.close();
    expect(jest.getTimerCount()).toBe(0);
    expect(missed).toEqual([]);
  });
});
