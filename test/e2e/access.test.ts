import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { totpCode, totpStep } from '../../api/auth/totp.ts';
import { ADMINISTRATOR, expectAccessible, missingBrowser, openPage, picture } from './support/browser.ts';
import { openVisit, type Visit } from './support/visit.ts';

const PATIENT = { timeout: 30_000 };

/** The code that an authenticator app shows a number of half-minutes from now; each is good once. */
function codeOf(key: string, stepsAhead: number): string {
  return totpCode(key.replaceAll(' ', ''), totpStep(Date.now() / 1000) + stepsAhead);
}

/** The administrator's way when the organisation asks for a second factor. */
describe.skipIf(missingBrowser !== null)('a second factor', { sequential: true }, () => {
  let visit: Visit;
  let page: Page;
  let key = '';
  let recoveryCodes: readonly string[] = [];

  beforeAll(async () => {
    visit = await openVisit({ having: 'account' });
    ({ page } = visit);
  });
  afterAll(() => visit?.close());

  const signIn = async () => {
    await page.getByLabel('E-mail address').fill(ADMINISTRATOR.email);
    // Pasted, as password managers without an extension do.
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate(text => navigator.clipboard.writeText(text), ADMINISTRATOR.password);
    await page.locator('input[type=password]').focus();
    await page.keyboard.press('ControlOrMeta+V');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };

  it('is the only thing open once the settings ask for it', async () => {
    await openPage(page, 'Settings');
    await page.getByRole('tab', { name: 'General' }).click();
    await page.getByRole('switch', { name: 'Administrators must use one-time codes' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'One-time codes first', level: 1 }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    await expectAccessible(page, 'second factor first');
    await picture(page, 'access-1-first');
  });

  it('is set up with the key, a first code, and recovery codes that are shown once', async () => {
    await page.locator('input[type=password]').fill(ADMINISTRATOR.password);
    await page.getByRole('button', { name: 'Make a key' }).click();
    key = (await page.locator('pre').textContent()) ?? '';
    await page.getByRole('img', { name: 'QR code of the key' }).waitFor();
    await expectAccessible(page, 'key of the second factor');
    await picture(page, 'access-2-key');
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, 'access-2-key-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.getByLabel('Code', { exact: true }).fill(codeOf(key, -1));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText(/Recovery codes: each lets you sign in once/).waitFor();
    recoveryCodes = ((await page.locator('pre').textContent()) ?? '').split('\n');
    expect(recoveryCodes).toHaveLength(10);
    await expectAccessible(page, 'recovery codes');
    await picture(page, 'access-3-recovery-codes');
    await page.getByLabel('I have kept these codes').check();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('navigation').first().waitFor();
    expect(await page.getByText(recoveryCodes[0] ?? 'none').count()).toBe(0);
  });

  it('lets in with a code, and with a recovery code when the phone is lost', async () => {
    for (const code of [codeOf(key, 0), recoveryCodes[0] ?? '']) {
      await page.getByRole('button', { name: ADMINISTRATOR.name }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await signIn();
      await page.getByLabel('One-time code').fill(code);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('navigation').first().waitFor();
    }
    await openPage(page, 'Settings');
    await page.getByText('9 recovery codes are left.').waitFor();
    await page.getByRole('button', { name: 'New phone' }).click();
    await expectAccessible(page, 'my access');
    await picture(page, 'access-4-my-access');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 1920, height: 1080 });
    await picture(page, 'access-5-my-access-dark');
  });

  it('broke neither the content security policy nor a script', () => {
    expect(visit.faults).toEqual([]);
  });

  it('would be caught breaking either', async () => {
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement('script'), { textContent: '1' }))`,
    );
    await expect
      .poll(() => visit.faults.filter(fault => /content security policy/i.test(fault)).length, PATIENT)
      .toBe(1);
    await page.evaluate(`setTimeout(() => { throw new Error('planted') })`);
    await expect.poll(() => visit.faults.at(-1), PATIENT).toBe('script error: planted');
  });
});
