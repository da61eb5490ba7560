import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { IMPORT_FIELDS } from '../../api/contract/import.ts';
import { JOB_KINDS } from '../../api/contract/job.ts';
import { ROUTE_LIST, ROUTES } from '../../api/contract/routes.ts';
import { TASKS } from '../../api/job/task/registry.ts';
import { FIELDS } from '../../data/import/field.ts';
import { testEngines } from '../data/databases.ts';
import { startTestService, type TestService } from './harness.ts';

const documentSchema = z.object({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ operationId: z.string() }))),
});

describe.each(testEngines.slice(0, 1))('the OpenAPI document', engine => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService(engine);
  });

  afterAll(() => service.dispose());

  it('names exactly the declared routes', async () => {
    const response = await service.anonymous.call(ROUTES.getOpenApi, {});
    const document = documentSchema.parse(await response.json());
    expect(document.openapi).toBe('3.1.0');
    const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { operationId }]) => `${operationId} ${method} ${path}`),
    );
    const declared = ROUTE_LIST.map(
      ([id, route]) => `${id} ${route.method.toLowerCase()} ${route.path.replace(/:([A-Za-z]+)/g, '{$1}')}`,
    );
    expect(documented.toSorted()).toEqual(declared.toSorted());
  });
});

describe('what the contract repeats', () => {
  it('has the importer’s fields', () => {
    expect([...IMPORT_FIELDS]).toEqual(FIELDS.map(info => info.field));
  });

  it('has a task for every kind of job', () => {
    expect([...TASKS.keys()].toSorted()).toEqual([...JOB_KINDS].toSorted());
  });

  it('declares no method and path twice', () => {
    const places = ROUTE_LIST.map(([, route]) => `${route.method} ${route.path.replace(/:[A-Za-z]+/g, ':')}`);
    expect(new Set(places).size).toBe(places.length);
  });
});
