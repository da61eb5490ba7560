import { createInterface } from 'node:readline/promises';
import { ROLES, type Role } from '../contract/permission.ts';
import { emailSchema, newPasswordSchema } from '../contract/session.ts';
import { Refusal } from '../service/refusal.ts';
import { isSetUpNeeded } from '../service/setUp.ts';
import { replaceSetUpToken } from '../service/setUpToken.ts';
import { addUser, changeUser, readUsers, type UserChange } from '../service/users.ts';
import { CommandError, type CommandInput, type CommandSpec } from './args.ts';
import { localContext, withStore } from './localStore.ts';
import { OUTPUT_OPTIONS, print, printTable } from './output.ts';
import { STORE_OPTIONS } from './settings.ts';

export const userCommand: CommandSpec = {
  name: 'user',
  summary: 'accounts: list, create, password, disable, enable, reset-codes; set-up-token',
  operands: 'list|create|password|disable|enable|reset-codes|set-up-token',
  options: [
    { name: 'email', value: 'ADDRESS', help: 'of the account' },
    { name: 'name', value: 'TEXT', help: 'of a new account' },
    { name: 'role', value: 'ROLE', help: `of a new account, for every site: ${ROLES.join(', ')}` },
    ...STORE_OPTIONS,
    ...OUTPUT_OPTIONS,
  ],
  examples: [
    'coverline user create --email ana@example.org --name "Ana Silva" --role planner < password.txt',
    'coverline user list',
  ],
  run: runUser,
};

async function runUser(input: CommandInput): Promise<number> {
  const [action = 'list'] = input.operands;
  try {
    switch (action) {
      case 'list':
        return await listAccounts(input);
      case 'create':
        return await createAccount(input);
      case 'password':
        return await changeAccount(input, { password: await readPassword() });
      case 'disable':
        return await changeAccount(input, { disabled: true });
      case 'enable':
        return await changeAccount(input, { disabled: false });
      case 'reset-codes':
        return await changeAccount(input, { resetSecondFactor: true });
      case 'set-up-token':
        return await printSetUpToken(input);
      default:
        throw new CommandError(
          `there is no "user ${action}"; use list, create, password, disable, enable, reset-codes or set-up-token`,
          2,
        );
    }
  } catch (error) {
    if (error instanceof Refusal) throw new CommandError(error.message);
    throw error;
  }
}

async function listAccounts(input: CommandInput): Promise<number> {
  const users = await withStore(input, store => readUsers(localContext(input, store)));
  await printTable(input, '', {
    columns: [
      { name: 'email', heading: 'E-mail' },
      { name: 'name', heading: 'Name' },
      { name: 'roles', heading: 'Roles' },
      { name: 'second_factor', heading: 'Second factor' },
      { name: 'disabled', heading: 'Disabled' },
    ],
    rows: users.map(user => [
      user.email,
      user.name,
      user.grants.map(grant => grant.role).join(', '),
      user.secondFactor ? 'yes' : 'no',
      user.disabled ? 'yes' : 'no',
    ]),
  });
  return 0;
}

async function createAccount(input: CommandInput): Promise<number> {
  const email = readEmail(input);
  const role = readRole(input);
  const password = await readPassword();
  await withStore(input, store =>
    addUser(localContext(input, store), {
      name: input.text('name') ?? email,
      email,
      password,
      grants: [{ role, reach: { kind: 'all' } }],
      agentId: null,
    }),
  );
  await print(`created ${email} as ${role}\n`);
  return 0;
}

async function changeAccount(
  input: CommandInput,
  change: Pick<UserChange, 'password' | 'disabled' | 'resetSecondFactor'>,
): Promise<number> {
  const email = readEmail(input);
  await withStore(input, async store => {
    const context = localContext(input, store);
    const user = (await readUsers(context)).find(candidate => candidate.email === email);
    if (!user) throw new CommandError(`there is no account ${email}`);
    await changeUser(context, user.id, change);
  });
  await print(`changed ${email}; its sessions have ended\n`);
  return 0;
}

/** A new token for the first administrator, in place of one that was lost. */
async function printSetUpToken(input: CommandInput): Promise<number> {
  const token = await withStore(input, async store => {
    if (!(await isSetUpNeeded(store.db))) throw new CommandError('the first administrator exists already');
    return replaceSetUpToken(store.db, Math.floor(Date.now() / 1000));
  });
  await print(`one-time token for the first administrator, good for an hour: ${token}\n`);
  return 0;
}

function readEmail(input: CommandInput): string {
  const parsed = emailSchema.safeParse(input.required('email'));
  if (parsed.success) return parsed.data;
  throw new CommandError(`--email must be an e-mail address; found "${input.text('email')}"`, 2);
}

function readRole(input: CommandInput): Role {
  const text = input.required('role');
  const role = ROLES.find(candidate => candidate === text);
  if (role) return role;
  throw new CommandError(`--role must be one of ${ROLES.join(', ')}; found "${text}"`, 2);
}

/** The first line of standard input: never an option, which other users of the machine could read. */
async function readPassword(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('Password: ');
  const lines = createInterface({ input: process.stdin, terminal: false });
  let password = '';
  for await (const line of lines) {
    password = line;
    break;
  }
  lines.close();
  const parsed = newPasswordSchema.safeParse(password);
  if (parsed.success) return parsed.data;
  throw new CommandError(parsed.error.issues.map(issue => issue.message).join('; '));
}
