import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type RequestHandler } from 'express';
import { Refusal } from '../service/refusal.ts';
import { nonceOf } from './headers.ts';

/** Stands in the built page where the nonce of the answer goes. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

const BUILD_MISSING = `<!doctype html><html lang="en"><title>Coverline</title>
<p>The web app is not built. Start with <code>npm start</code>, which builds it.</p></html>`;

/**
 * Serves the built web app: files under `assets/` carry their hash in the name and are kept for a year, the page is
 * asked for anew each time, and every address that is no file and no API is a screen of the page.
 */
export function mountStaticFiles(app: Express, webDir: string): void {
  app.use(
    '/assets',
    express.static(join(webDir, 'assets'), {
      index: false,
      dotfiles: 'ignore',
      redirect: false,
      immutable: true,
      maxAge: '1y',
    }),
    (_request, _response, next) => next(new Refusal('notFound')),
  );
  app.use(express.static(webDir, { index: false, dotfiles: 'ignore', redirect: false, maxAge: '1h' }));
  app.get(/^\/(?!api(?:\/|$)).*/, page(webDir));
}

function page(webDir: string): RequestHandler {
  const file = join(webDir, 'index.html');
  let cached: string | undefined;
  return (request, response, next) => {
    if (!request.accepts('html') || /\.[a-z0-9]{1,8}$/i.test(request.path)) {
      next(new Refusal('notFound'));
      return;
    }
    if (cached === undefined && existsSync(file)) cached = readFileSync(file, 'utf8');
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('cache-control', 'no-cache');
    response.end((cached ?? BUILD_MISSING).replaceAll(NONCE_PLACEHOLDER, nonceOf(response.locals)));
  };
}
