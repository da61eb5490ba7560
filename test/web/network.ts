/** A request as the page sent it. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/**
 * The network: what was sent, and who answers. Import it in `vi.hoisted`, so that it is in place before the pages'
 * caller takes hold of `fetch`.
 */
export const network: {
  sent: Sent[];
  answer: (sent: Sent) => readonly [status: number, body: unknown];
} = { sent: [], answer: () => [500, {}] };

globalThis.fetch = async (input, init) => {
  const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
  const sent = { method: init?.method ?? 'GET', path: String(input), body };
  network.sent.push(sent);
  const [status, answer] = network.answer(sent);
  return new Response(status === 204 ? null : JSON.stringify(answer), { status });
};
