import type { Db } from '../../data/db/connect.ts';
import { listUsers } from '../../data/store/users.ts';

/** Names by account, for “who did it”: an account that is gone keeps its id, and nobody is an empty name. */
export async function userNames(db: Db): Promise<(userId: string | null) => string> {
  const names = new Map((await listUsers(db)).map(user => [user.id, user.name]));
  return userId => (userId === null ? '' : (names.get(userId) ?? userId));
}
