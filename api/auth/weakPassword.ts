import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

/** Words that this product and its field suggest, beside those of everybody. */
const FIELD = [
  ...['coverline', 'hospital', 'clinic', 'health', 'healthcare', 'medical', 'patient', 'nurse', 'doctor'],
  ...['callcenter', 'callcentre', 'contact', 'planner', 'schedule', 'password', 'admin', 'administrator'],
];
/** At least so many letters must be left without the words of person, house and field. */
const LEFT_LETTERS = 6;
/** The best of zxcvbn's scores: ten thousand million guesses and more. */
const STRONG = 4;
/** The estimate's time grows with length; what follows so many characters is not what makes a password weak. */
const CHARACTERS_ESTIMATED = 64;

const GUESSED_FIRST = 'it is made of words and numbers that are guessed first';
/** zxcvbn's warnings in a planner's words. */
const REASONS: Readonly<Record<string, string>> = {
  straightRow: 'it runs along the keyboard or the alphabet',
  keyPattern: 'it runs along the keyboard or the alphabet',
  sequences: 'it runs along the keyboard or the alphabet',
  simpleRepeat: 'it repeats a few characters',
  extendedRepeat: 'it repeats a few characters',
  dates: 'it is made of dates',
  recentYears: 'it is made of dates',
  topTen: 'it is among the passwords that are guessed first',
  topHundred: 'it is among the passwords that are guessed first',
  common: 'it is among the passwords that are guessed first',
  similarToCommon: 'it is close to one of the passwords that are guessed first',
};

let loaded: Promise<ZxcvbnFactory> | undefined;

/** Loaded when the first password is set: dictionaries take 25 MB, and signing in needs none. */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: CHARACTERS_ESTIMATED });
}

/** Why a password would be among the first guesses; undefined when nothing says so. `about` names person and house. */
export async function weaknessOf(password: string, about: readonly string[]): Promise<string | undefined> {
  const plain = password.normalize('NFKC').toLowerCase();
  const own = about
    .flatMap(text => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    .filter(word => word.length > 3);
  if (isMadeOf(plain, own)) return 'it is made of your name, address or organisation';
  if (isMadeOf(plain, [...own, ...FIELD])) return GUESSED_FIRST;
  loaded ??= load();
  const { score, feedback } = (await loaded).check(password.normalize('NFKC'), [...own, ...FIELD]);
  return score < STRONG ? (REASONS[feedback.warning ?? ''] ?? GUESSED_FIRST) : undefined;
}

/** Whether the words are in it and few letters are left without them. */
function isMadeOf(text: string, words: readonly string[]): boolean {
  const longestFirst = words.toSorted((a, b) => b.length - a.length);
  const left = longestFirst.reduce((rest, word) => rest.replaceAll(word, ' '), text);
  return left !== text && left.replace(/[\d\s\p{P}\p{S}]+/gu, '').length < LEFT_LETTERS;
}
