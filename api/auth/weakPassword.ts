/**
 * Words that guessers try first, with those that this product and its field suggest. A password is weak when little
 * is left of it without them.
 */
const GUESSED_FIRST =
  'password passwort passw0rd p@ssword p@ssw0rd qwerty qwertz azerty asdfgh zxcvbn letmein welcome admin administrator root user login master dragon monkey football baseball basketball soccer hockey iloveyou sunshine princess shadow superman batman michael jennifer jordan hunter trustno1 starwars pokemon computer internet secret changeme default test guest hello freedom whatever google facebook summer winter spring autumn january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday coverline hospital clinic health healthcare medical patient nurse doctor callcenter callcentre contact planner schedule'.split(
    ' ',
  );
/** At least so much must be left without the words. */
const LEFT_CHARACTERS = 6;
const SEQUENCES = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** Why a password would be among the first guesses; undefined when nothing says so. `about` names person and house. */
export function weaknessOf(password: string, about: readonly string[]): string | undefined {
  const plain = password.normalize('NFKC').toLowerCase();
  if (/^(.{1,6}?)\1+.{0,3}$/su.test(plain)) return 'it repeats a few characters';
  if (new Set(plain).size < 5) return 'it has too few different characters';
  if (withoutSequences(plain).length < LEFT_CHARACTERS) return 'it runs along the keyboard or the alphabet';
  const own = about
    .flatMap(text => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    .filter(word => word.length > 3);
  if (without(plain, own).length < LEFT_CHARACTERS) return 'it is made of your name, address or organisation';
  if (without(plain, [...own, ...GUESSED_FIRST]).length < LEFT_CHARACTERS) {
    return 'it is made of words that are guessed first';
  }
  return undefined;
}

/** What is left without words, digits in a row and punctuation. */
function without(text: string, words: readonly string[]): string {
  const longestFirst = words.toSorted((a, b) => b.length - a.length);
  const left = longestFirst.reduce((rest, word) => rest.replaceAll(word, ' '), text);
  return withoutSequences(left).replace(/[\d\s\p{P}\p{S}]+/gu, '');
}

/** What is left without stretches of four and more along an alphabet, the digits or a row of keys, either way. */
function withoutSequences(text: string): string {
  const rows = SEQUENCES.flatMap(row => [row, [...row].toReversed().join('')]);
  let left = '';
  for (let at = 0; at < text.length; ) {
    let length = 0;
    while (at + length < text.length && rows.some(row => row.includes(text.slice(at, at + length + 1))))
      length++;
    if (length < 4) left += text[at] ?? '';
    at += length < 4 ? 1 : length;
  }
  return left;
}
