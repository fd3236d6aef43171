import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { childEnv } from '../config.js'

/** Something that was started. `stop` may be called more than once; every call resolves when it has ended. */
export interface Running {
  stop(): Promise<void>
}

/** Receives one line at a time of what is going on. */
export type Progress = (line: string) => void

/** A command with what has to stand before it, and the account to run it as. */
export interface Command {
  command: string
  args: string[]
  uid?: number
  gid?: number
}

export interface Child extends Running {
  pid: number
  /** Resolves with the reason when the process has ended, however it ended. */
  ended: Promise<string>
}

export interface ChildOptions {
  name: string
  run: Command
  log: string
  /** Beside this process's own environment. */
  env?: Record<string, string>
  /** Tried in turn by `stop`, with patience between them. */
  stopSignals: [NodeJS.Signals, ...NodeJS.Signals[]]
  /** Called when the process ends though nobody stopped it. */
  onExit?: ((why: string) => void) | undefined
}

const LOG_LIMIT = 16 * 1024 * 1024
const PATIENCE_MS = 20_000
const READY_LIMIT_MS = 300_000

const running = new Map<ChildProcess, NodeJS.Signals>()
let exitHook = false

/**
 * Starts a server process in a process group of its own, so that Ctrl-C reaches only us and we stop our children in
 * order. Where the platform can, the child is signalled by the kernel when we die without a chance to stop it.
 */
export async function startChild(o: ChildOptions): Promise<Child> {
  const { command, args, uid, gid } = o.run
  const log = openLog(o.log)
  const child = spawn(command, args, {
    cwd: '/',
    detached: true,
    env: childEnv(o.env),
    stdio: ['ignore', log, log],
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
  })
  closeSync(log)
  await once(child, 'spawn').catch((error) => {
    throw new Error(`${o.name} cannot be started: ${error.message}`)
  })

  let stopping: Promise<void> | undefined
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      running.delete(child)
      const why = `${o.name} ended (${signal ?? `exit code ${code}`}); its log is ${o.log}`
      resolve(why)
      if (!stopping) o.onExit?.(why)
    })
  })
  stopWithProcess(child, o.stopSignals[0])

  return {
    pid: child.pid as number,
    ended,
    stop() {
      stopping ??= stopChild(child, ended, o.stopSignals)
      return stopping
    },
  }
}

/** Puts before a command what makes the kernel signal it when its parent dies (Linux with util-linux; elsewhere nothing). */
export function endWithParent(signal: NodeJS.Signals, command: string, args: string[]): Command {
  if (!hasParentDeathSignal()) return { command, args }
  return { command: 'setpriv', args: ['--pdeathsig', signal.replace('SIG', ''), '--', command, ...args] }
}

let parentDeathSignal: boolean | undefined
function hasParentDeathSignal(): boolean {
  parentDeathSignal ??=
    process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig', 'TERM', '--', 'true']).status === 0
  return parentDeathSignal
}

/**
 * Waits until `probe` is true. Throws with the end of the log when the child ends before, or takes five minutes, also where a probe is
 * never answered.
 */
export async function untilReady(
  child: Pick<Child, 'ended'>,
  o: Pick<ChildOptions, 'name' | 'log'>,
  probe: () => Promise<boolean>,
  limitMs = READY_LIMIT_MS,
): Promise<void> {
  const over = new AbortController()
  const late = sleep(limitMs, undefined, { signal: over.signal }).then(
    () => `${o.name} was not ready within ${limitMs / 1000} s; its log is ${o.log}`,
  )
  const failed = Promise.race([child.ended, late]).then((why) => ({ why }))
  try {
    for (;;) {
      const found = await Promise.race([failed, probe().catch(() => false)])
      if (found === true) return
      if (found) throw new Error(`${found.why}\n${tail(o.log)}`)
      await sleep(20)
    }
  } finally {
    over.abort()
    failed.catch(() => {})
  }
}

/** The last lines of a log file. */
export function tail(log: string, lines = 8): string {
  try {
    return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
  } catch {
    return ''
  }
}

function openLog(path: string): number {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT) renameSync(path, `${path}.1`)
  return openSync(path, 'a', 0o600)
}

function stopWithProcess(child: ChildProcess, signal: NodeJS.Signals): void {
  running.set(child, signal)
  if (exitHook) return
  exitHook = true
  process.on('exit', () => {
    for (const [each, itsSignal] of running) each.kill(itsSignal)
  })
}

async function stopChild(child: ChildProcess, ended: Promise<string>, signals: NodeJS.Signals[]): Promise<void> {
  for (const signal of signals) {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    const timeout = new AbortController()
    await Promise.race([ended, sleep(PATIENCE_MS, undefined, { signal: timeout.signal }).catch(() => undefined)])
    timeout.abort()
  }
}
