import { execFile } from 'node:child_process'
import { chown, readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { childEnv } from '../config.js'
import type { Command } from '../processes/child.js'

/** A way to run PostgreSQL, which refuses to run as root. */
export interface Account {
  /** Who has to own the data; undefined when we need not change it. */
  owner: { uid: number; gid: number } | undefined
  as(run: Command): Command
}

const self: Account = { owner: undefined, as: (run) => run }

/**
 * How `initdb`, and the server beside it, can be run with `dir` as the place to write. An ordinary user runs it under
 * their own account. Root needs another account, and that account may not be able to enter the folders above, so the
 * ways are tried from the least privilege up: a plain change of user; the same with the capability to pass through
 * closed folders; a user namespace in which root has another name. `dir` is handed to the account that is chosen.
 */
export async function chooseAccount(initdb: string, dir: string): Promise<Account> {
  if (process.getuid?.() !== 0) return self
  const person = await unprivilegedAccount()
  for (const account of waysFromRoot(person)) {
    const handed = await own(dir, account).then(
      () => true,
      () => false,
    )
    if (handed && (await works(account, initdb, dir))) return account
  }
  throw new Error(
    `PostgreSQL refuses to run as root, and the account "${person.name}" can reach neither ${initdb} nor ${dir}. ` +
      'Run Clientele as an ordinary user, move it to a folder that others may enter, or set DATABASE_URL.',
  )
}

/** Gives `path` itself, not what is in it, to the account. */
export async function own(path: string, account: Account): Promise<void> {
  if (account.owner) await chown(path, account.owner.uid, account.owner.gid)
}

/** True when the account owns `path` already. */
export async function owns(path: string, account: Account): Promise<boolean> {
  return !account.owner || (await stat(path)).uid === account.owner.uid
}

interface Person {
  name: string
  uid: number
  gid: number
}

/** initdb looks its user up by number, so it must be one that the system knows. */
export async function unprivilegedAccount(): Promise<Person> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const found = lines.find((fields) => fields[0] === name)
    // macOS writes nobody as -2.
    if (found) return { name, uid: Number(found[2]) >>> 0, gid: Number(found[3]) >>> 0 }
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and neither "postgres" nor "nobody" is an account here. ' +
      'Run Clientele as an ordinary user, or set DATABASE_URL.',
  )
}

/** From the least privilege up. */
export function waysFromRoot({ uid, gid }: Person): Account[] {
  const owner = { uid, gid }
  const prefixed = (program: string, ...options: string[]): Account['as'] => {
    return (run) => ({ command: program, args: [...options, '--', run.command, ...run.args] })
  }
  const changed = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  const withCapability = (name: string): Account => ({
    owner,
    // initdb asks access(2), which ignores capabilities unless no_setuid_fixup is set.
    as: prefixed(
      'setpriv',
      ...changed,
      `--inh-caps=+${name}`,
      `--ambient-caps=+${name}`,
      '--securebits=+no_setuid_fixup',
    ),
  })
  return [
    { owner, as: (run) => ({ ...run, uid, gid }) },
    withCapability('dac_read_search'),
    withCapability('dac_override'),
    { owner: { uid: 0, gid: 0 }, as: prefixed('unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`) },
  ]
}

/** True when the account can run initdb, and the server beside it, and write in `dir`. */
export async function works(account: Account, initdb: string, dir: string): Promise<boolean> {
  // --show makes initdb look itself and the server up, start the server for its version, and change nothing.
  const script = 'cd "$1" && test -w . && exec "$2" --show -D "$1"'
  const { command, args, uid, gid } = account.as({ command: '/bin/sh', args: ['-c', script, 'sh', dir, initdb] })
  const options = { cwd: '/', env: childEnv(), ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) }
  return promisify(execFile)(command, args, options).then(
    () => true,
    () => false,
  )
}
