import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, copyFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))
const program = process.env.CLIENTELE_CONTAINERS ?? 'podman'
const env = { ...process.env, CONTAINERS_CONF: process.env.CONTAINERS_CONF ?? `${root}infra/images/containers.conf` }
const call = (...args: string[]) => promisify(execFile)(program, args, { cwd: root, env, maxBuffer: 2 ** 26 })

/** Whom a container runs as: the user of the image, or whoever runs the tests, where they may not give a file to another. */
const user = process.getuid?.() || 65_532

/** A copy of a secret file, beside it, that the user in a container may read, and nobody else. */
export const readableInside = async (file: string): Promise<string> => {
  const copy = `${file}-inside`
  await copyFile(file, copy)
  if (process.getuid?.() === 0) await chown(copy, user, user)
  await chmod(copy, 0o400)
  return copy
}

/** As strict as a cluster would run it: no root, nothing to write to but /tmp, no powers, little memory. */
const confined = [
  ...['--read-only', '--tmpfs', '/tmp:rw,noexec,nosuid,size=64m', '--cap-drop=ALL'],
  ...['--security-opt', 'no-new-privileges', '--memory', '768m', '--pids-limit', '200', '--network', 'host'],
  ...['--user', `${user}:${user}`],
]

/** Builds the image of this tree, unless CLIENTELE_IMAGE names one; answers with its name. */
export const buildImage = async (): Promise<string> => {
  const { stdout } = await promisify(execFile)(`${root}infra/images/build.sh`, { env, maxBuffer: 2 ** 26 })
  return stdout.trim()
}

/** What the image says of itself. */
export const inspectImage = async (image: string) => JSON.parse((await call('image', 'inspect', image)).stdout)[0]

export interface Container {
  /** What it has written so far, of both streams. */
  output(): string
  /** SIGTERM to it, and SIGKILL after 30 seconds; resolves with its exit code and how long it took in milliseconds. */
  stop(): Promise<{ code: number | null; ms: number }>
  /** Resolves with the exit code when it ends by itself. */
  ended: Promise<number | null>
}

/** Runs the image confined, with these settings; `files` are mounted read-only at the same path. */
export const runContainer = (
  image: string,
  args: readonly string[],
  settings: Record<string, string>,
  files: readonly string[] = [],
): Container => {
  const given = Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`])
  const mounts = files.flatMap((file) => ['--volume', `${file}:${file}:ro`])
  const name = `clientele-${process.pid}-${Math.random().toString(36).slice(2)}`
  const child = spawn(program, ['run', '--rm', '--name', name, ...confined, ...given, ...mounts, image, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  return {
    output: () => output,
    ended,
    stop: async () => {
      const began = Date.now()
      await call('stop', '-t', '30', name).catch(() => {})
      const code = await ended
      return { code, ms: Date.now() - began }
    },
  }
}
