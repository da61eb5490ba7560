import { dictionary } from '@zxcvbn-ts/language-common';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weaknessOf } from '../../../api/auth/weakPassword.ts';

const ABOUT = ['Ana Silveira', 'ana.silveira@riverside.example', 'Riverside Health'];
const SHORTEST = 12;

describe('weaknessOf', () => {
  it.each([
    ['Password123456', 'guessed first'],
    ['P@ssw0rd2026!', 'close to one of the passwords'],
    ['qwertyuiop123', 'guessed first'],
    ['zxcvbnm,./zxcv', 'along the keyboard'],
    ['abcdefghijklmnop', 'along the keyboard or the alphabet'],
    ['123456789012', 'guessed first'],
    ['aaaaaaaaaaaa', 'repeats'],
    ['abcabcabcabc', 'repeats'],
    ['welcomewelcome1', 'repeats'],
    ['1q2w3e4r5t6y', 'among the passwords'],
    ['Summer2026Summer', 'guessed first'],
    ['1987-05-13-1', 'made of dates'],
    ['coverline-admin-1', 'guessed first'],
    ['riverside2026!', 'your name, address or organisation'],
    ['ana.silveira.1984', 'your name, address or organisation'],
    ['Riverside Health 1', 'your name, address or organisation'],
    ['hospital password', 'guessed first'],
  ])('finds %s weak: %s', async (password, reason) => {
    expect(await weaknessOf(password, ABOUT)).toContain(reason);
  });

  it.each([
    'correct horse battery staple',
    'four ordinary words here',
    'Tb7!kq0zRw2#',
    '48!29#7$15&62*93',
    'another long password',
    'ein Regal voller Kekse',
    '堅牢な長い合言葉を選ぶ人',
    'x'.padEnd(64, 'long and winding road '),
  ])('lets %s pass: length protects, and no kind of character is asked for', async password => {
    expect(await weaknessOf(password, ABOUT)).toBeUndefined();
  });

  it('has an answer for any text, also one that names what objects inherit', async () => {
    for (const password of ['constructor toString', '__proto__.__proto__', 'hasOwnProperty valueOf'])
      expect(['string', 'undefined']).toContain(
        typeof (await weaknessOf(password, ['constructor __proto__'])),
      );
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), fc.string(), async (password, about) => {
        expect(['string', 'undefined']).toContain(typeof (await weaknessOf(password, [about])));
      }),
      { numRuns: 15 },
    );
  });

  const common = dictionary['passwords-common'].map(String);
  const longEnough = common.filter(password => password.length >= SHORTEST);

  it('refuses every commonly used password that is long enough for the rules', async () => {
    expect(longEnough.length).toBeGreaterThan(300);
    const passed = [];
    for (const password of longEnough)
      if ((await weaknessOf(password, [])) === undefined) passed.push(password);
    expect(passed).toEqual([]);
  });

  it('refuses the 3,000 most common ones of any length, made longer as people do', async () => {
    const passed = [];
    // One of every thirty; all 3,000 take half a minute.
    for (let at = 0; at < 3000; at += 30) {
      const password = common[at] ?? '';
      const longer = `${password[0]?.toUpperCase()}${password.slice(1)}${['123456', '2026', '!'][(at % 7) % 3]}`;
      // What is still too short is repeated.
      const full = longer.length < SHORTEST ? longer.repeat(Math.ceil(SHORTEST / longer.length)) : longer;
      if ((await weaknessOf(full, [])) === undefined) passed.push(full);
    }
    expect(passed).toEqual([]);
  });
});
