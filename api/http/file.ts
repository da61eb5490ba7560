import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { CookieChange, FileReply } from './reply.ts';

/** Writes a file answer; the name in the header is plain ASCII with the true name beside it (RFC 6266). */
export async function answerFile(
  response: Response,
  result: unknown,
  setCookies: (cookies: readonly CookieChange[]) => void,
): Promise<void> {
  const reply = result as FileReply;
  if (reply.kind === 'redirect') {
    setCookies(reply.cookies ?? []);
    response.status(302).setHeader('location', reply.location);
    response.end();
    return;
  }
  response.setHeader('content-type', reply.contentType);
  if (reply.fileName !== undefined) {
    response.setHeader('content-disposition', contentDisposition(reply.fileName));
  }
  if (typeof reply.content === 'string' || reply.content instanceof Uint8Array) response.end(reply.content);
  else await pipeline(reply.content, response);
}

/** An `attachment` header that no file name can break out of. */
export function contentDisposition(fileName: string): string {
  const plain = fileName.normalize('NFKD').replace(/[^\w.() -]/g, '_');
  const encoded = encodeURIComponent(fileName.replace(/[\uD800-\uDFFF]/g, '_')).replace(
    /['()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
