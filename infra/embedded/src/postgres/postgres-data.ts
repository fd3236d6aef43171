import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, lchown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { childEnv } from '../config.js'
import type { Progress } from '../processes/child.js'
import { type Account, own, owns } from './account.js'
import type { PostgresBinaries } from './postgres-binary.js'

export interface DataOptions {
  /** Our folder: `data/` and the superuser's password are in it. */
  dir: string
  binaries: PostgresBinaries
  account: Account
  durable: boolean
  progress: Progress
}

/** Makes the data folder on the first run, and makes sure on every other that its account may use it. Returns the superuser's password. */
export async function prepareData(o: DataOptions): Promise<string> {
  const data = join(o.dir, 'data')
  const password = join(o.dir, 'password')
  if (!existsSync(data)) await initialise(o, data, password)
  if (!existsSync(password)) {
    throw new Error(
      `${password} is missing, so the database in ${data} cannot be opened. Put it back, or remove ${o.dir} to start empty.`,
    )
  }
  if (!(await owns(data, o.account))) await ownTree(data, o.account)
  return readFile(password, 'utf8')
}

/** initdb works in a folder that gets its real name when it is complete, so a start that is cut short leaves nothing half made. */
async function initialise(o: DataOptions, data: string, passwordFile: string): Promise<void> {
  o.progress('creating the PostgreSQL data folder')
  const draft = `${data}.new`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  await own(draft, o.account)
  const password = randomBytes(24).toString('base64url')
  const handed = join(o.dir, 'password.new')
  await writeFile(handed, password, { mode: 0o600 })
  await own(handed, o.account)
  const args = ['-D', draft, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${handed}`, '--encoding=UTF8']
  args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8')
  if (!o.durable) args.push('--no-sync')
  const { command, args: all, uid, gid } = o.account.as({ command: o.binaries.initdb, args })
  try {
    await promisify(execFile)(command, all, {
      cwd: '/',
      env: childEnv({ LC_ALL: 'C', TZ: 'UTC' }),
      ...(uid !== undefined && { uid }),
      ...(gid !== undefined && { gid }),
    })
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string }
    throw new Error(`The PostgreSQL data folder ${data} cannot be created: ${stderr?.trim() || message}`)
  }
  if (o.account.owner) await chown(handed, 0, 0)
  await rename(handed, passwordFile)
  await rename(draft, data)
}

async function ownTree(path: string, account: Account): Promise<void> {
  if (!account.owner) return
  const { uid, gid } = account.owner
  // The folder itself comes last, because by its owner we tell whether the work is done.
  for (const entry of await readdir(path, { recursive: true })) await lchown(join(path, entry), uid, gid)
  await chown(path, uid, gid)
}
