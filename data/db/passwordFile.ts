import { readFile } from 'node:fs/promises';

const PARAMETER = 'password_file';

/** A PostgreSQL URL, and the file that holds its password where it names one. */
export interface PostgresAddress {
  readonly url: string;
  readonly passwordFile: string | undefined;
}

/** Makes a URL name the file that holds the password; every connection reads it anew, so the password may change. */
export function withPasswordFile(url: string, file: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}${PARAMETER}=${encodeURIComponent(file)}`;
}

/** Takes the name of the password's file out of a URL: no other program knows it. */
export function splitPasswordFile(url: string): PostgresAddress {
  const [head = '', query = ''] = url.split('?');
  const parameters = query.split('&').filter(part => part !== '');
  const own = parameters.find(part => part.startsWith(`${PARAMETER}=`));
  if (own === undefined) return { url, passwordFile: undefined };
  const rest = parameters.filter(part => part !== own).join('&');
  return {
    url: rest === '' ? head : `${head}?${rest}`,
    passwordFile: decodeURIComponent(own.slice(PARAMETER.length + 1)),
  };
}

/** What the file holds, without the end of its line. */
export async function readPassword(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
}
