import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@clientele/embedded'

const program = fileURLToPath(new URL('../../packages/cli/bin/clientele.js', import.meta.url))

/** A start beside heavy load takes a minute or two; the import gives up after five. */
const readyLimitMs = 240_000
const quietStartMs = 6_000

export type Victim = 'PostgreSQL' | 'nats-server' | 'process'

/** A platform in a process of its own, as `npm start` runs it, that can be killed and started again. */
export interface PlatformProcess {
  home: string
  env: NodeJS.ProcessEnv
  /**
   * How much longer the last start took than one on a machine that has nothing else to do, at least 1. Kills that follow each other as fast beside
   * heavy load leave no moment in which an import gets through.
   */
  slowness(): number
  /** SIGKILL; a killed process is started again and is ready when this resolves. */
  kill(victim: Victim): Promise<void>
  stop(): Promise<void>
}

export const startPlatformProcess = async (home: string): Promise<PlatformProcess> => {
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    CLIENTELE_HOME: home,
    PORT: String(await freePort()),
    CLIENTELE_POSTGRES_PORT: String(await freePort()),
    CLIENTELE_NATS_PORT: String(await freePort()),
    CLIENTELE_ISSUER_PORT: String(await freePort()),
  }
  let startMs = 0
  const start = async () => {
    const began = performance.now()
    const started = await untilReady(env)
    startMs = performance.now() - began
    return started
  }
  let child = await start()
  return {
    home,
    env,
    slowness: () => Math.max(1, startMs / quietStartMs),
    kill: async (victim) => {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error('the platform has died by itself')
      if (victim === 'process') {
        const ended = once(child, 'exit')
        child.kill('SIGKILL')
        await ended
        child = await start()
        return
      }
      for (const pid of pidsOf(victim, home)) {
        try {
          process.kill(pid, 'SIGKILL')
        } catch {}
      }
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** Runs a command of `clientele` to its end. */
export const clientele = async (args: string[], env: NodeJS.ProcessEnv) => {
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const texts = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text
    })
  }
  const [code] = (await once(child, 'close')) as [number]
  return { code, ...texts }
}

const untilReady = async (env: NodeJS.ProcessEnv & { CLIENTELE_HOME: string }): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [program, 'start'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let late: NodeJS.Timeout | undefined
  const failure = (what: string) =>
    new Error(`the platform ${what}; it said:\n${output}\n${logsIn(env.CLIENTELE_HOME)}`)
  try {
    await new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text
          if (/^ready in /m.test(output)) resolve()
        })
      }
      child.once('exit', (code, signal) => reject(failure(`ended with ${code ?? signal} before it was ready`)))
      late = setTimeout(() => reject(failure(`was not ready within ${readyLimitMs / 1000} s`)), readyLimitMs)
    })
    return child
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  } finally {
    clearTimeout(late)
  }
}

/** What the embedded servers wrote last. */
const logsIn = (home: string) =>
  [join(home, 'postgres', 'postgres.log'), join(home, 'nats', 'nats.log')]
    .map((file) => `${file} ends with:\n${existsSync(file) ? lastLines(readFileSync(file, 'utf8')) : '(no such file)'}`)
    .join('\n')

const lastLines = (text: string) => text.trimEnd().split('\n').slice(-20).join('\n')

const pidsOf = (victim: Exclude<Victim, 'process'>, home: string): number[] => {
  const file =
    victim === 'PostgreSQL' ? join(home, 'postgres', 'data', 'postmaster.pid') : join(home, 'nats', 'nats.pid')
  const text = readFileSync(file, 'utf8')
  const pid = text.startsWith('{') ? (JSON.parse(text) as { pid: number }).pid : Number(text.split('\n')[0])
  if (victim === 'nats-server') return [pid]
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .trim()
    .split(/\s+/)
  return [pid, ...children.map(Number)]
}
