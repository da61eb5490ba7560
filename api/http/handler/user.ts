import type { auditRoutes, tokenRoutes, userRoutes } from '../../contract/user.ts';
import { listSessionsOf } from '../../service/account.ts';
import { readAudit, verifyTrail } from '../../service/audit.ts';
import { addToken, readTokens, removeToken } from '../../service/tokens.ts';
import { addUser, changeUser, endUserSessions, readUsers } from '../../service/users.ts';
import type { Handlers } from '../reply.ts';

export const userHandlers: Handlers<typeof userRoutes> = {
  listUsers: async ({ context }) => ({ items: await readUsers(context) }),
  createUser: ({ context, body }) => addUser(context, body),
  updateUser: ({ context, params, body }) => changeUser(context, params.id, body),
  listUserSessions: async ({ context, params }) => ({
    items: await listSessionsOf(context, params.id, undefined),
  }),
  revokeUserSessions: ({ context, params }) => endUserSessions(context, params.id),
};

export const tokenHandlers: Handlers<typeof tokenRoutes> = {
  listTokens: async ({ context }) => ({ items: await readTokens(context) }),
  createToken: ({ context, body }) => addToken(context, body),
  revokeToken: ({ context, params }) => removeToken(context, params.id),
};

export const auditHandlers: Handlers<typeof auditRoutes> = {
  searchAudit: ({ context, query }) => readAudit(context, query),
  verifyAudit: ({ context }) => verifyTrail(context),
};
