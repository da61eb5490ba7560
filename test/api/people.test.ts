import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Agent } from '../../api/contract/people.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { testEngines } from '../data/databases.ts';
import { addCentre, type Centre } from './centre.ts';
import { startTestService, type TestService } from './harness.ts';

const EVENINGS = [{ weekday: 4, startMinute: 1320, endMinute: 1800 }] as const;

describe.each(testEngines)('people and their shifts on $engine', engine => {
  let service: TestService;
  let centre: Centre;
  const call: TestService['administrator']['call'] = (route, input, options) =>
    service.administrator.call(route, input, options);

  beforeAll(async () => {
    service = await startTestService(engine);
    centre = await addCentre(service.administrator);
  });
  afterAll(() => service.dispose());

  const oneTemplate = async () => {
    const [template] = (await call(ROUTES.listShiftTemplates, { query: { siteId: centre.siteId } })).items;
    if (!template) throw new Error('the centre has no shift template');
    return template;
  };
  const readAgent = async (id: string): Promise<Agent> => {
    const found = (await call(ROUTES.listAgents, { query: {} })).items.find(agent => agent.id === id);
    if (!found) throw new Error('the agent is gone');
    return found;
  };

  it('keeps the shifts an agent may work when only the availability changes, and the other way round', async () => {
    const id = centre.agentIds[0] ?? '';
    const shiftTemplateIds = [(await oneTemplate()).id];
    const change = async (body: Partial<Pick<Agent, 'availability' | 'shiftTemplateIds' | 'licence'>>) =>
      call(ROUTES.updateAgent, {
        params: { id },
        ifMatch: String((await readAgent(id)).revision),
        body,
      });
    await change({ shiftTemplateIds });
    await change({ availability: [...EVENINGS], licence: 'RN' });
    expect(await readAgent(id)).toMatchObject({ availability: EVENINGS, shiftTemplateIds, licence: 'RN' });
    await change({ shiftTemplateIds: [] });
    expect(await readAgent(id)).toMatchObject({ availability: EVENINGS, shiftTemplateIds: [] });
    await call(ROUTES.updateAgents, {
      body: { ids: [id], change: { shiftTemplateIds }, addSkillIds: [], removeSkillIds: [] },
    });
    expect(await readAgent(id)).toMatchObject({ availability: EVENINGS, shiftTemplateIds });
  });

  it('retires a shift and brings it back, and refuses the second of two changes to one version', async () => {
    const { id, siteId: _, revision, ...fields } = await oneTemplate();
    const put = (active: boolean, ifMatch: number) =>
      call(ROUTES.updateShiftTemplate, {
        params: { id },
        ifMatch: String(ifMatch),
        body: { ...fields, active },
      });
    const retired = await put(false, revision);
    expect(retired).toMatchObject({ active: false, name: fields.name, breaks: fields.breaks });
    await expect(put(true, revision)).rejects.toMatchObject({ id: 'stale' });
    expect((await oneTemplate()).active).toBe(false);
    expect(await put(true, retired.revision)).toMatchObject({ ...fields, active: true });
  });

  it('adds a shift that is not in use yet', async () => {
    const { id: _, revision: __, ...fields } = await oneTemplate();
    const body = { ...fields, name: 'Summer', active: false };
    expect(await call(ROUTES.createShiftTemplate, { body })).toMatchObject({ name: 'Summer', active: false });
    const { items } = await call(ROUTES.listShiftTemplates, { query: { siteId: centre.siteId } });
    expect(items.find(({ name }) => name === 'Summer')?.active).toBe(false);
  });
});
