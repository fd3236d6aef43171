import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { childEnv } from '@clientele/embedded'
import { programsNamed } from './config.js'

export interface Java {
  path: string
  /** 17, 21, 25 … */
  major: number
}

const OLDEST = 17

/** The Java of JAVA_HOME, else that on PATH, else one below /usr/lib/jvm; undefined where none of them is 17 or later. */
export async function findJava(): Promise<Java | undefined> {
  const { javaHome } = programsNamed()
  const installed = await readdir('/usr/lib/jvm').catch(() => [])
  const homes = [javaHome, ...installed.map((name) => join('/usr/lib/jvm', name))]
  const [own, ...others] = homes.map((home) => home && join(home, 'bin', 'java'))
  for (const path of [own, 'java', ...others]) {
    const java = path ? await probe(path) : undefined
    if (java) return java
  }
  return undefined
}

/** What `path` is; undefined where it does not run or is too old. */
export async function probe(path: string): Promise<Java | undefined> {
  try {
    const { stderr, stdout } = await promisify(execFile)(path, ['-version'], { env: childEnv(), timeout: 20_000 })
    const major = Number(/version "(\d+)/.exec(stderr + stdout)?.[1])
    return major >= OLDEST ? { path, major } : undefined
  } catch {
    return undefined
  }
}
