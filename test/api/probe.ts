import type { Route } from '../../api/contract/route.ts';

/** An id of the right shape that nothing has. */
export const MISSING_ID = '01a20000-0000-7000-8000-000000000000';

/** What an answer tells: its status, its problem type, and everything it says but the request's own id. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly said: string;
}

/** Calls a route with `id` for every id of its path and a body that no route accepts. */
export async function probe(
  url: string,
  route: Route,
  headers: Readonly<Record<string, string>>,
  id = MISSING_ID,
  body: unknown = { nobodyExpects: 1 },
): Promise<Answer> {
  const path = route.path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    if (name === 'sequence') return '1';
    if (name === 'secret') return 'x'.repeat(43);
    return name === 'findingId' ? 'gap:0:900' : id;
  });
  const hasBody = route.method !== 'GET' && (route.method !== 'DELETE' || route.body !== undefined);
  const response = await fetch(`${url}${path}`, {
    method: route.method,
    redirect: 'manual',
    headers: { origin: url, 'content-type': 'application/json', ...headers },
    ...(hasBody && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed: unknown = response.headers.get('content-type')?.includes('problem') ? JSON.parse(text) : {};
  if (typeof parsed !== 'object' || parsed === null) throw new Error(`${route.path} answered ${text}`);
  const { requestId: _, ...problem } = { requestId: '', type: '', ...parsed };
  return {
    status: response.status,
    type: problem.type,
    said: JSON.stringify(problem).replaceAll(id, '{id}'),
  };
}
