import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../api/contract/client.ts';
import { weaknessIn } from '../../../web/component/NewPassword.tsx';

const refusal = (path: string) =>
  new ApiError({
    type: '/problems/invalid',
    title: 'The request does not fit',
    status: 400,
    requestId: 'r1',
    issues: [{ path, message: 'it repeats a few characters' }],
  });

describe('weaknessIn', () => {
  it('says why the server finds a password weak', () => {
    expect(weaknessIn(refusal('body.password'))).toBe(
      'This password is weak: it repeats a few characters. Four ordinary words are better.',
    );
  });

  it('leaves other refusals to the form', () => {
    expect(weaknessIn(refusal('body.email'))).toBeNull();
    expect(weaknessIn(new Error('offline'))).toBeNull();
    expect(weaknessIn(null)).toBeNull();
  });
});
