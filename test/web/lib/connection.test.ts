import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../api/contract/client.ts';
import { isUnreachable } from '../../../web/lib/api.ts';
import { createConnection } from '../../../web/lib/connection.ts';

describe('the connection', () => {
  it('tells its listeners when it is lost and when it is back, and nothing in between', () => {
    const connection = createConnection();
    const heard: boolean[] = [];
    const stop = connection.listen(() => heard.push(connection.isUp()));
    for (const isUp of [true, false, false, true, true]) connection.tell(isUp);
    stop();
    connection.tell(false);
    expect(heard).toEqual([false, true]);
  });

  it('is lost when nothing answered, not when the server refused', () => {
    // The words of Chromium, Firefox and Safari when a request gets no answer.
    for (const words of ['Failed to fetch', 'NetworkError when attempting to fetch resource.', 'Load failed'])
      expect(isUnreachable(new TypeError(words))).toBe(true);
    const refusal = new ApiError({ type: '/problems/forbidden', title: 'You may not do this', status: 403 });
    expect(isUnreachable(refusal)).toBe(false);
    expect(isUnreachable(new TypeError('x is not a function'))).toBe(false);
  });
});
