import { afterAll, beforeAll, describe, it } from 'vitest';
import { expectAccessible, fillFirstScreen, missingBrowser } from './support/browser.ts';
import { EVERY_PAGE, expectEmpty } from './support/everyPage.ts';
import { openVisit, type Visit } from './support/visit.ts';

/** Every page of the navigation before there is anything to show. */
describe.skipIf(missingBrowser !== null)('a fresh installation', { sequential: true }, () => {
  let visit: Visit;

  beforeAll(async () => {
    visit = await openVisit({ height: 800, having: 'nothing' });
  });
  afterAll(() => visit?.close());

  it('begins with one screen, sent by the Enter key', async () => {
    await fillFirstScreen(visit.page, visit.url);
    await expectAccessible(visit.page, 'the first screen');
    await visit.page.keyboard.press('Enter');
    await visit.page.getByRole('heading', { name: 'Start', level: 1 }).waitFor();
  });

  it.each(EVERY_PAGE)('$name: empty says what to do next', async entry => {
    await expectEmpty(visit.page, visit.url, entry);
  });
});
