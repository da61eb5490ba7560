import type { BrowserContext, Page } from 'playwright-core';
import type { Reach, Role } from '../../../api/contract/permission.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { watchForFaults } from './browser.ts';
import { callerOf, type Visit } from './visit.ts';

const PASSWORD = 'quiet lighthouse above the bay';

/** Somebody with one role and nothing else, signed in through the form in a browser of their own. */
export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly faults: readonly string[];
}

/** Has the visit's administrator make an account of the role, for every site unless told, and signs in with it. */
export async function signInAs(
  visit: Visit,
  role: Role,
  viewport: { readonly width: number; readonly height: number },
  reach: Reach = { kind: 'all' },
): Promise<Person> {
  const administrator = await callerOf(visit.context, visit.url);
  const email = `${role}@example.org`;
  await administrator.call(ROUTES.createUser, {
    body: {
      name: `One ${role}`,
      email,
      password: PASSWORD,
      grants: [{ role, reach }],
      agentId: null,
    },
  });
  const context = await visit.browser.newContext({ viewport });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const faults = watchForFaults(page);
  await page.goto(visit.url);
  await page.getByLabel('E-mail address').fill(email);
  await page.locator('input[type=password]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Start', level: 1 }).waitFor();
  return { context, page, faults };
}
