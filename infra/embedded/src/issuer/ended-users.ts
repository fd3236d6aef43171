import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type DemoUser, demoUsers } from './demo-users.js'

const fileIn = (dir: string) => join(dir, 'ended-users.json')

/** The subjects of the demo users whose accounts have been ended: they sign in no more, and the directory says so. */
export async function endedUsers(dir: string): Promise<ReadonlySet<string>> {
  try {
    return new Set<string>(JSON.parse(await readFile(fileIn(dir), 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Set()
    throw error
  }
}

/** Ends the account of a demo user, or opens it again. Throws with the names that there are. */
export async function setEnded(dir: string, name: string, isEnded: boolean): Promise<DemoUser> {
  const user = demoUsers.find((each) => each.name === name)
  if (!user) {
    throw new Error(
      `There is no demo user called "${name}". There are: ${demoUsers.map((each) => each.name).join(', ')}.`,
    )
  }
  const ended = new Set(await endedUsers(dir))
  if (isEnded) ended.add(user.subject)
  else ended.delete(user.subject)
  // Whoever reads it meanwhile finds the old file or the new one.
  const written = `${fileIn(dir)}.${process.pid}`
  await writeFile(written, JSON.stringify([...ended]))
  await rename(written, fileIn(dir))
  return user
}
