import type { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { problemSchema } from '../contract/problem.ts';
import type { Route } from '../contract/route.ts';

/** The API as an OpenAPI 3.1 document, from the same declarations as the handlers. */
export function openApiDocument(
  routes: readonly (readonly [string, Route])[],
  version: string,
): ReturnType<typeof createDocument> {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [operationId, route] of routes) {
    const path = route.path.replace(/:([A-Za-z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(operationId, route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'Coverline', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths: paths as ZodOpenApiPathsObject,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'coverline' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  });
}

function operation(operationId: string, route: Route): ZodOpenApiOperationObject {
  const content = requestContent(route);
  return {
    operationId,
    summary: route.summary,
    description: `Permission: ${route.permission}`,
    security: route.permission === 'public' ? [] : [{ session: [] }, { token: [] }],
    requestParams: {
      ...(route.params && { path: route.params }),
      ...(route.query && { query: route.query }),
    },
    ...(route.ifMatch === 'required' && {
      parameters: [{ name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } }],
    }),
    ...(content && { requestBody: { required: true, content } }),
    responses: {
      [route.download || route.events || route.response ? String(route.status ?? 200) : '204']:
        success(route),
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    },
  };
}

function requestContent(
  route: Route,
): Record<string, { schema: z.ZodType | { type: 'string'; format: 'binary' } }> | undefined {
  if (route.body) return { 'application/json': { schema: route.body } };
  if (!route.upload) return undefined;
  return Object.fromEntries(
    route.upload.mediaTypes.map(type => [type, { schema: { type: 'string', format: 'binary' } as const }]),
  );
}

function success(route: Route) {
  if (route.response) {
    return { description: route.summary, content: { 'application/json': { schema: route.response } } };
  }
  if (route.events) {
    return { description: route.summary, content: { 'text/event-stream': { schema: route.events } } };
  }
  const types = route.download ?? [];
  return {
    description: route.summary,
    ...(types.length > 0 && {
      content: Object.fromEntries(types.map(type => [type, { schema: { type: 'string' } as const }])),
    }),
  };
}
