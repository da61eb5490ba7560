import { describe, expect, it } from 'vitest';
import { weaknessOf } from '../../../api/auth/weakPassword.ts';

const ABOUT = ['Ana Silveira', 'ana.silveira@riverside.example', 'Riverside Health'];

describe('weaknessOf', () => {
  it.each([
    'Password123456',
    'P@ssw0rd2026!',
    'qwertyuiop123',
    'abcdefghijklmnop',
    '123456789012',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    'welcomewelcome1',
    'Summer2026Summer',
    'coverline-admin-1',
    'riverside2026!',
    'ana.silveira.1984',
    'Riverside Health 1',
    'hospital password',
  ])('finds %s weak', password => {
    expect(weaknessOf(password, ABOUT)).toBeTypeOf('string');
  });

  it.each([
    'correct horse battery staple',
    'four ordinary words here',
    'Tb7!kq0zRw2#',
    'another long password',
    'ein Regal voller Kekse',
    '堅牢な長い合言葉を選ぶ人',
    'x'.padEnd(64, 'long and winding road '),
  ])('lets %s pass: length protects, and no kind of character is asked for', password => {
    expect(weaknessOf(password, ABOUT)).toBeUndefined();
  });
});
